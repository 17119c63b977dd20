using System;
using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Takes what readouts get back to the samples that they are made of: one pass through the transposed recurrence, then through what is linear before it.</summary>
internal static class InputPass
{
    /// <summary>What every sample gets.</summary>
    /// <param name="input">The input.</param>
    /// <param name="weights">The readouts' mean slopes, [time, readout].</param>
    /// <param name="gates">Those of the gate stream's arguments; empty without.</param>
    public static InputTimeAttribution Of(InputAttributions input, double[] weights, double[] gates)
    {
        LayerDescription layer = input.Attributor.Target.Layer;
        LayerTrace trace = input.Trace;
        int steps = input.Steps;
        List<NamedContribution> rows = [];
        double[] a = TransposedSeries.Of(layer.Bank!, weights, steps);
        if (!layer.Input.Activation.Equals(DecoderFunctions.Identity))
        {
            if (gates.Length > 0)
            {
                rows.Add(new("gate stream", Dot(gates, input.Stream)));
            }

            return Result(AttributedInput.Cells, layer.Recurrence.Inputs, trace.CellInput, a, rows);
        }

        if (layer.Input.Convolution is { } convolution)
        {
            rows.Add(new("bias of the convolution", Bias(a, convolution.Channels, convolution.Bias)));
            a = Transposed(convolution, a, steps);
        }

        if (layer.Input.Projection is { } projection)
        {
            double[] both = Beside(a, gates, steps);
            rows.Add(new("bias of the projection", Bias(both, projection.Outputs, projection.Bias)));
            a = Transposed(projection, both, steps);
        }

        if (layer.PreNorm is { } norm)
        {
            rows.Add(new("bias of the norm before the layer", Bias(a, norm.Width, norm.Bias)));
            double mean = 0;
            for (int i = 0; i < a.Length; i++)
            {
                int t = i / norm.Width;
                a[i] *= norm.Weight(i % norm.Width) * (norm.IsAffine ? 1 : trace.PreNormScale[t]);
                mean -= norm.IsAffine ? 0 : a[i] * trace.PreNormMean[t];
            }

            if (!norm.IsAffine)
            {
                rows.Add(new("mean of the norm before the layer", mean));
            }
        }

        if (input.Attributor.Layer > 0)
        {
            return Result(AttributedInput.Layer, layer.Width, trace.Input, a, rows);
        }

        if (input.Attributor.Operator.Encoder is { } encoder)
        {
            rows.Add(new("bias of the encoder", Bias(a, encoder.Outputs, encoder.Bias)));
            a = Transposed(encoder, a, steps);
        }

        return Result(AttributedInput.Model, input.Attributor.Operator.InputWidth, input.Scaled, a, rows);
    }

    private static InputTimeAttribution Result(AttributedInput of, int width, double[] samples, double[] a, List<NamedContribution> rows)
    {
        var values = new double[samples.Length];
        System.Numerics.Tensors.TensorPrimitives.Multiply<double>(a, samples, values);
        return new InputTimeAttribution(of, width, samples, values, rows.FindAll(row => row.Contribution != 0));
    }

    // What the biases of a map get: sum_t sum_c a_c(t) b_c.
    private static double Bias(double[] a, int width, Func<int, double> bias)
    {
        var sum = default(CompensatedSum);
        for (int i = 0; i < a.Length; i++)
        {
            sum.Add(a[i] * bias(i % width));
        }

        return sum.Value;
    }

    private static double Dot(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Dot<double>(a, b);

    private static double[] Transposed(LinearDescription map, double[] a, int steps)
    {
        var back = new double[steps * map.Inputs];
        for (int t = 0; t < steps; t++)
        {
            Span<double> row = back.AsSpan(t * map.Inputs, map.Inputs);
            for (int o = 0; o < map.Outputs; o++)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(map.Row(o), a[(t * map.Outputs) + o], row, row);
            }
        }

        return back;
    }

    private static double[] Transposed(ConvolutionDescription map, double[] a, int steps)
    {
        var back = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            int t = i / map.Channels;
            int c = i % map.Channels;
            for (int j = Math.Max(0, map.Width - 1 - t); j < map.Width; j++)
            {
                back[((t - map.Width + 1 + j) * map.Channels) + c] += map.Weight(j, c) * a[i];
            }
        }

        return back;
    }

    private static double[] Beside(double[] left, double[] right, int steps)
    {
        int a = left.Length / steps;
        int b = right.Length / steps;
        var both = new double[steps * (a + b)];
        for (int t = 0; t < steps; t++)
        {
            Array.Copy(left, t * a, both, t * (a + b), a);
            Array.Copy(right, t * b, both, (t * (a + b)) + a, b);
        }

        return both;
    }
}
