using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class ConformanceTests
{
    private const string Absent = "(shared is absent)";

    /// <summary>The architectures whose intermediates are compared too, and the selective ones; outputs of all are compared where generated code is.</summary>
    private static readonly string[] s_traced =
    [
        "s4d-", "s4-example-", "mamba1-block-", "mamba1-scan-", "mamba2-ssd-", "mamba2-block-", "gla-", "simple-gla-", "hgrn-", "retention-", "rwkv6-", "gateloop-attn-", "gateloop-operator-",
        "gateloop-simple-", "delta-rule-", "gated-delta-rule-", "mamba1-lm-", "mamba1-minimal-lm-", "mamba2-lm-", "gateloop-transformer-",
    ];

    public static TheoryData<string> OwnCases => new(ConformanceFolders.OwnNames.Where(name => s_traced.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))));

    public static TheoryData<string, Precision> SharedCases
    {
        get
        {
            var cases = new TheoryData<string, Precision>();
            foreach (string name in ConformanceFolders.SharedNames(s_traced).DefaultIfEmpty(Absent))
            {
                cases.Add(name, Precision.Double);
                cases.Add(name, Precision.Single);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void The_reference_agrees_with_upstream(string name) =>
        AssertAgreement(ConformanceCase.Load(Path.Combine(ConformanceFolders.Own, name), Precision.Double));

    [SkippableTheory]
    [MemberData(nameof(SharedCases))]
    public void The_reference_agrees_with_upstream_on_every_shared_case(string name, Precision precision)
    {
        Skip.If(name == Absent, "The folder shared/reference/vectors is not beside this repository.");
        AssertAgreement(ConformanceCase.Load(Path.Combine(ConformanceFolders.Shared!, name), precision));
    }

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void A_weight_that_is_off_by_a_millionth_disagrees(string name)
    {
        ConformanceCase original = ConformanceCase.Load(Path.Combine(ConformanceFolders.Own, name), Precision.Double);
        ConformanceTensor weight = original.Tensors[ConformanceFolders.Changeable(original.Tensors.Keys)];
        double[] values = [weight.Values[0] + 1e-6, .. weight.Values[1..]];
        var tensors = new Dictionary<string, ConformanceTensor>(original.Tensors) { [weight.Key] = weight with { Values = values } };
        Assert.Contains(Comparisons(original with { Tensors = tensors }), comparison => comparison.Error > original.Tolerance);
    }

    private static void AssertAgreement(ConformanceCase conformance)
    {
        (string Key, double Error)[] comparisons = [.. Comparisons(conformance)];
        string[] expected = [.. conformance.Tensors.Keys.Where(key => !key.StartsWith("w.", StringComparison.Ordinal) && !key.StartsWith("in.", StringComparison.Ordinal)).Order()];
        Assert.Equal(expected, comparisons.Select(comparison => comparison.Key).Order());
        Assert.All(comparisons, comparison => Assert.True(comparison.Error <= conformance.Tolerance, $"{conformance.Name} {comparison.Key}: {comparison.Error}"));
    }

    /// <summary>Every output and intermediate of the case, computed by the reference, with its relative error over all sequences.</summary>
    private static IEnumerable<(string Key, double Error)> Comparisons(ConformanceCase conformance)
    {
        SequenceModel model = conformance.ToModel();
        var evaluator = new ReferenceEvaluator(model);
        ConformanceTensor? start = conformance.Tensors.Values.FirstOrDefault(tensor => tensor.Key.StartsWith("in.initial_state", StringComparison.Ordinal));
        (double[] Output, double[] Steps, ReferenceState State)[] runs = [.. conformance.Inputs().Select((input, b) => Run(evaluator, model.Embedding is null ? input.Values : evaluator.Embed(Array.ConvertAll(input.Values, id => (int)id)), start?.Sequences()[b] ?? []))];
        foreach (ConformanceTensor tensor in conformance.Tensors.Values)
        {
            Func<(double[] Output, double[] Steps, ReferenceState State), double[]>? computed = tensor.Key switch
            {
                "out.y" or "out.o" or "out.Y" or "out.logits" => run => run.Output,
                "out.y_step" => run => run.Steps,
                "out.conv_state" => run => run.State.Layers[0].ConvolutionCache,
                "out.ssm_state" or "out.state" or "out.final_state" or "out.last_state" => run => model.Layers[0].Cell.StateField == Field.Real
                    ? [.. run.State.Layers[0].Ssm.Select(s => s.Real)]
                    : [.. run.State.Layers[0].Ssm.SelectMany(s => new[] { s.Real, s.Imaginary })],
                "mid.encoder" => run => [.. run.State.Probe!.Steps.SelectMany(step => step.Encoded)],
                "mid.ssm" => run => Trace(run.State, 0, trace => trace.Readout),
                "mid.gelu" => run => Trace(run.State, 0, trace => trace.Activated),
                string key when key.StartsWith("mid.s4_layers.", StringComparison.Ordinal) => run => Trace(run.State, key[^1] - '0', trace => trace.Decoded),
                string key when key.StartsWith("mid.layers.", StringComparison.Ordinal) => run => Trace(run.State, key[^1] - '0', trace => trace.Sum),
                string key when key.StartsWith("mid.norms.", StringComparison.Ordinal) =>
                    run => Trace(run.State, key[^1] - '0', trace => model.Layers[0].PreNorm is null ? trace.Output : trace.Normed),
                _ => null,
            };
            if (computed is not null)
            {
                yield return (tensor.Key, Deviation.Between(Whole(tensor), [.. runs.SelectMany(computed)]).MaxRel);
            }
            else if (tensor.Key == "mid.K")
            {
                yield return (tensor.Key, Deviation.Between(tensor.Values, Kernel(model, tensor.Shape[1])).MaxRel);
            }
        }
    }

    /// <summary>All sequences one after another. A case of tokens names no axes of its intermediates: they are stored like this.</summary>
    private static double[] Whole(ConformanceTensor tensor) =>
        tensor.Key.StartsWith("mid.layers.", StringComparison.Ordinal) ? tensor.Values : [.. tensor.Sequences().SelectMany(part => part)];

    /// <summary>Forward and Step, from a state of real numbers or, where there are none, from a fresh one.</summary>
    private static (double[] Output, double[] Steps, ReferenceState State) Run(ReferenceEvaluator evaluator, double[] input, double[] start)
    {
        ReferenceState state = evaluator.CreateState(), stepState = evaluator.CreateState();
        for (int i = 0; i < start.Length; i++)
        {
            state.Layers[0].Ssm[i] = start[i];
        }

        state.Probe = new Probe();
        double[] output = evaluator.Forward(input, state);
        return (output, [.. input.Chunk(evaluator.Model.InputWidth).SelectMany(sample => evaluator.Step(stepState, sample))], state);
    }

    private static double[] Trace(ReferenceState state, int layer, Func<LayerProbe, double[]> part) =>
        [.. state.Probe!.Steps.SelectMany(step => part(step.Layers[layer]))];

    /// <summary>K [H, L]: the response of the cells without skip to an impulse in every channel.</summary>
    private static double[] Kernel(SequenceModel model, int time)
    {
        Cell cell = model.Layers[0].Cell with { Skip = null };
        double[] impulse = [.. Enumerable.Repeat(1.0, cell.InputWidth), .. new double[(time - 1) * cell.InputWidth]];
        double[] response = new ReferenceEvaluator(Tiny.Model(cell.InputWidth, Tiny.Layer(cell.InputWidth, cell))).Forward(impulse);
        return [.. Enumerable.Range(0, cell.InputWidth).SelectMany(h => Enumerable.Range(0, time).Select(t => response[(t * cell.InputWidth) + h]))];
    }
}
