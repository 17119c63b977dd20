using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>The writers of all kinds of steps: the one list that knows them.</summary>
internal static class StepWriters
{
    /// <summary>One writer per kind.</summary>
    public static IReadOnlyList<StepWriter> All { get; } =
    [
        new LoadInputWriter(),
        new EmbeddingWriter(),
        new LinearKernel(),
        new LayerNormKernel(),
        new AffineKernel(),
        new RmsNormKernel(),
        new LengthNormKernel(),
        new ConvolutionKernel(),
        new MapWriter(),
        new ScanKernel(),
        new LookAheadScanKernel(),
        new NarrowScanKernel(),
        new LowRankScanKernel(),
        new ModeScanKernel(),
        new OscillatorScanKernel(),
        new SeriesScanKernel(),
        new SkipKernel(),
        new PackWriter(),
        new PointwiseKernel(),
        new PolarWriter(),
        new PairWriter(),
        new SpreadWriter(),
        new ChannelScanKernel(),
        new MatrixScanKernel(),
        new DeltaScanKernel(),
        new GateWriter(),
        new AddWriter(),
        new PoolKernel(),
        new MeanWriter(),
        new KeepWriter(),
        new RecallWriter(),
        new SoftmaxKernel(),
        new StoreOutputWriter(),
        new SaveWriter(),
        new LoadWriter(),
    ];

    /// <summary>The writer of a step.</summary>
    /// <exception cref="ArgumentException">No writer is listed for this kind of step.</exception>
    public static StepWriter Of(PlanStep step) =>
        All.FirstOrDefault(writer => writer.StepType == step.GetType())
        ?? throw new ArgumentException($"No code is known for a {step.GetType().Name}.", nameof(step));
}
