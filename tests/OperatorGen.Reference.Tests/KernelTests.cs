using System.Numerics;
using OperatorGen.Models;
using Xunit;

namespace OperatorGen.Reference.Tests;

public class KernelTests
{
    private static readonly double[] A = [-0.5, 0.7, -0.3, 2.5];
    private static readonly double[] B = [1, 0.2, 0.5, -1];
    private static readonly double[] C = [0.4, -0.9, 1.5, 0.3];
    private const double Delta = 0.3;
    private const double Skip = 0.75;

    [Theory]
    [InlineData(DiscretizationRule.ZeroOrderHold)]
    [InlineData(DiscretizationRule.Bilinear)]
    [InlineData(DiscretizationRule.ExponentialEuler)]
    public void The_impulse_response_is_the_kernel(DiscretizationRule rule)
    {
        var evaluator = new ReferenceEvaluator(Tiny.Model(1, Tiny.Layer(1, Tiny.ComplexCell(rule, Delta, A, B, C, Skip))));
        var impulse = new double[12];
        impulse[0] = 1;

        double[] response = evaluator.Forward(impulse);

        for (int j = 0; j < impulse.Length; j++)
        {
            Assert.Equal(Kernel(rule, j), response[j], 1e-14);
        }
    }

    [Fact]
    public void Rounded_constants_are_the_float_eigenvalue_and_the_float_folded_weight()
    {
        var evaluator = new ReferenceEvaluator(
            Tiny.Model(1, Tiny.Layer(1, Tiny.ComplexCell(DiscretizationRule.Bilinear, Delta, A, B, C, Skip))),
            ReferenceOptions.SingleConstants);
        var impulse = new double[12];
        impulse[0] = 1;

        double[] response = evaluator.Forward(impulse);

        for (int j = 0; j < impulse.Length; j++)
        {
            double expected = j == 0 ? (float)Skip : 0;
            for (int n = 0; n < 2; n++)
            {
                (Complex a, Complex b) = Discrete(DiscretizationRule.Bilinear, n);
                Complex weight = 2 * new Complex(C[2 * n], C[(2 * n) + 1]) * b;
                expected += (new Complex((float)weight.Real, (float)weight.Imaginary) * Complex.Pow(new Complex((float)a.Real, (float)a.Imaginary), j)).Real;
            }

            Assert.Equal(expected, response[j], 1e-14);
        }
    }

    // K[j] = 2 Re sum_n c_n a_n^j b-bar_n, plus D at j = 0.
    private static double Kernel(DiscretizationRule rule, int j)
    {
        double sum = j == 0 ? Skip : 0;
        for (int n = 0; n < 2; n++)
        {
            (Complex a, Complex b) = Discrete(rule, n);
            sum += 2 * (new Complex(C[2 * n], C[(2 * n) + 1]) * Complex.Pow(a, j) * b).Real;
        }

        return sum;
    }

    private static (Complex A, Complex B) Discrete(DiscretizationRule rule, int n)
    {
        var a = new Complex(A[2 * n], A[(2 * n) + 1]);
        var b = new Complex(B[2 * n], B[(2 * n) + 1]);
        return rule switch
        {
            DiscretizationRule.ZeroOrderHold => (Complex.Exp(Delta * a), (Complex.Exp(Delta * a) - 1) / a * b),
            DiscretizationRule.Bilinear => ((2 + (Delta * a)) / (2 - (Delta * a)), 2 * Delta / (2 - (Delta * a)) * b),
            _ => (Complex.Exp(Delta * a), Delta * b),
        };
    }
}
