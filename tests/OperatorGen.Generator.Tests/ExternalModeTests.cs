using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Models.Tests;
using OperatorGen.Packing;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>
/// Types of constant modes with external weights, as a program uses them, beside types with the same numbers in them: modes of one channel each, modes that all channels share in one
/// direction and in both, and oscillators.
/// </summary>
public sealed class ExternalModeTests
{
    private const int Steps = 9;

    private static readonly (string Name, ModelDeclaration Numbers)[] s_models =
    [
        ("Channels", Samples.S4DStandalone(new Random(1))),
        ("Common", ModeSamples.S5(new Random(2))),
        ("Both", ModeSamples.S5(new Random(3), both: true)),
        ("Oscillators", Samples.LinossClassifier(new Random(4), "linoss-imex-classifier")),
    ];

    private static readonly Lazy<Assembly> s_assembly = new(() => GeneratorHarness.Verify(Project(Types)).Load());

    private static string Types => string.Concat(s_models.Select(model => $$"""

            /// <summary>Loaded.</summary>
            [SequenceModel("{{model.Name}}.shapes.ssm.json", Weights = ModelWeights.External{{Expansion(model.Name)}})]
            public partial class {{model.Name}};

            /// <summary>With its numbers.</summary>
            [SequenceModel("{{model.Name}}.ssm.json"{{Expansion(model.Name)}})]
            public partial class Baked{{model.Name}};

            /// <summary>What a program does with them.</summary>
            public static class {{model.Name}}Program
            {
                /// <summary>Loads.</summary>
                public static ISequenceModel<float> Load(ReadOnlyMemory<byte> file) => {{model.Name}}.Load(file);

                /// <summary>Makes.</summary>
                public static ISequenceModel<float> Baked() => new Baked{{model.Name}}();

                /// <summary>The operator of both.</summary>
                public static (object, object) Operators(ISequenceModel<float> model) => ((({{model.Name}})model).Operator, Baked{{model.Name}}.Operator);

                /// <summary>All that both say of an input.</summary>
                public static (string, string) Told(ISequenceModel<float> loaded, float[] input)
                {
                    var model = ({{model.Name}})loaded;
                    return (
                        model.OperatorText + model.Attribute(input, 1, against: 0) + model.Explain(input, 1, top: 5),
                        Baked{{model.Name}}.OperatorText + Baked{{model.Name}}.Attribute(input, 1, against: 0) + Baked{{model.Name}}.Explain(input, 1, top: 5));
                }
            }

            """));

    /// <summary>Of one model another expansion than that about 0.</summary>
    private static string Expansion(string name) => name == "Channels" ? ", Order = 2, Centre = 0.25" : "";

    public static TheoryData<string> Names => new(s_models.Select(model => model.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_model_computes_and_tells_what_the_one_with_its_numbers_does(string name)
    {
        ISequenceModel<float> loaded = Load(name), baked = Method<Func<ISequenceModel<float>>>(name, "Baked")();
        float[] input = Input(baked), expected = Run(baked, input);
        Assert.Contains(expected, value => value != 0);
        Assert.Equal(expected, Run(loaded, input));
        float[] batch = new float[2 * expected.Length];
        loaded.ForwardBatch((float[])[.. input, .. input], [Steps, Steps], batch);
        Assert.Equal([.. expected, .. expected], batch);
        (object found, object constant) = Method<Func<ISequenceModel<float>, (object, object)>>(name, "Operators")(loaded);
        Assert.Equal(ObjectContents.Of(constant), ObjectContents.Of(found));
        (string told, string wanted) = Method<Func<ISequenceModel<float>, float[], (string, string)>>(name, "Told")(loaded, input);
        Assert.Equal(wanted, told);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_numbers_are_another_model_of_the_same_code(string name)
    {
        ISequenceModel<float> first = Load(name), second = Load(name, number => number * 0.875);
        float[] input = Input(first);
        Assert.NotEqual(first.Metadata.ModelHash, second.Metadata.ModelHash);
        Assert.NotEqual(Run(first, input), Run(second, input));
        Assert.NotEqual(ObjectContents.Of(Method<Func<ISequenceModel<float>, (object, object)>>(name, "Operators")(first).Item1), ObjectContents.Of(Method<Func<ISequenceModel<float>, (object, object)>>(name, "Operators")(second).Item1));
        Assert.NotEqual(Told(first), Told(second));

        string Told(ISequenceModel<float> model) => Method<Func<ISequenceModel<float>, float[], (string, string)>>(name, "Told")(model, input).Item1;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void After_disposal_a_sequence_is_refused(string name)
    {
        ISequenceModel<float> model = Load(name);
        float[] input = Input(model), output = new float[Run(model, input).Length];
        ((IDisposable)model).Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Forward(input, output));
        Assert.All(output, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Samples_may_come_one_at_a_time()
    {
        foreach (string name in new[] { "Channels", "Common" })
        {
            var model = (IStreamingModel<float>)Load(name);
            float[] input = Input(model), streamed = new float[Run(model, input).Length];
            int inputs = model.Metadata.InputWidth, outputs = model.Metadata.OutputWidth;
            SequenceState<float> state = model.CreateState();
            for (int t = 0; t < Steps; t++)
            {
                model.Step(input.AsSpan(t * inputs, inputs), streamed.AsSpan(t * outputs, outputs), state);
            }

            Assert.Equal(Run(model, input), streamed);
        }

        Assert.False(Load("Both") is IStreamingModel<float>);
    }

    [Fact]
    public void A_file_of_weights_is_its_own_models_only()
    {
        foreach ((string name, _) in s_models)
        {
            foreach ((_, ModelDeclaration other) in s_models.Where(model => model.Name != name))
            {
                Assert.Throws<System.IO.InvalidDataException>(() => Method<Func<ReadOnlyMemory<byte>, ISequenceModel<float>>>(name, "Load")(Packed(other)));
            }
        }
    }

    [Fact]
    public void The_code_of_other_types_does_not_depend_on_external_ones()
    {
        const string Inline = "\n/// <summary>A wave.</summary>\n[InlineModel(Decoder = \"tanh\")] [Mode(0.5, 0.25)] public partial class Wave;\n";
        GeneratorRun alone = GeneratorRun.Of(Project(Inline)), together = GeneratorRun.Of(Project(Types + Inline));
        Assert.Equal(Assert.Single(alone.Files), Assert.Single(together.Files, file => file.HintName.StartsWith("Wave", StringComparison.Ordinal)));
        Assert.Equal((2 * s_models.Length) + 1, together.Files.Count);
    }

    private static GeneratorProject Project(string types) => s_models.Aggregate(
        GeneratorProject.Of("using System;\nusing OperatorGen;\n" + types),
        (project, model) => project
            .WithModel($"/models/{model.Name}.ssm.json", ModelFileWriter.Write(model.Numbers))
            .WithModel($"/models/{model.Name}.shapes.ssm.json", ModelFileWriter.Write(Shapes(model.Numbers))));

    private static ModelDeclaration Shapes(ModelDeclaration numbers) => WeightPacker.WithoutNumbers(numbers, WeightFormat.Single);

    private static byte[] Packed(ModelDeclaration numbers)
    {
        ModelDeclaration shapes = Shapes(numbers);
        return PackedFile.ToBytes(WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, numbers.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value)), Precision.Single).Value!);
    }

    private static ISequenceModel<float> Load(string name, Func<double, double>? change = null)
    {
        ModelDeclaration numbers = s_models.Single(model => model.Name == name).Numbers;
        return Method<Func<ReadOnlyMemory<byte>, ISequenceModel<float>>>(name, "Load")(Packed(change is null ? numbers : numbers with
        {
            Tensors = numbers.Tensors.Select(tensor => tensor with { Value = new Tensor(tensor.Value.Shape, [.. tensor.Value.Values.ToArray().Select(change)]) }).ToEquatableArray(),
        }));
    }

    private static float[] Input(ISequenceModel<float> model) => [.. Enumerable.Range(0, Steps * model.Metadata.InputWidth).Select(i => (((i * 5) % 11) - 5) / 4f)];

    private static float[] Run(ISequenceModel<float> model, float[] input)
    {
        var output = new float[(model.Metadata.Pooled ? 1 : Steps) * model.Metadata.OutputWidth];
        model.Forward(input, output);
        return output;
    }

    private static T Method<T>(string name, string method)
        where T : Delegate => s_assembly.Value.GetType(name + "Program")!.GetMethod(method)!.CreateDelegate<T>();
}
