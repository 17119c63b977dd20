using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Benchmarks.Report.Limits;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>Layers of the other constant recurrences, 128 channels, 4,096 steps, one thread: S5, LRU and LinOSS with 64 states that all channels share, and S4's 32 low-rank modes in both forms.</summary>
internal sealed class KindsWorkload : IWorkload
{
    /// <inheritdoc/>
    public int Number => 8;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["s5-ssm", "lru", "linoss-im", "s4block-dplr"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context)
    {
        (int channels, int states, int steps) = context.Small ? (8, 6, 40) : (128, 64, 4096);
        (string Name, Func<SequenceModel> Model)[] models =
        [
            ("s5", () => CatalogueModels.S5(channels, states)),
            ("lru", () => CatalogueModels.Lru(channels, states)),
            ("linoss", () => CatalogueModels.Linoss(channels, states)),
            ("dplr-eigenvectors", () => BenchmarkModels.Kernel(BenchmarkModels.LowRankModes(channels, states / 2, LowRankForm.Eigenbasis, new Random(1)))),
            ("dplr-low-rank-step", () => BenchmarkModels.Kernel(BenchmarkModels.LowRankModes(channels, states / 2, LowRankForm.LowRankStep, new Random(1)))),
        ];
        return models.Select(each => Of(context, each.Name, each.Model(), steps));
    }

    private static Subject Of(ReportContext context, string name, SequenceModel model, int steps)
    {
        var compiled = new CompiledModel(model);
        float[] input = BenchmarkModels.Input(model.InputWidth * steps), output = new float[compiled.OutputLength(steps)];
        SequenceState<float> state = compiled.Generated.CreateState();

        // The reference goes through a dense matrix of S4's modes at each step of each channel: the beginning of the sequence is enough, since all of it is one recurrence.
        float[] beginning = input[..(model.InputWidth * Math.Min(steps, 64))];
        return new Subject(
            name,
            Contender.Of(name, () => compiled.Generated.Forward(input, output, state, context.Width)),
            compiled.Nominal * steps,
            Limit.MultiplyAdds(compiled.Executed * steps, context.Width),
            [],
            compiled.Error(beginning, compiled.Reference(beginning), context.Width));
    }
}
