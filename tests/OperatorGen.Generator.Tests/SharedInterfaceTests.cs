using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Reflection;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Generated types of several architectures, seen through their shared interfaces only.</summary>
public sealed class SharedInterfaceTests
{
    /// <summary>One type per architecture; those of files are in both precisions.</summary>
    private static readonly Lazy<Assembly> s_assembly = new(() => GeneratorHarness.Verify(GeneratorProject.Of(
            Sources.Class(Sources.TwoWaves, "public partial class Waves;")
            + Sources.Class("[global::OperatorGen.SequenceModel(\"s4d.ssm.json\")]", "public partial class S4D;")
            + Sources.Class("[global::OperatorGen.SequenceModel(\"example.ssm.json\")]", "public partial record Example;")
            + Sources.Class("[global::OperatorGen.SequenceModel(\"mamba.ssm.json\")]", "public partial class Mamba;")
            + Sources.Class("[global::OperatorGen.SequenceModel(\"both.ssm.json\")]", "public partial class Both;")
            + Sources.Class("[global::OperatorGen.InlineModel(Discretization = \"none\", Order = 2)] [global::OperatorGen.Mode(\"alpha\", 0)]", "public partial class Symbolic;"))
        .WithModel("/models/s4d.ssm.json", Sources.S4DFile())
        .WithModel("/models/example.ssm.json", Sources.S4ExampleFile)
        .WithModel("/models/mamba.ssm.json", Sources.MambaFile)
        .WithModel("/models/both.ssm.json", Sources.S5BothDirectionsFile("\"precision\": \"both\""))).Load());

    public static TheoryData<string> Causal => ["Waves", "S4D", "Example", "Mamba"];

    public static TheoryData<string> Evaluated => ["Waves", "S4D", "Example", "Mamba", "Both"];

    [Theory]
    [MemberData(nameof(Causal))]
    public void Streaming_gives_what_forward_gives(string name)
    {
        object model = Create(name);
        Stream((IStreamingModel<float>)model);
        if (name != "Waves")
        {
            Stream((IStreamingModel<double>)model);
        }
    }

    [Theory]
    [MemberData(nameof(Evaluated))]
    public void An_instance_says_what_the_type_says(string name)
    {
        object model = Create(name);
        var metadata = (ModelMetadata)typeof(ModelMetadata).GetMethod(nameof(ModelMetadata.Of))!.MakeGenericMethod(model.GetType()).Invoke(null, [])!;
        Assert.Equal(metadata, ((ISequenceModel)model).Metadata);
        object? Constant(string field) => model.GetType().GetField(field)!.GetRawConstantValue();
        Assert.Equal(
            (Constant("ModelHash"), Constant("InputWidth"), Constant("OutputWidth"), Constant("Pooled"), Constant("IsCausal")),
            (metadata.ModelHash, metadata.InputWidth, metadata.OutputWidth, metadata.Pooled, metadata.IsCausal));
        Assert.Equal(name == "Example" ? ["low", "middle", "high"] : [], metadata.Labels);
    }

    [Fact]
    public void A_model_that_is_not_causal_evaluates_whole_sequences_and_has_no_state()
    {
        object model = Create("Both");
        Assert.False(model is IStreamingModel<float> or IStreamingModel<double>);
        Assert.False(((ISequenceModel)model).Metadata.IsCausal);
        string[] members = [.. model.GetType().GetMembers().Select(member => member.Name)];
        Assert.Contains("Forward", members);
        Assert.DoesNotContain(members, name => name is "Step" or "State" or "DoubleState" or "CreateState" or "CreateDoubleState");
        Whole((ISequenceModel<float>)model);
        Whole((ISequenceModel<double>)model);
    }

    [Theory]
    [MemberData(nameof(Causal))]
    public void Many_streams_are_taken_through_the_interface(string name)
    {
        var model = (IStreamingModel<float>)Create(name);
        int inputs = model.Metadata.InputWidth, outputs = model.Metadata.OutputWidth;
        SequenceState<float>[] states = [model.CreateState(), model.CreateState(), model.CreateState()];
        float[] samples = [.. Enumerable.Range(0, 3 * inputs).Select(i => 1f / (i + 1))], together = new float[3 * outputs], alone = new float[outputs];
        model.ForwardMany(states, samples, together);
        for (int i = 0; i < 3; i++)
        {
            model.Step(samples.AsSpan(i * inputs, inputs), alone, model.CreateState());
            Assert.Equal(alone, together[(i * outputs)..((i + 1) * outputs)]);
            Assert.Equal(1, states[i].Steps);
        }

        Assert.Throws<ArgumentException>(() => model.ForwardMany([states[0], states[1], states[1]], samples, together));
        Assert.Throws<ArgumentException>(() => model.ForwardMany([states[0], states[1], new OtherState()], samples, together));
    }

    private sealed class OtherState() : SequenceState<float>(new StateLayout(new string('c', 64), 1, 0, 0));

    [Theory]
    [MemberData(nameof(Causal))]
    public void A_state_is_copied_through_its_base_class(string name)
    {
        var model = (IStreamingModel<float>)Create(name);
        var output = new float[model.Metadata.OutputWidth];
        float[] sample = [.. Enumerable.Range(0, model.Metadata.InputWidth).Select(i => 1f / (i + 1))];
        SequenceState<float> prefix = model.CreateState();
        model.Step(sample, output, prefix);
        SequenceState<float> copy = model.CreateState();
        copy.CopyFrom(prefix);
        byte[] saved = prefix.Save();
        Assert.Equal(saved, copy.Save());
        Assert.Equal(saved.Length - 88 - BinaryPrimitives.ReadInt32LittleEndian(saved.AsSpan(84)), copy.MemoryBytes);
        model.Step(sample, output, copy);
        Assert.Equal(saved, prefix.Save());
        model.Step(sample, output, prefix);
        Assert.Equal(prefix.Save(), copy.Save());
    }

    [Fact]
    public void A_state_of_another_model_is_refused()
    {
        var model = (IStreamingModel<float>)Create("Waves");
        SequenceState<float> foreign = ((IStreamingModel<float>)Create("S4D")).CreateState();
        ArgumentException fault = Assert.Throws<ArgumentException>(() => model.Step([1f], new float[1], foreign));
        Assert.Contains("The state is a S4D+State; this model's states are Waves+State", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Forward([1f], new float[1], foreign));
        Assert.Equal(0, foreign.Steps);
    }

    [Fact]
    public void A_model_with_symbols_says_what_it_is_and_is_not_evaluated()
    {
        object model = Create("Symbolic");
        Assert.Equal(1, ((ISequenceModel)model).Metadata.InputWidth);
        Assert.False(model is ISequenceModel<float> or ISequenceModel<double>);
    }

    [Fact]
    public void A_type_without_static_members_of_its_own_is_told_so() =>
        Assert.Contains("ModelHash", Assert.Throws<NotSupportedException>(ModelMetadata.Of<ByHand>).Message, StringComparison.Ordinal);

    private static object Create(string name) => Activator.CreateInstance(s_assembly.Value.GetType(name, throwOnError: true)!)!;

    /// <summary>Whole, in two pieces, step by step and in a batch: the same bits.</summary>
    private static void Stream<T>(IStreamingModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Steps = 11;
        const int Cut = 4;
        ModelMetadata about = model.Metadata;
        var random = new Random(7);
        T[] input = [.. Enumerable.Range(0, Steps * about.InputWidth).Select(_ => T.CreateChecked((random.NextDouble() * 2) - 1))];
        int Rows(int steps) => (about.Pooled ? 1 : steps) * about.OutputWidth;
        var whole = new T[Rows(Steps)];
        model.Forward(input, whole);
        Assert.Contains(whole, value => !T.IsZero(value));

        var batch = new T[2 * whole.Length];
        model.ForwardBatch(new T[][] { input, input }.SelectMany(each => each).ToArray(), [Steps, Steps], batch);
        Assert.Equal([.. whole, .. whole], batch);

        SequenceState<T> state = model.CreateState();
        T[] first = new T[Rows(Cut)], second = new T[Rows(Steps - Cut)];
        model.Forward(input.AsSpan(0, Cut * about.InputWidth), first, state);
        model.Forward(input.AsSpan(Cut * about.InputWidth), second, state);
        Assert.Equal(whole, about.Pooled ? second : [.. first, .. second]);

        state.Reset();
        List<T> stepped = [];
        var row = new T[about.OutputWidth];
        for (int t = 0; t < Steps; t++)
        {
            model.Step(input.AsSpan(t * about.InputWidth, about.InputWidth), row, state);
            stepped.AddRange(row);
        }

        Assert.Equal(whole, stepped.TakeLast(whole.Length));
        Assert.Equal(Steps, state.Steps);
    }

    /// <summary>Whole and in a batch: the same bits; an earlier output depends on a later sample.</summary>
    private static void Whole<T>(ISequenceModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Steps = 300;
        int width = model.Metadata.InputWidth;
        var random = new Random(8);
        T[] input = [.. Enumerable.Range(0, Steps * width).Select(_ => T.CreateChecked((random.NextDouble() * 2) - 1))];
        T[] output = new T[Steps * model.Metadata.OutputWidth], batch = new T[2 * output.Length], changed = new T[output.Length];
        model.Forward(input, output);
        model.ForwardBatch(new T[][] { input, input }.SelectMany(each => each).ToArray(), [Steps, Steps], batch);
        Assert.Equal([.. output, .. output], batch);
        input[^1] += T.One;
        model.Forward(input, changed);
        Assert.NotEqual(output[^3], changed[^3]);
    }

    private sealed class ByHand : ISequenceModel
    {
        public ModelMetadata Metadata => throw new NotSupportedException();
    }
}
