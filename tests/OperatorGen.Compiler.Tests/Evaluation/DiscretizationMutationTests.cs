using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>
/// The compiler's discretisation is compiled from its source, as it is and with one place changed. As it is it gives the reference's
/// impulse response; with any of the changes it does not: a wrong constant would be seen.
/// </summary>
public sealed class DiscretizationMutationTests
{
    private const int Steps = 40;
    private const double Delta = 0.13;
    private const double Gamma = 2;

    // Forty products and a sum of eight numbers of order 1, on either side: below 200 roundings of 1.1e-16.
    private const double Tolerance = 1e-12;

    // The mode at 0 meets the limit of the zero-order hold.
    private static readonly double[] s_a = [-0.5, 3, -1.2, -7, 0, 0, -0.02, 0.4];
    private static readonly double[] s_b = [1, 0.5, -0.7, 0.2, 0.6, -0.3, 1.1, 0];
    private static readonly double[] s_c = [0.4, -1, 1.5, 0.3, -0.8, 0.25, 0.5, 0.9];
    private static readonly string s_source = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "generator", "OperatorGen.Compiler", "Recurrences", "Discretization.cs"));

    [Theory]
    [InlineData(DiscretizationRule.ZeroOrderHold)]
    [InlineData(DiscretizationRule.Bilinear)]
    [InlineData(DiscretizationRule.ExponentialEuler)]
    [InlineData(DiscretizationRule.Dss)]
    [InlineData(DiscretizationRule.None)]
    public void As_it_stands_it_gives_the_references_impulse_response(DiscretizationRule rule) => Assert.InRange(Error(s_source, rule), 0, Tolerance);

    [Theory]
    [InlineData(DiscretizationRule.ZeroOrderHold, "ComplexNumber.Exp(delta * a)", "ComplexNumber.Exp(1.000000001 * delta * a)")]
    [InlineData(DiscretizationRule.ZeroOrderHold, "ComplexNumber.Exp(delta * a)", "ComplexNumber.Exp(0.5 * delta * a)")]
    [InlineData(DiscretizationRule.ZeroOrderHold, "ComplexNumber.Expm1(delta * a) / a * b", "ComplexNumber.Expm1(-delta * a) / a * b")]
    [InlineData(DiscretizationRule.ZeroOrderHold, "ComplexNumber.Expm1(delta * a) / a * b", "ComplexNumber.Expm1(delta * a) * a * b")]
    [InlineData(DiscretizationRule.ZeroOrderHold, "ComplexNumber.Expm1(delta * a) / a * b", "1.000000001 * ComplexNumber.Expm1(delta * a) / a * b")]
    [InlineData(DiscretizationRule.ZeroOrderHold, "ComplexNumber.Expm1(delta * a) / a * b", "ComplexNumber.Exp(delta * a) / a * b")]
    [InlineData(DiscretizationRule.ZeroOrderHold, "(1 + (0.5 * (delta * a))) * (delta * b)", "(1 + (0.5 * (delta * a))) * b")]
    [InlineData(DiscretizationRule.Bilinear, "(1 + (delta * 0.5 * a))", "(1 + (delta * 0.500000001 * a))")]
    [InlineData(DiscretizationRule.Bilinear, "(1 + (delta * 0.5 * a))", "(1 - (delta * 0.5 * a))")]
    [InlineData(DiscretizationRule.Bilinear, "delta / (1 - (delta * 0.5 * a)) * b", "delta / (1 + (delta * 0.5 * a)) * b")]
    [InlineData(DiscretizationRule.ExponentialEuler, "DiscretizationRule.ExponentialEuler => delta * b", "DiscretizationRule.ExponentialEuler => b")]
    [InlineData(DiscretizationRule.Dss, "ComplexNumber.Expm1(length * rate) * a", "ComplexNumber.Expm1(length * rate)")]
    [InlineData(DiscretizationRule.Dss, "ComplexNumber.Expm1(length * rate) * a", "1.000000001 * ComplexNumber.Expm1(length * rate) * a")]
    [InlineData(DiscretizationRule.Dss, "ComplexNumber.Expm1(rate) * x.Conjugate()", "ComplexNumber.Exp(rate) * x.Conjugate()")]
    [InlineData(DiscretizationRule.Dss, "* x.Conjugate()", "* x")]
    [InlineData(DiscretizationRule.Dss, "Regularisation = 1e-7", "Regularisation = 1.00001e-7")]
    [InlineData(DiscretizationRule.None, "DiscretizationRule.None => a", "DiscretizationRule.None => 1.000000001 * a")]
    public void One_changed_place_disagrees_with_the_reference(DiscretizationRule rule, string original, string changed)
    {
        Assert.Equal(2, s_source.Split(original).Length);
        double error = Error(s_source.Replace(original, changed, StringComparison.Ordinal), rule);
        Assert.False(error <= Tolerance, $"\"{changed}\" is off by {error} only");
    }

    /// <summary>max|kernel - impulse response| / max|impulse response|.</summary>
    private static double Error(string source, DiscretizationRule rule)
    {
        Assembly assembly = InMemoryCompiler.Load(InMemoryCompiler.Compilation([source]).AddReferences(MetadataReference.CreateFromFile(typeof(SequenceModel).Assembly.Location)));
        Type type = assembly.GetType("OperatorGen.Compiler.Recurrences.Discretization", throwOnError: true)!;
        var eigenvalue = type.GetMethod("Eigenvalue")!.CreateDelegate<Func<DiscretizationRule, ComplexNumber, double, ComplexNumber>>();
        var inputWeight = type.GetMethod("InputWeight")!.CreateDelegate<Func<DiscretizationRule, ComplexNumber, double, ComplexNumber, int?, ComplexNumber>>();
        double scale = rule == DiscretizationRule.None ? 0.1 : 1;
        var kernel = new double[Steps];
        for (int n = 0; n < s_a.Length / 2; n++)
        {
            ComplexNumber a = scale * Complex(s_a, n);
            ComplexNumber lambda = eigenvalue(rule, a, Delta);
            ComplexNumber state = inputWeight(rule, a, Delta, Complex(s_b, n), Steps);
            for (int t = 0; t < Steps; t++)
            {
                kernel[t] += Gamma * (Complex(s_c, n) * state).Re;
                state = lambda * state;
            }
        }

        double[] impulse = [1, .. new double[Steps - 1]];
        double[] response = new ReferenceEvaluator(Model(rule, scale)).Forward(impulse);
        double error = Deviation.Between(response, kernel).MaxRel;
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }

    private static ComplexNumber Complex(double[] pairs, int n) => new(pairs[2 * n], pairs[(2 * n) + 1]);

    /// <summary>One cell; with the rule dss for sequences of <see cref="Steps"/> samples.</summary>
    private static SequenceModel Model(DiscretizationRule rule, double scale)
    {
        SequenceModel model = TestModels.OneCell("identity", rule, Delta, [.. s_a.Select(value => scale * value)], s_b, s_c, Gamma, null);
        Layer layer = model.Layers[0];
        return rule != DiscretizationRule.Dss ? model : model with
        {
            Layers = EquatableArray.Of(layer with { Cell = (ChannelModes)layer.Cell with { Length = Steps } }),
            Length = new SequenceLength(Steps, Exact: true),
        };
    }
}
