using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Benchmarks.Report.Limits;
using OperatorGen.Benchmarks.Report.Peers;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>Small kernels, one channel of 4, 16 and 64 stored complex modes, 4,096 steps, beside a scalar loop in C#.</summary>
internal sealed class SmallWorkload : IWorkload
{
    /// <inheritdoc/>
    public int Number => 6;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["s4d-standalone"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context) => new[] { 4, 16, 64 }.Select(modes => Of(context, modes));

    private static Subject Of(ReportContext context, int modes)
    {
        int steps = context.Small ? 64 : 4096;
        ChannelModes cell = BenchmarkModels.ChannelModes(1, modes, new Random(1));
        var compiled = new CompiledModel(BenchmarkModels.Kernel(cell));
        float[] input = BenchmarkModels.Input(steps), output = new float[steps];
        double[] expected = compiled.Reference(input);
        SequenceState<float> state = compiled.Generated.CreateState();
        var scalar = new ScalarKernel(new S4dWaves(cell));
        scalar.Forward(input, output);
        Agreement.Demand("The scalar loop", Agreement.Error(output, expected));
        return new Subject(
            FormattableString.Invariant($"modes-{modes}"),
            Contender.Of("ours", () => compiled.Generated.Forward(input, output, state, context.Width)),
            compiled.Nominal * steps,
            Limit.MultiplyAdds(compiled.Executed * steps, context.Width),
            [Contender.Of("scalar", () => scalar.Forward(input, output))],
            compiled.Error(input, expected, context.Width));
    }
}
