using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>s4d-standalone</c>, models/s4/s4d.py of state-spaces/s4 at e757cef (docs/architectures/s4d-standalone.md): kernel, skip, exact GELU, position-wise linear map, gated linear unit.
/// <code>
/// y = conv(K, u) + D u      K_j = 2 Re sum_n C_n (e^(Delta A_n) - 1) / A_n e^(j Delta A_n)
/// out = GLU(W gelu-erf(y) + b)
/// </code>
/// </summary>
public sealed class S4DStandalone : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "s4d-standalone";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => S4DKernel.Storage("");

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        S4DKernel.ReadCommonHyper(reading.Hyper);
        int channels = S4DKernel.Channels(reading, "");
        S4DKernel kernel = S4DKernel.Read(reading, "", channels, S4DKernel.Modes(reading, ""));
        S4DMixing mixing = S4DMixing.Read(reading.Tensors, "", channels);
        return reading.Finish(() => SingleLayer.Of(Name, kernel.ToCell(), mixing.ToDecoder()));
    }
}
