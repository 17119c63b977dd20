using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary><c>s5-classifier</c>, s5/seq_model.py of lindermanlab/S5 at 3c18fdb (docs/architectures/s5.md): its scores are the logits before the log-softmax.</summary>
public sealed class S5Classifier : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "s5-classifier";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => S5Cell.Storage(declaration, SharedModesClassifier.Prefixes(declaration));

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        var cells = new S5Cell(reading);
        HyperTable hyper = reading.Hyper;
        return SharedModesClassifier.Resolve(reading, Name, new SharedModesClassifier.Parts(
            "norm",
            hyper.Flag("batchnorm") ?? SharedModesClassifier.Has(reading, "norm.mean"),
            SharedModesClassifier.PreNorm(hyper),
            hyper.Choice("mode", "pool", "scores are of the mean over time (last: of the last time step)", "pool", "last") == "pool" ? Pooling.Mean : Pooling.Last,
            Activation(reading),
            (_, prefix, width) => cells.Read(prefix, width)));
    }

    /// <summary>The unit of a layer: as declared, else as the tensors tell.</summary>
    private static string Activation(ArchitectureReading reading)
    {
        bool second = SharedModesClassifier.Has(reading, "out2.kernel");
        string told = !second ? "gelu" : SharedModesClassifier.Has(reading, "out1.kernel") ? "full_glu" : "half_glu1";
        if (told == "half_glu1" && reading.Hyper.Find("activation") is null)
        {
            reading.Missing("activation", "Declare it as half_glu1 or half_glu2: both have the tensors out2 and no out1.");
        }

        return reading.Hyper.OneOf("activation", told, "gelu", "full_glu", "half_glu1", "half_glu2");
    }
}
