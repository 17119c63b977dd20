using System;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>A model that has a meaning for some lengths of a sequence only refuses the others, whoever evaluates it.</summary>
public sealed class SequenceLengthTests
{
    private const int Steps = 6;
    private static readonly double[] s_input = [1, -0.5, 0.25, 2, 0, 1, 3];

    [Theory]
    [InlineData(Steps - 1)]
    [InlineData(Steps + 1)]
    public void Another_length_than_that_of_dss_is_refused(int steps)
    {
        SequenceModel model = Dss();
        double[] input = s_input[..steps];
        IGeneratedModel<double> generated = GeneratedModel.Load<double>(model);
        Assert.Contains("exactly 6 time steps", Refused(() => generated.Forward(input, new double[steps])), StringComparison.Ordinal);
        Assert.Contains("exactly 6 time steps", Refused(() => generated.ForwardBatch(input, [steps], new double[steps], 1, default)), StringComparison.Ordinal);
        Assert.Contains("exactly 6 time steps", Refused(() => new ReferenceEvaluator(model).Forward(input)), StringComparison.Ordinal);
        Assert.Contains("exactly 6 time steps", Refused(() => OperatorTrace.Of(OperatorDescriptions.Of(model), input)), StringComparison.Ordinal);
        Assert.Contains("exactly 6 time steps", Refused(() => generated.Explain(input, 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_of_dss_may_be_cut_and_not_go_on()
    {
        SequenceModel model = Dss();
        IGeneratedModel<double> generated = GeneratedModel.Load<double>(model);
        var reference = new ReferenceEvaluator(model);
        SequenceState<double> state = generated.CreateState();
        ReferenceState referenceState = reference.CreateState();
        var whole = new double[Steps];
        var cut = new double[Steps];
        generated.Forward(s_input.AsSpan(0, Steps), whole);
        generated.Forward(s_input.AsSpan(0, 4), cut.AsSpan(0, 4), state);
        generated.Step(s_input.AsSpan(4, 1), cut.AsSpan(4, 1), state);
        generated.Step(s_input.AsSpan(5, 1), cut.AsSpan(5, 1), state);
        Assert.Equal(whole, cut);
        reference.Forward(s_input.AsSpan(0, Steps), referenceState);
        Refused(() => generated.Step(s_input.AsSpan(6, 1), new double[1], state));
        Refused(() => generated.Forward(s_input.AsSpan(6, 1), new double[1], state));
        Assert.Contains("state 1 has seen 6", Refused(() => generated.ForwardMany([generated.CreateState(), state], s_input.AsSpan(0, 2), new double[2])), StringComparison.Ordinal);
        Refused(() => reference.Step(referenceState, [1.0]));
        Assert.Equal(Steps, state.Steps);
    }

    private static string Refused(Action evaluation) => Assert.ThrowsAny<ArgumentException>(evaluation).Message;

    private static SequenceModel Dss()
    {
        SequenceModel model = TestModels.OneCell("identity", DiscretizationRule.Dss, 0.1, [-0.5, 3], [1, 0.5], [0.4, -1], 1, null);
        Layer layer = model.Layers[0];
        return model with
        {
            Layers = EquatableArray.Of(layer with { Cell = (ChannelModes)layer.Cell with { Length = Steps } }),
            Length = new SequenceLength(Steps, Exact: true),
        };
    }
}
