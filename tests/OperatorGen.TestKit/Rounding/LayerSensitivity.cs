using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>One layer read backwards, all time steps: from the sensitivities to its output, [time][output], to those to its input, [time][width].</summary>
internal static class LayerSensitivity
{
    public static double[][] Of(Layer layer, LayerProbe[] traces, double[][] output, Sensitivity sensitivity, Arithmetic arithmetic)
    {
        int time = traces.Length;
        var direct = new double[time][];
        var readout = new double[time][];
        var beside = new double[time][];
        for (int t = 0; t < time; t++)
        {
            LayerProbe trace = traces[t];
            double[] sum = sensitivity.Through(layer.PostNorm, trace.FeedForward?.Sum ?? trace.Sum, trace.Output, output[t]);
            sum = layer.FeedForward is { } part ? FeedForward(part, trace.Sum, trace.FeedForward!, sum, sensitivity, arithmetic) : sum;
            if (layer.Residual)
            {
                sensitivity.Add(sum, Array.ConvertAll(trace.Sum, value => arithmetic.Unit * Math.Abs(value)));
            }

            direct[t] = layer.Residual ? sum : new double[layer.Width];
            (readout[t], beside[t]) = Decoder(layer.Decoder, trace, sum, sensitivity);
        }

        double[][] v = layer.Cell.Accept(new CellSensitivity(traces, readout, sensitivity, arithmetic));
        int convolved = layer.Cell.InputWidth - layer.Input.PassedWidth;
        double[][] stream = Convolution(layer.Input, traces, [.. v.Select(step => step[..convolved])], sensitivity, arithmetic);
        var input = new double[time][];
        for (int t = 0; t < time; t++)
        {
            double[] projected = [.. stream[t], .. v[t][convolved..], .. beside[t]];
            double[] normed = sensitivity.Through(layer.Input.Projection, traces[t].Normed, traces[t].Projected, projected);
            double[] x = sensitivity.Through(layer.PreNorm, traces[t].Input, traces[t].Normed, normed);
            input[t] = [.. x.Select((value, c) => value + direct[t][c])];
        }

        return input;
    }

    private static double[] FeedForward(FeedForward part, double[] x, FeedForwardProbe trace, double[] output, Sensitivity sensitivity, Arithmetic arithmetic)
    {
        sensitivity.Add(output, Array.ConvertAll(trace.Sum, value => arithmetic.Unit * Math.Abs(value)));
        double[] activated = sensitivity.Through(part.Down, trace.Activated, trace.Down, output);
        double[] normed = sensitivity.Through(part.Up, trace.Normed, trace.Up, sensitivity.Through(part.Function, trace.Up, activated));
        return Sum(output, sensitivity.Through(part.Norm, x, trace.Normed, normed));
    }

    // To the readouts, and to gate and side stream.
    private static (double[] Readout, double[] Beside) Decoder(Decoder decoder, LayerProbe trace, double[] decoded, Sensitivity sensitivity)
    {
        (double[] direct, double[] around, double[] mixed) = Unit(decoder, trace, decoded, sensitivity);
        double[] joined = Sum(around, sensitivity.Through(decoder.Mixing, trace.Joined, trace.Mixed, mixed));
        double[] gate = new double[trace.Gate.Length], side = new double[trace.Side.Length];
        if (decoder.Side is DecoderFunction function)
        {
            int half = side.Length / 2;
            (double[] argument, double[] value) = sensitivity.Cache.Of(decoder, trace.Side, () => Tuple.Create(trace.Side[..half], trace.Side[half..]));
            (double[] toValue, double[] toArgument) = Product(function, value, argument, joined[..half], sensitivity);
            side = [.. toArgument, .. toValue];
            joined = joined[half..];
        }

        double[] activated = decoder.NormAfterGate ? Gated(trace.Activated, Normed(trace.Gated, joined)) : Normed(trace.Activated, Gated(trace.ReadoutNormed, joined));
        return (Sum(direct, sensitivity.Through(decoder.Activation, trace.Readout, activated)), [.. gate, .. side]);

        double[] Normed(double[] of, double[] to) => sensitivity.Through(decoder.Norm, of, trace.ReadoutNormed, to);

        double[] Gated(double[] of, double[] to)
        {
            (double[] value, gate) = decoder.Gate is null ? (to, gate) : Product(decoder.Gate, of, trace.Gate, to, sensitivity);
            return value;
        }
    }

    /// <summary>Through <c>value * function(argument)</c>.</summary>
    private static (double[] Value, double[] Argument) Product(DecoderFunction function, double[] value, double[] argument, double[] product, Sensitivity sensitivity)
    {
        Func<double, double> formula = DecoderFormulas.Of(function);
        double[] factor = Array.ConvertAll(argument, z => formula(z));
        return (sensitivity.Through(value, factor, product), sensitivity.Through(function, argument, [.. product.Select((s, i) => s * value[i])]));
    }

    // From what leaves the unit at the end of a decoder to the readouts that it multiplies, the gated channels that it multiplies, and the mixed ones.
    private static (double[] Readout, double[] Gated, double[] Mixed) Unit(Decoder decoder, LayerProbe trace, double[] decoded, Sensitivity sensitivity)
    {
        int half = decoded.Length;
        double[] none = new double[trace.Readout.Length], unjoined = new double[trace.Joined.Length];
        switch (decoder.Unit)
        {
            case null:
                return (none, unjoined, decoded);
            case FinalActivation unit:
                return (none, unjoined, sensitivity.Through(unit.Function, trace.Mixed, decoded));
            case SplitGlu unit:
                (double[] value, double[] argument) = sensitivity.Cache.Of(decoder, trace.Mixed, () => Tuple.Create(trace.Mixed[..half], trace.Mixed[half..]));
                (double[] toValue, double[] toArgument) = Product(unit.Function, value, argument, decoded, sensitivity);
                return (none, unjoined, [.. toValue, .. toArgument]);
            case HalfGlu { Value: GluValue.Activated } unit:
                (double[] toGated, double[] fromGated) = Product(unit.Function, trace.Joined, trace.Mixed, decoded, sensitivity);
                return (none, toGated, fromGated);
            case HalfGlu { Value: GluValue.Readout } unit:
                (double[] toReadout, double[] fromReadout) = Product(unit.Function, trace.Readout, trace.Mixed, decoded, sensitivity);
                return (toReadout, unjoined, fromReadout);
            default:
                throw new NotSupportedException($"There is no sensitivity for a {decoder.Unit.GetType().Name}.");
        }
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Select((value, i) => value + b[i])];

    private static double[][] Convolution(InputStage stage, LayerProbe[] traces, double[][] v, Sensitivity sensitivity, Arithmetic arithmetic)
    {
        double[][] convolved = [.. v.Select((s, t) => sensitivity.Through(stage.Activation, traces[t].Convolved, s))];
        if (stage.Convolution is not CausalConvolution convolution)
        {
            return convolved;
        }

        Approximate[] outputs = sensitivity.Cache.Of(convolution, traces[0], () => LinearRounding.Of(
            convolution,
            [.. traces.Select(trace => Approximate.Exact(trace.Projected[..convolution.Channels]))],
            t => traces[t].Convolved,
            arithmetic));
        double[][] stream = [.. v.Select(_ => new double[convolution.Channels])];
        for (int t = 0; t < v.Length; t++)
        {
            sensitivity.Add(convolved[t], outputs[t].Error);
            for (int j = 0; j < convolution.Width; j++)
            {
                int from = t - convolution.Width + 1 + j;
                for (int c = 0; from >= 0 && c < convolution.Channels; c++)
                {
                    stream[from][c] += convolution.Weight.Values[(c * convolution.Width) + j] * convolved[t][c];
                }
            }
        }

        return stream;
    }
}
