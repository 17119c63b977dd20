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
        var gate = new double[time][];
        for (int t = 0; t < time; t++)
        {
            LayerProbe trace = traces[t];
            double[] sum = sensitivity.Through(layer.PostNorm, trace.Sum, trace.Output, output[t]);
            if (layer.Residual)
            {
                sensitivity.Add(sum, Array.ConvertAll(trace.Sum, value => arithmetic.Unit * Math.Abs(value)));
            }

            direct[t] = layer.Residual ? sum : new double[layer.Width];
            (readout[t], gate[t]) = Decoder(layer.Decoder, trace, sum, sensitivity);
        }

        double[][] v = layer.Cell.Accept(new CellSensitivity(traces, readout, sensitivity, arithmetic));
        double[][] stream = Convolution(layer.Input, traces, v, sensitivity, arithmetic);
        var input = new double[time][];
        for (int t = 0; t < time; t++)
        {
            double[] projected = layer.Input.Projection is null ? stream[t] : [.. stream[t], .. gate[t]];
            double[] normed = sensitivity.Through(layer.Input.Projection, traces[t].Normed, traces[t].Projected, projected);
            double[] x = sensitivity.Through(layer.PreNorm, traces[t].Input, traces[t].Normed, normed);
            input[t] = [.. x.Select((value, c) => value + direct[t][c])];
        }

        return input;
    }

    private static (double[] Readout, double[] Gate) Decoder(Decoder decoder, LayerProbe trace, double[] decoded, Sensitivity sensitivity)
    {
        (double[] direct, double[] beside, double[] mixed) = Unit(decoder, trace, decoded, sensitivity);
        double[] activated = Sum(beside, sensitivity.Through(decoder.Mixing, trace.Gated, trace.Mixed, mixed));
        double[] gate = new double[trace.Gate.Length];
        if (decoder.Gate is DecoderFunction function)
        {
            Func<double, double> formula = DecoderFormulas.Of(function);
            double[] factor = Array.ConvertAll(trace.Gate, z => formula(z));
            gate = sensitivity.Through(function, trace.Gate, [.. activated.Select((s, i) => s * trace.Activated[i])]);
            activated = sensitivity.Through(trace.Activated, factor, activated);
        }

        return (Sum(direct, sensitivity.Through(decoder.Activation, trace.Readout, activated)), gate);
    }

    // From what leaves the unit at the end of a decoder to the readouts that it multiplies, the gated channels that it multiplies, and the mixed ones.
    private static (double[] Readout, double[] Gated, double[] Mixed) Unit(Decoder decoder, LayerProbe trace, double[] decoded, Sensitivity sensitivity)
    {
        int half = decoded.Length;
        double[] none = new double[trace.Readout.Length];
        switch (decoder.Unit)
        {
            case null:
                return (none, none, decoded);
            case FinalActivation unit:
                return (none, none, sensitivity.Through(unit.Function, trace.Mixed, decoded));
            case SplitGlu unit:
                (double[] value, double[] argument) = sensitivity.Cache.Of(decoder, trace.Mixed, () => Tuple.Create(trace.Mixed[..half], trace.Mixed[half..]));
                (double[] toValue, double[] toArgument) = Gated(unit, value, argument);
                return (none, none, [.. toValue, .. toArgument]);
            case HalfGlu { Value: GluValue.Activated } unit:
                (double[] toGated, double[] fromGated) = Gated(unit, trace.Gated, trace.Mixed);
                return (none, toGated, fromGated);
            case HalfGlu { Value: GluValue.Readout } unit:
                (double[] toReadout, double[] fromReadout) = Gated(unit, trace.Readout, trace.Mixed);
                return (toReadout, none, fromReadout);
            default:
                throw new NotSupportedException($"There is no sensitivity for a {decoder.Unit.GetType().Name}.");
        }

        (double[] Value, double[] Argument) Gated(DecoderUnit unit, double[] value, double[] argument)
        {
            Func<double, double> formula = DecoderFormulas.Of(unit.Function);
            double[] factor = sensitivity.Cache.Of(unit, argument, () => Array.ConvertAll(argument, z => formula(z)));
            return (sensitivity.Through(value, factor, decoded), sensitivity.Through(unit.Function, argument, [.. decoded.Select((s, i) => s * value[i])]));
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
