using System;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>Bounds on the errors of a selective cell's discrete parameters at one time step, each [G, K].</summary>
/// <param name="A">Of the discrete transition.</param>
/// <param name="B">Of the discrete input weight.</param>
/// <param name="C">Of the output weight, without gamma.</param>
internal sealed record StepErrors(double[] A, double[] B, double[] C)
{
    // Two double computations of a constant transition: some ulp each.
    private const double ConstantRelative = 64.0 / (1L << 53);

    public static StepErrors Of(SelectiveCell cell, Approximate v, Arithmetic arithmetic)
    {
        int modes = cell.KeyWidth;
        Parameter eigenvalues = cell.Transition is ScalarTransition scalar ? scalar.A : ((DiagonalTransition)cell.Transition).A;
        bool constant = eigenvalues is ConstantParameter && cell.Delta is ConstantParameter;
        Func<Complex, Complex> discretised = constant ? x => x : arithmetic.Stored;
        Uncertain a = Uncertain.Of(eigenvalues, cell.Field, v, discretised, arithmetic);
        Uncertain delta = cell.Rule == DiscretizationRule.None ? new([Complex.Zero], [0]) : Uncertain.Of(cell.Delta, Field.Real, v, discretised, arithmetic);
        bool positive = cell.Delta is SelectiveParameter { Signal: MappedSignal { Function.Name: "softplus" or "sigmoid" } };
        Uncertain b = Uncertain.Of(cell.B, cell.Field, v, arithmetic.Stored, arithmetic);
        Uncertain c = Uncertain.Of(cell.C, cell.Field, v, arithmetic.Stored, arithmetic);
        var result = new StepErrors(new double[cell.Count * modes], new double[cell.Count * modes], new double[cell.Count * modes]);
        for (int mode = 0; mode < result.A.Length; mode++)
        {
            int g = mode / modes;
            int eigen = cell.Transition is ScalarTransition ? g : mode;
            int step = g % delta.Value.Length;
            (double transition, double factor, Complex phi) = constant
                ? Constant(cell.Rule, delta.Value[step].Real, a.Value[eigen], arithmetic)
                : Discretized(cell.Rule, delta.Value[step].Real, delta.Error[step], a.Value[eigen], a.Error[eigen], positive && eigenvalues is ConstantParameter && a.Value[eigen].Real < 0, arithmetic);
            double size = Complex.Abs(b.Value[mode % b.Value.Length]), error = b.Error[mode % b.Error.Length];
            result.A[mode] = transition;
            result.B[mode] = (Complex.Abs(phi) * error) + (size * factor) + (factor * error) + (4 * arithmetic.Unit * (Complex.Abs(phi) + factor) * (size + error));
            result.C[mode] = c.Error[mode % c.Error.Length];
        }

        return result;
    }

    private static (double Transition, double Factor, Complex Phi) Constant(DiscretizationRule rule, double delta, Complex a, Arithmetic arithmetic)
    {
        (Complex transition, Complex phi) = Discretization.Of(rule, delta, a);
        double relative = rule == DiscretizationRule.None ? 0 : ConstantRelative * (1 + (delta * Complex.Abs(a)));
        return (arithmetic.ConstantError(transition, relative * Complex.Abs(transition)), arithmetic.ConstantError(phi, relative * Complex.Abs(phi)), phi);
    }

    private static (double Transition, double Factor, Complex Phi) Discretized(
        DiscretizationRule rule, double delta, double deltaError, Complex a, double aError, bool decaying, Arithmetic arithmetic)
    {
        (Complex transition, Complex phi) = Discretization.Of(rule, delta, a);
        double size = Complex.Abs(transition), u = arithmetic.Unit, magnitude = Complex.Abs(a);
        double zError = (magnitude * deltaError) + (Math.Abs(delta) * aError) + (deltaError * aError) + (2 * u * Math.Abs(delta) * magnitude);
        double exponential = (size * (Math.Exp(zError) - 1)) + (8 * u * size * Math.Exp(zError)) + arithmetic.Underflow;
        if (decaying)
        {
            // Both are inside the unit circle.
            exponential = Math.Min(exponential, a.Imaginary == 0 ? 1 : 2);
        }

        switch (rule)
        {
            case DiscretizationRule.None:
                return (aError, 0, phi);
            case DiscretizationRule.ExponentialEuler:
                return (exponential, deltaError, phi);
            case DiscretizationRule.ZeroOrderHold:
                // d phi / d Delta = e^z; d phi / d A is at most Delta^2 / 2 times max(1, |e^z|).
                double steepest = Math.Max(1, size) * Math.Exp(zError);
                double cancellation = magnitude == 0 ? 0 : 8 * u * (size + 1) / magnitude;
                return (exponential, (steepest * (deltaError + (delta * delta / 2 * aError))) + cancellation, phi);
            case DiscretizationRule.Bilinear:
                double denominator = Complex.Abs(1 - (delta * a / 2)) - (zError / 2);
                double square = denominator > 0 ? denominator * denominator : 0;
                return ((zError / square) + (8 * u * size), ((deltaError + (delta * delta / 2 * aError)) / square) + (8 * u * Complex.Abs(phi)), phi);
            default:
                throw new NotSupportedException($"There is no rounding bound for the rule {rule}.");
        }
    }

    /// <summary>A parameter's numbers and the bounds on their errors.</summary>
    private sealed record Uncertain(Complex[] Value, double[] Error)
    {
        public static Uncertain Of(Parameter parameter, Field field, Approximate v, Func<Complex, Complex> stored, Arithmetic arithmetic)
        {
            if (parameter is SelectiveParameter selective)
            {
                Approximate signal = SignalRounding.Of(selective.Signal, v, arithmetic);
                return new(Array.ConvertAll(signal.Value, x => new Complex(x, 0)), signal.Error);
            }

            ReadOnlySpan<double> values = ((ConstantParameter)parameter).Value.Values;
            var numbers = new Complex[field == Field.Complex ? values.Length / 2 : values.Length];
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = stored(field == Field.Complex ? new Complex(values[2 * i], values[(2 * i) + 1]) : values[i]);
            }

            return new(numbers, new double[numbers.Length]);
        }
    }
}
