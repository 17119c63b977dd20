using System;
using System.Linq;
using System.Reflection;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Types with external weights, seen through their shared interfaces; and their states, each of which belongs to one instance.</summary>
public sealed class ExternalInterfaceTests
{
    [Fact]
    public void An_instance_says_what_the_type_says_and_whose_weights_it_has()
    {
        using var model = (IDisposable)ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, 1));
        using var other = (IDisposable)ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, 2));
        ModelMetadata about = ((ISequenceModel)model).Metadata;
        (int inputs, int outputs, bool isCausal, bool pooled, int labels) = ExternalModels.StaticSizes();
        Assert.Equal((inputs, outputs, isCausal, pooled, labels), (about.InputWidth, about.OutputWidth, about.IsCausal, about.Pooled, about.Labels.Count));
        Assert.Equal((2, 2, true, false), (inputs, outputs, isCausal, pooled));
        Assert.Matches("^[0-9a-f]{64}$", about.ModelHash);
        Assert.NotEqual(about.ModelHash, ((ISequenceModel)other).Metadata.ModelHash);
        Assert.Equal(about.ModelHash, model.GetType().GetProperty("ModelHash")!.GetValue(model));
        Assert.Null(model.GetType().GetField("ModelHash"));
    }

    [Fact]
    public void Static_members_that_need_numbers_say_that_an_instance_has_them()
    {
        NotSupportedException fault = Assert.Throws<NotSupportedException>(() => ExternalModels.StaticOperator());
        Assert.StartsWith("The type has no static Operator of its own.", fault.Message, StringComparison.Ordinal);
        Assert.Contains("unless its weights are external: then it is a member of the instance that was loaded", fault.Message, StringComparison.Ordinal);
        using var model = (IDisposable)ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, 1));
        MethodInfo of = typeof(ModelMetadata).GetMethod(nameof(ModelMetadata.Of))!.MakeGenericMethod(model.GetType());
        Assert.Contains("no static ModelHash", Assert.IsType<NotSupportedException>(Assert.Throws<TargetInvocationException>(() => of.Invoke(null, [])).InnerException).Message, StringComparison.Ordinal);
        Assert.Contains("selective", (string)model.GetType().GetProperty("OperatorText")!.GetValue(model)!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Streaming_and_batches_give_what_forward_gives()
    {
        using var disposable = (IDisposable)ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, 3));
        var model = (IStreamingModel<float>)disposable;
        float[] whole = ExternalModels.Run(model), input = ExternalModels.Input(2), streamed = new float[14], batch = new float[28];
        Assert.Contains(whole, value => value != 0);
        SequenceState<float> state = model.CreateState();
        for (int t = 0; t < 7; t++)
        {
            model.Step(input.AsSpan(2 * t, 2), streamed.AsSpan(2 * t, 2), state);
        }

        model.ForwardBatch((float[])[.. input, .. input], [7, 7], batch);
        Assert.Equal(whole, streamed);
        Assert.Equal([.. whole, .. whole], batch);
    }

    [Fact]
    public void A_state_of_another_instance_is_refused_and_does_not_change()
    {
        using var first = (IDisposable)ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, 4));
        using var second = (IDisposable)ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, 5));
        IStreamingModel<float> one = (IStreamingModel<float>)first, other = (IStreamingModel<float>)second;
        SequenceState<float> state = one.CreateState();
        float[] output = new float[2];
        one.Step([0.5f, 1], output, state);
        byte[] before = state.Save();
        Action[] uses = [() => other.Step([0.5f, 1], output, state), () => other.Forward([0.5f, 1], output, state)];
        Assert.All(uses, use =>
        {
            ArgumentException fault = Assert.Throws<ArgumentException>("state", use);
            Assert.StartsWith($"The state was made by another instance, with the weights {one.Metadata.ModelHash}; this one has the weights {other.Metadata.ModelHash}.", fault.Message, StringComparison.Ordinal);
        });
        Assert.Equal(before, state.Save());
        Assert.Throws<ArgumentException>(() => other.CreateState().CopyFrom(state));
        Assert.Throws<ArgumentException>(() => other.CreateState().Restore(before));
    }

    [Fact]
    public void A_state_goes_over_to_another_instance_of_the_same_weights_by_copying()
    {
        byte[] file = ExternalModels.Packed(ExternalModels.Block, 6);
        using var first = (IDisposable)ExternalModels.Load(file);
        using var second = (IDisposable)ExternalModels.Load(file);
        IStreamingModel<float> one = (IStreamingModel<float>)first, other = (IStreamingModel<float>)second;
        SequenceState<float> state = one.CreateState();
        float[] expected = new float[2], found = new float[2], restored = new float[2];
        one.Step([0.5f, 1], expected, state);

        // The memory of the weights is that of the first instance: it may be gone before the second one is.
        ArgumentException fault = Assert.Throws<ArgumentException>("state", () => other.Step([0.25f, -1], found, state));
        Assert.Contains("another instance, which loaded the same weights", fault.Message, StringComparison.Ordinal);
        SequenceState<float> copy = other.CreateState(), saved = other.CreateState();
        copy.CopyFrom(state);
        saved.Restore(state.Save());
        one.Step([0.25f, -1], expected, state);
        other.Step([0.25f, -1], found, copy);
        other.Step([0.25f, -1], restored, saved);
        Assert.Equal(expected, found);
        Assert.Equal(expected, restored);
    }

    [Fact]
    public void A_clone_belongs_to_the_instance_of_its_original()
    {
        using var disposable = (IDisposable)ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, 7));
        var model = (IStreamingModel<float>)disposable;
        SequenceState<float> state = model.CreateState();
        float[] expected = new float[2], found = new float[2];
        model.Step([0.5f, 1], expected, state);
        var clone = (SequenceState<float>)state.GetType().GetMethod("Clone")!.Invoke(state, [])!;
        model.Step([1, 1], expected, state);
        model.Step([1, 1], found, clone);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void A_language_model_refuses_another_instances_state_as_well()
    {
        using var first = (IDisposable)ExternalModels.LoadLanguage(ExternalModels.Packed(ExternalModels.Language, 8));
        using var second = (IDisposable)ExternalModels.LoadLanguage(ExternalModels.Packed(ExternalModels.Language, 9));
        ILanguageModel<float> one = (ILanguageModel<float>)first, other = (ILanguageModel<float>)second;
        float[] logits = new float[one.Metadata.OutputWidth], again = new float[logits.Length], others = new float[logits.Length];
        Assert.Equal(5, one.Vocabulary);
        SequenceState<float> state = one.CreateState();
        Action[] uses = [() => other.Step(1, logits, state), () => other.Prefill([1, 2], logits, state), () => other.Forward([1], logits, state)];
        Assert.All(uses, use => Assert.Contains("made by another instance", Assert.Throws<ArgumentException>("state", use).Message, StringComparison.Ordinal));
        Assert.Contains("made by another instance", Assert.Throws<ArgumentException>("state", () => other.ForwardMany([state], [1], logits)).Message, StringComparison.Ordinal);
        Assert.Equal(0, state.Steps);
        one.ForwardMany([state], [1], logits);
        one.Step(1, again, one.CreateState());
        Assert.Equal(again, logits);
        state.Reset();
        one.Prefill([1, 2, 4], logits, state);
        one.Prefill([1, 2, 4], again, one.CreateState());
        other.Prefill([1, 2, 4], others, other.CreateState());
        Assert.Equal(logits, again);
        Assert.NotEqual(logits, others);
    }

    [Fact]
    public void A_format_that_changes_in_the_model_file_changes_the_code()
    {
        GeneratorProject Project(WeightFormat format) => GeneratorProject.Of(Sources.Class("[OperatorGen.SequenceModel(\"m.ssm.json\", Weights = OperatorGen.ModelWeights.External)]"))
            .WithModel("/models/m.ssm.json", ModelFileWriter.Write(WeightPacker.WithoutNumbers(ExternalModels.Block with { Tensors = ExternalModels.Block.Tensors.Select(tensor => tensor with { Value = tensor.Value.WithFormat(format) }).ToEquatableArray() }, format)));
        GeneratorRun first = GeneratorRun.Of(Project(WeightFormat.Single)), second = first.Then(Project(WeightFormat.BFloat16));
        Assert.NotEqual(first.Files, second.Files);
        Assert.Equal(GeneratorRun.Of(Project(WeightFormat.BFloat16)).Files, second.Files);
        Assert.Contains("\"BF16\"", Assert.Single(second.Files).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void After_disposal_every_evaluation_says_so()
    {
        IStreamingModel<float> model = ExternalModels.Load(ExternalModels.Packed(ExternalModels.Block, 10));
        SequenceState<float> state = model.CreateState();
        float[] output = new float[2], batch = new float[4];
        model.Step([1, 1], output, state);
        byte[] before = state.Save();
        ((IDisposable)model).Dispose();
        ((IDisposable)model).Dispose();
        Assert.Contains("was disposed, before this call or while it computed: load it again", Assert.Throws<ObjectDisposedException>(() => model.Step([1, 1], output, state)).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => model.Forward([1, 1], output, state));
        Assert.Throws<ObjectDisposedException>(() => model.Forward([1, 1], output));
        Assert.Throws<ObjectDisposedException>(() => model.ForwardBatch((float[])[1, 1, 2, 2], [1, 1], batch));
        Assert.Throws<ObjectDisposedException>(() => model.ForwardBatch((float[])[1, 1, 2, 2], [1, 1], batch, maxDegreeOfParallelism: 1));
        Assert.Equal(before, state.Save());
        Assert.Equal(2, model.Metadata.InputWidth);
    }
}
