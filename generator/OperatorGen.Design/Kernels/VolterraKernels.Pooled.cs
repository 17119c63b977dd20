using System;

namespace OperatorGen.Analysis;

/// <content>
/// Kernels after mean pooling, over positions instead of lags: the score of a sequence of T steps is
/// <c>K_0 + sum_s K_1(s) u(s) + sum K_2(s_1, s_2) u(s_1) u(s_2) + ...</c>, where <c>K_p(s_1, ...) = 1/T sum_t K_p(t; t - s_1, ...)</c>.
/// </content>
public sealed partial class VolterraKernels
{
    /// <summary>The pooled constant: the score of the input 0.</summary>
    /// <param name="steps">T.</param>
    /// <exception cref="ArgumentException">The layer runs in both directions, and its kernels are those of another length.</exception>
    public double PooledConstant(int steps)
    {
        CheckSteps(steps);
        double sum = 0;
        for (int t = 0; t < steps; t++)
        {
            sum += Constant(t) / steps;
        }

        return sum;
    }

    /// <summary>The pooled kernel of order 1.</summary>
    /// <param name="steps">T.</param>
    /// <param name="input">The input channel.</param>
    /// <returns>[position].</returns>
    public double[] PooledFirst(int steps, int input = 0)
    {
        CheckSteps(steps);
        var pooled = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            int length = IsTwoSided ? steps : t + 1;
            double[] first = First(t, length, input);
            for (int i = 0; i < first.Length; i++)
            {
                int position = t - Lag(i, length);
                if (position >= 0 && position < steps)
                {
                    pooled[position] += first[i] / steps;
                }
            }
        }

        return pooled;
    }

    /// <summary>The pooled kernel of order 2.</summary>
    /// <param name="steps">T.</param>
    /// <param name="input1">The input channel of the first position.</param>
    /// <param name="input2">The input channel of the second.</param>
    /// <returns>[position, position].</returns>
    public double[] PooledSecond(int steps, int input1 = 0, int input2 = 0)
    {
        CheckSteps(steps);
        var pooled = new double[steps * steps];
        if (IsTwoSided)
        {
            AddTwoSided(pooled, steps, input1, input2);
            return pooled;
        }

        if (!_hasBias)
        {
            // The kernel does not depend on t: along a diagonal of positions the sum over t is a running sum over lags.
            double[] second = Second(null, steps, input1, input2);
            for (int first = 0; first < steps; first++)
            {
                RunningSum(second, pooled, steps, first, 0);
                RunningSum(second, pooled, steps, 0, first);
            }

            return pooled;
        }

        for (int t = 0; t < steps; t++)
        {
            double[] second = Second(t, t + 1, input1, input2);
            for (int tau = 0; tau <= t; tau++)
            {
                Add(pooled.AsSpan((t - tau) * steps, t + 1), 1.0 / steps, Reversed(second.AsSpan(tau * (t + 1), t + 1)));
            }
        }

        return pooled;
    }

    /// <summary>The kernels of all steps at the positions of the sequence.</summary>
    private void AddTwoSided(double[] pooled, int steps, int input1, int input2)
    {
        int count = Count(steps);
        for (int t = 0; t < steps; t++)
        {
            // Position s is the lag t - s, at the index t - s + T - 1.
            double[] second = Second(t, steps, input1, input2);
            for (int s = 0; s < steps; s++)
            {
                Add(pooled.AsSpan(s * steps, steps), 1.0 / steps, Reversed(second.AsSpan(((t - s + steps - 1) * count) + t, steps)));
            }
        }
    }

    private void CheckSteps(int steps)
    {
        if (IsTwoSided && steps != Length())
        {
            throw new ArgumentException($"The kernels are those of sequences of {Length()} time steps, not {steps}.", nameof(steps));
        }
    }

    /// <summary>The positions (T-1-tau1-k, T-1-tau2-k): the sum of the kernel at the lags (tau1 + j, tau2 + j), j = 0..k.</summary>
    private static void RunningSum(double[] second, double[] pooled, int steps, int tau1, int tau2)
    {
        double sum = 0;
        for (int k = 0; tau1 + k < steps && tau2 + k < steps; k++)
        {
            sum += second[((tau1 + k) * steps) + tau2 + k] / steps;
            pooled[((steps - 1 - tau1 - k) * steps) + steps - 1 - tau2 - k] = sum;
        }
    }

    private static double[] Reversed(ReadOnlySpan<double> values)
    {
        double[] reversed = values.ToArray();
        Array.Reverse(reversed);
        return reversed;
    }
}
