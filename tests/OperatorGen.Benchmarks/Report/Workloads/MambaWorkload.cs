using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Benchmarks.Report.Limits;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Packing;
using OperatorGen.Safetensors;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>A Mamba block of d_model 768 and state 16 whose weights are in a mapped file: 512 steps at once, and one sample at a time.</summary>
internal sealed class MambaWorkload : IWorkload
{
    /// <inheritdoc/>
    public int Number => 5;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["mamba1-block"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context)
    {
        (int width, int steps) = context.Small ? (16, 24) : (768, 512);
        ModelDeclaration declaration = CatalogueModels.Mamba(width, 16);
        string path = Path.Combine(context.Folder, "mamba.safetensors");
        ModelDeclaration shapes = WeightPacker.WithoutNumbers(declaration, WeightFormat.Single);
        var compiled = new CompiledModel(CatalogueModels.Resolve(declaration), Load(declaration, shapes, path), CatalogueModels.Resolve(shapes));
        float[] input = BenchmarkModels.Input(width * steps), output = new float[width * steps];
        SequenceState<float> state = compiled.Generated.CreateState();

        // The reference goes through the block's 3.8 million weights at each step: a part of the sequence is enough, since all of it is one recurrence.
        int compared = Math.Min(steps, 64);
        double error = compiled.Error(input.AsSpan(0, compared * width), compiled.Reference(input.AsSpan(0, compared * width)), context.Width);
        yield return new Subject(
            "sequence",
            Contender.Of("ours", () => compiled.Generated.Forward(input, output, state, context.Width)),
            compiled.Nominal * steps,
            Limit.MultiplyAdds(compiled.Executed * steps, context.Width),
            [],
            error);
        using MappedSafetensors file = MappedSafetensors.Open(path);
        yield return new Subject(
            "step", Contender.Of("ours", () => compiled.Generated.Step(input.AsSpan(0, width), output.AsSpan(0, width), state, context.Width)), compiled.Nominal, Limit.Reading(file), [], error);
    }

    private static IGeneratedModel<float> Load(ModelDeclaration declaration, ModelDeclaration shapes, string path)
    {
        StageResult<PackedWeights> packed = WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, declaration.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value)), Precision.Single);
        File.WriteAllBytes(path, PackedFile.ToBytes(packed.Value ?? throw new InvalidOperationException(string.Join(" ", packed.Faults.Select(fault => fault.Message)))));
        return GeneratedModel.LoadPacked<float>(shapes, path);
    }
}
