using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Benchmarks.Report.Limits;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>Decoding with states of matrices, one token at a time: gated linear attention and the gated delta rule, 4 heads of 64 x 64.</summary>
internal sealed class DecodingWorkload : IWorkload
{
    /// <inheritdoc/>
    public int Number => 9;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["gla", "gated-deltanet"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context) => Architectures.Select(name => Of(context, name));

    private static Subject Of(ReportContext context, string name)
    {
        const int Compared = 32;
        SequenceModel model = context.Small ? CatalogueModels.Heads(name, 2, 8) : CatalogueModels.Heads(name, 4, 64);
        var compiled = new CompiledModel(model);

        // Gates are logarithms, so that no input is above 0: a state of this size neither grows nor dies while it is timed.
        float[] input = [.. BenchmarkModels.Input(model.InputWidth * Compared).Select(value => (value - 1) / 8)];
        float[] output = new float[model.OutputWidth];
        double error = compiled.Error(input, compiled.Reference(input), context.Width);
        SequenceState<float> state = compiled.Generated.CreateState();
        return new Subject(
            name,
            Contender.Of(name, () => compiled.Generated.Step(input.AsSpan(0, model.InputWidth), output, state, context.Width)),
            compiled.Nominal,
            Limit.Traffic(compiled.TableBytes, compiled.StateBytesRead, compiled.StateBytesWritten, 1, context.Width),
            [],
            error);
    }
}
