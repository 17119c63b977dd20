using System;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary><c>lru</c>: LRU's recurrence alone, from u [time, H] to y [time, H] (docs/architectures/lru.md).</summary>
public sealed class Lru : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "lru";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => LruCell.Storage("");

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        reading.Hyper.Expect("eval", "true");
        reading.Hyper.Ignore("batch", "L", "r_min", "r_max", "max_phase");
        int width = reading.Size("d_model", ("D", 0, 1), ("B_re", 1, 2), ("C_re", 0, 2));
        Func<SharedModes> cell = LruCell.Read(reading, "", width, "state");
        return reading.Finish(() => SingleLayer.Of(Name, cell()));
    }
}

/// <summary><c>lru-classifier</c>, lru/model.py of NicolasZucchet/minimal-LRU at bbd71b1 (docs/architectures/lru.md): its scores are the logits before the log-softmax.</summary>
public sealed class LruClassifier : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "lru-classifier";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => LruCell.Storage(SharedModesClassifier.Prefixes(declaration));

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        HyperTable hyper = reading.Hyper;
        hyper.Ignore("r_min", "r_max", "max_phase");
        return SharedModesClassifier.Resolve(reading, Name, new SharedModesClassifier.Parts(
            "normalization",
            hyper.OneOf("norm", SharedModesClassifier.Has(reading, "normalization.scale") && !SharedModesClassifier.Has(reading, "normalization.mean") ? "layer" : "batch", "batch", "layer") == "batch",
            SharedModesClassifier.PreNorm(hyper),
            hyper.Choice("pooling", "mean", "scores are of the mean over time (last: of the last time step; none: of every time step)", "mean", "last", "none") switch { "mean" => Pooling.Mean, "last" => Pooling.Last, _ => Pooling.None },
            "full_glu",
            (_, prefix, width) => LruCell.Read(reading, prefix, width, stateName: null)));
    }
}
