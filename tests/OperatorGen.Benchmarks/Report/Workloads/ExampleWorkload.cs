using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Benchmarks.Report.Limits;
using OperatorGen.Benchmarks.Report.Peers;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>A model of upstream's example: 4 layers of 128 channels and 32 stored modes, sequences of 1,024 steps; one by one thread, and 16 by all cores.</summary>
internal sealed class ExampleWorkload : IWorkload
{
    /// <inheritdoc/>
    public int Number => 3;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["s4-example"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context)
    {
        SequenceModel model = context.Small ? CatalogueModels.S4Example(8, 4, 2) : CatalogueModels.S4Example(128, 32, 4);
        var compiled = new CompiledModel(model);
        int steps = context.Small ? 32 : 1024;
        foreach ((int batch, bool allCores) in new[] { (1, false), (16, true) })
        {
            float[] input = BenchmarkModels.Input(batch * steps), output = new float[model.OutputWidth];
            double[] expected = [.. input.Chunk(steps).SelectMany(sequence => compiled.Reference(sequence))];
            SequenceState<float> state = compiled.Generated.CreateState();
            var all = new SequenceBatch(compiled, input, batch, context.Width);
            all.Run();
            Action work = allCores ? all.Run : () => compiled.Generated.Forward(input, output, state, context.Width);
            yield return new Subject(
                FormattableString.Invariant($"batch-{batch}"),
                Contender.Of("ours", work),
                compiled.Nominal * steps * batch,
                Limit.MultiplyAdds(compiled.Executed * steps * batch, context.Width, allCores ? Environment.ProcessorCount : 1),
                PyTorchPeer.Forms(context, allCores, model, input, batch, expected, "vandermonde", "spectrum"),
                Agreement.Demand("The generated code", Agreement.Error(all.Outputs, expected)))
            {
                AllCores = allCores,
            };
        }
    }
}
