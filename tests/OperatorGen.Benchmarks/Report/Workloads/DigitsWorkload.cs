using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Benchmarks.Report.Limits;
using OperatorGen.Safetensors;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>The 1,996 test digits of the example, each a sequence of 784 grey levels, with its committed models, by all cores.</summary>
internal sealed class DigitsWorkload : IWorkload
{
    private const int Steps = 784;

    /// <inheritdoc/>
    public int Number => 7;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["s4d-classifier", "s4-example"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context) => new[] { "one-layer", "deep" }.Select(name => Of(context, name));

    private static Subject Of(ReportContext context, string name)
    {
        CompiledModel compiled = CompiledModel.OfExample(name);
        SafetensorsTensor pixels = SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "digits.safetensors"))).Find("x_test")!;
        int digits = context.Small ? 4 : pixels.Count / Steps, compared = Math.Min(digits, 20);
        float[] inputs = [.. pixels.ToDoubles().Take(digits * Steps).Select(pixel => (float)pixel)];
        var batch = new SequenceBatch(compiled, inputs, digits, context.Width);
        batch.Run();
        double[] expected = [.. inputs.Chunk(Steps).Take(compared).SelectMany(digit => compiled.Reference(digit))];
        return new Subject(
            name,
            Contender.Of("ours", batch.Run),
            (double)compiled.Nominal * Steps * digits,
            Limit.MultiplyAdds(compiled.Executed * Steps * digits, context.Width, Environment.ProcessorCount),
            [],
            Agreement.Demand("The generated code", Agreement.Error(batch.Outputs.AsSpan(0, expected.Length), expected)))
        {
            AllCores = true,
        };
    }
}
