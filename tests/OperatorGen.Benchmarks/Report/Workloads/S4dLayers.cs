using System;
using System.Collections.Generic;
using OperatorGen.Benchmarks.Report.Limits;
using OperatorGen.Benchmarks.Report.Peers;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>What the workloads 1 and 2 have in common: one S4D layer over one sequence, by one thread, beside PyTorch and ONNX Runtime.</summary>
internal static class S4dLayers
{
    /// <summary>Channels, stored modes and steps.</summary>
    public static (int Channels, int Modes, int Steps) Sizes(ReportContext context) => context.Small ? (8, 4, 64) : (128, 32, 4096);

    /// <summary>The S4D kernel with skip alone.</summary>
    public static SequenceModel Kernel(ReportContext context)
    {
        (int channels, int modes, _) = Sizes(context);
        return BenchmarkModels.Kernel(BenchmarkModels.ChannelModes(channels, modes, new Random(1)));
    }

    /// <summary>The whole layer.</summary>
    public static SequenceModel Layer(ReportContext context)
    {
        (int channels, int modes, _) = Sizes(context);
        return BenchmarkModels.Layer(channels, modes);
    }

    /// <summary>A layer beside all peers.</summary>
    /// <param name="context">Sizes, width and peers.</param>
    /// <param name="name">The case.</param>
    /// <param name="model">The layer.</param>
    /// <param name="forms">PyTorch's forms.</param>
    public static Subject Of(ReportContext context, string name, SequenceModel model, params string[] forms)
    {
        int steps = Sizes(context).Steps;
        var compiled = new CompiledModel(model);
        float[] input = BenchmarkModels.Input(model.InputWidth * steps), output = new float[compiled.OutputLength(steps)];
        double[] expected = compiled.Reference(input);
        SequenceState<float> state = compiled.Generated.CreateState();
        List<Contender?> peers = [.. PyTorchPeer.Forms(context, allCores: false, model, input, 1, expected, forms), .. OnnxS4d.Forms(context, model, input, expected)];
        return new Subject(
            name,
            Contender.Of(name, () => compiled.Generated.Forward(input, output, state, context.Width)),
            compiled.Nominal * steps,
            Limit.MultiplyAdds(compiled.Executed * steps, context.Width),
            peers,
            compiled.Error(input, expected, context.Width));
    }
}
