using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary><c>s5-classifier</c>, s5/seq_model.py of lindermanlab/S5 at 3c18fdb (docs/architectures/s5.md): its scores are the logits before the log-softmax.</summary>
public sealed class S5Classifier : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "s5-classifier";

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
            hyper.Flag("batchnorm") ?? false,
            hyper.Flag("prenorm") ?? false,
            hyper.OneOf("mode", "pool", "pool", "last") == "pool" ? Pooling.Mean : Pooling.Last,
            hyper.OneOf("activation", "gelu", "gelu", "full_glu", "half_glu1", "half_glu2"),
            (_, prefix, width) => cells.Read(prefix, width)));
    }
}
