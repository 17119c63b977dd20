using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The impulse responses of a layer's channels, <c>K_c(tau) = Re sum_n weight_n lambda_n^tau + D [tau = 0]</c>.</summary>
public static class ChannelKernels
{
    /// <summary>K_c(0) to K_c(length - 1).</summary>
    /// <param name="waves">The waves.</param>
    /// <param name="channel">c.</param>
    /// <param name="length">How many lags.</param>
    public static double[] Of(ModeBank waves, int channel, int length)
    {
        var kernel = new double[length];
        for (int n = 0; n < waves.WavesPerReadout; n++)
        {
            Wave wave = waves[channel, n];
            ComplexNumber response = wave.Weight;
            for (int tau = 0; tau < length; tau++)
            {
                kernel[tau] += response.Re;
                response *= wave.Eigenvalue;
            }
        }

        if (length > 0)
        {
            kernel[0] += waves.Skip(channel);
        }

        return kernel;
    }

    /// <summary>The response to an input that has always been 1: <c>Re sum_n weight_n / (1 - lambda_n) + D</c>.</summary>
    /// <param name="waves">The waves.</param>
    /// <param name="channel">c.</param>
    /// <exception cref="InvalidOperationException">A wave does not decay.</exception>
    public static double SteadyResponse(ModeBank waves, int channel)
    {
        double sum = waves.Skip(channel);
        for (int n = 0; n < waves.WavesPerReadout; n++)
        {
            Wave wave = waves[channel, n];
            if (!(wave.Magnitude < 1))
            {
                throw new InvalidOperationException($"Wave {NumberText.Format(n)} of channel {NumberText.Format(channel)} does not decay (|lambda| = {NumberText.Format(wave.Magnitude)}), so there is no steady state.");
            }

            sum += (wave.Weight / (ComplexNumber.One - wave.Eigenvalue)).Re;
        }

        return sum;
    }
}
