using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Conformance;

/// <summary>
/// The reference and generated code, at every vector width, against what upstream's code gave: every output, step output and state of a case
/// within 1e-10 (double) or 2e-5 (float) of its largest number.
/// </summary>
public sealed class GeneratedConformanceTests
{
    private const string Absent = "(shared is absent)";
    private static readonly VectorWidth[] s_widths = [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    public static TheoryData<string> OwnCases => new(ConformanceFolders.OwnNames);

    public static TheoryData<string, Precision> SharedCases
    {
        get
        {
            var cases = new TheoryData<string, Precision>();
            foreach (string name in ConformanceFolders.SharedNames("s4d-", "s4-example-", "mamba1-block-").DefaultIfEmpty(Absent))
            {
                cases.Add(name, Precision.Double);
                cases.Add(name, Precision.Single);
            }

            return cases;
        }
    }

    [Fact]
    public void ThereAreFourOwnCases() => Assert.Equal(4, ConformanceFolders.OwnNames.Count);

    [SkippableFact]
    public void ThereAreThirteenSharedCases()
    {
        Skip.If(ConformanceFolders.Shared is null, "The folder shared/reference/vectors is not beside this repository.");
        Assert.Equal(8, ConformanceFolders.SharedNames("s4d-").Count);
        Assert.Equal(2, ConformanceFolders.SharedNames("s4-example-").Count);
        Assert.Equal(3, ConformanceFolders.SharedNames("mamba1-block-").Count);
    }

    [Theory]
    [MemberData(nameof(OwnCases))]
    public void ReferenceAndGeneratedCodeAgreeWithUpstream(string name) => Agree(ConformanceFolders.Own, name, Precision.Double);

    [SkippableTheory]
    [MemberData(nameof(SharedCases))]
    public void ReferenceAndGeneratedCodeAgreeWithUpstreamOnEverySharedCase(string name, Precision precision)
    {
        Skip.If(name == Absent, "The folder shared/reference/vectors is not beside this repository.");
        Agree(ConformanceFolders.Shared!, name, precision);
    }

    [Fact]
    public void GeneratedCodeWithAWeightOffByAMillionthDisagrees()
    {
        ConformanceCase original = ConformanceCase.Load(Path.Combine(ConformanceFolders.Own, "s4d-n4-h3-l16-a"), Precision.Double);
        ConformanceTensor skip = original.Tensors["w.D"];
        var tensors = new Dictionary<string, ConformanceTensor>(original.Tensors) { [skip.Key] = skip with { Values = [skip.Values[0] + 1e-6, .. skip.Values[1..]] } };
        SequenceModel model = (original with { Tensors = tensors }).ToModel();
        Assert.Contains(
            Errors(original, new Generated<double>(GeneratedModel.Load<double>(model), VectorWidth.Widest).Run),
            error => error.Relative > original.Tolerance);
    }

    private static void Agree(string folder, string name, Precision precision)
    {
        ConformanceCase conformance = ConformanceCase.Load(Path.Combine(folder, name), precision);
        SequenceModel model = conformance.ToModel();
        Check(conformance, "reference", new ReferenceEngine(model).Run);
        foreach (VectorWidth width in s_widths)
        {
            Func<double[], Dictionary<string, double[]>> engine = precision == Precision.Double
                ? new Generated<double>(Loaded<double>.Of(model), width).Run
                : new Generated<float>(Loaded<float>.Of(model), width).Run;
            Check(conformance, $"generated {width}", engine);
        }
    }

    private static void Check(ConformanceCase conformance, string engine, Func<double[], Dictionary<string, double[]>> run)
    {
        (string Key, double Relative)[] errors = [.. Errors(conformance, run)];
        Assert.Equal(conformance.Tensors.Keys.Where(key => key.StartsWith("out.", StringComparison.Ordinal)).Order(), errors.Select(error => error.Key).Order());
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.True(
            error.Relative <= conformance.Tolerance, $"{conformance.Name} {conformance.Precision} {engine} {error.Key}: {error.Relative} is above {conformance.Tolerance}"));
    }

    /// <summary>The relative error of every <c>out.*</c> tensor over all sequences of the case.</summary>
    private static IEnumerable<(string Key, double Relative)> Errors(ConformanceCase conformance, Func<double[], Dictionary<string, double[]>> run)
    {
        Dictionary<string, double[]>[] results = [.. conformance.Inputs.Select(block => run(block.Values))];
        foreach (ConformanceTensor tensor in conformance.Tensors.Values.Where(tensor => tensor.Key.StartsWith("out.", StringComparison.Ordinal)))
        {
            double[] expected = [.. tensor.Sequences().SelectMany(part => part)];
            double[] actual = [.. results.SelectMany(result => result.TryGetValue(tensor.Key, out double[]? values) ? values : [])];
            yield return (tensor.Key, Deviation.Between(expected, actual).MaxRel);
        }
    }

    private static Dictionary<string, double[]> Results(double[] output, double[] steps, Dictionary<string, double[]> states)
    {
        states["out.y"] = states["out.logits"] = output;
        states["out.y_step"] = steps;
        return states;
    }

    private static class Loaded<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private static SequenceModel? s_model;
        private static IGeneratedModel<T>? s_generated;

        /// <summary>The compiled model; the last one is kept for the next width.</summary>
        public static IGeneratedModel<T> Of(SequenceModel model)
        {
            if (!ReferenceEquals(s_model, model) || s_generated is null)
            {
                (s_model, s_generated) = (model, GeneratedModel.Load<T>(model));
            }

            return s_generated;
        }
    }

    private sealed class ReferenceEngine(SequenceModel model)
    {
        private readonly ReferenceEvaluator _evaluator = new(model);

        public Dictionary<string, double[]> Run(double[] input)
        {
            ReferenceState state = _evaluator.CreateState(), stepped = _evaluator.CreateState();
            double[] output = _evaluator.Forward(input, state);
            double[] steps = [.. input.Chunk(model.InputWidth).SelectMany(sample => _evaluator.Step(stepped, sample))];
            return Results(output, steps, new Dictionary<string, double[]>
            {
                ["out.conv_state"] = state.Layers[0].ConvolutionCache,
                ["out.ssm_state"] = [.. state.Layers[0].Ssm.Select(s => s.Real)],
            });
        }
    }

    private sealed class Generated<T>(IGeneratedModel<T> model, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Dictionary<string, double[]> Run(double[] input)
        {
            T[] samples = [.. input.Select(T.CreateChecked)];
            int time = samples.Length / model.InputWidth;
            var output = new T[(model.Pooled ? 1 : time) * model.OutputWidth];
            var steps = new T[time * model.OutputWidth];
            SequenceState<T> state = model.CreateState(), stepped = model.CreateState();
            model.Forward(samples, output, state, width);
            for (int t = 0; t < time; t++)
            {
                model.Step(samples.AsSpan(t * model.InputWidth, model.InputWidth), steps.AsSpan(t * model.OutputWidth, model.OutputWidth), stepped, width);
            }

            return Results(Wide(output), Wide(steps), stepped.Tensors.ToDictionary(tensor => "out." + tensor.Name, tensor =>
            {
                var values = new T[tensor.Count];
                stepped.Read(tensor.Name, values);
                return Wide(values);
            }));
        }

        private static double[] Wide(T[] values) => [.. values.Select(double.CreateChecked)];
    }
}
