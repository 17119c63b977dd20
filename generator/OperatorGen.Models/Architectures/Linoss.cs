using System;
using System.Threading;

namespace OperatorGen.Models;

/// <summary><c>linoss-im</c> and <c>linoss-imex</c>: LinOSS's recurrence alone, from u [time, H] to y [time, H] (docs/architectures/linoss.md).</summary>
/// <param name="scheme">The scheme.</param>
public sealed class Linoss(OscillatorScheme scheme) : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "linoss-" + Suffix(scheme).ToLowerInvariant();

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => LinossCell.Storage;

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        reading.Hyper.Expect("discretization", Suffix(scheme));
        reading.Hyper.Ignore("L");
        int width = reading.Size("H", ("D", 0, 1), ("B", 1, 3), ("C", 0, 3));
        Func<SharedOscillators> cell = LinossCell.Read(reading, "", width, scheme);
        return reading.Finish(() => SingleLayer.Of(Name, cell()));
    }

    /// <summary>Upstream's name of a scheme.</summary>
    internal static string Suffix(OscillatorScheme scheme) => scheme switch
    {
        OscillatorScheme.Implicit => "IM",
        OscillatorScheme.ImplicitExplicit => "IMEX",
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };
}
