using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>One layer over all time steps, stage by stage as the reference computes it.</summary>
internal static class LayerRounding
{
    public static Approximate[] Of(Layer layer, Approximate[] x, LayerProbe[] traces, Arithmetic arithmetic)
    {
        InputStage input = layer.Input;
        int inputs = layer.Cell.InputWidth, convolved = inputs - input.PassedWidth;
        Approximate[] projected = Each(x, (t, h) => Projected(layer, h, traces[t], arithmetic));
        Approximate[] stream = Each(projected, (_, p) => p.Slice(0, convolved));
        if (input.Convolution is CausalConvolution convolution)
        {
            stream = LinearRounding.Of(convolution, stream, t => traces[t].Convolved, arithmetic);
        }

        Approximate[] v = Each(stream, (t, h) => Approximate.Join(FunctionRounding.Of(input.Activation, h, arithmetic), projected[t].Slice(convolved, input.PassedWidth)));
        Approximate[] readout = layer.Cell.Accept(new CellRounding(v, traces, arithmetic));
        return Each(readout, (t, o) => Decoded(layer, o, projected[t].Slice(inputs, input.GateWidth), projected[t].Slice(inputs + input.GateWidth, input.SideWidth), x[t], traces[t], arithmetic));
    }

    private static Approximate[] Each(Approximate[] sequence, Func<int, Approximate, Approximate> stage) =>
        [.. sequence.Select((step, t) => stage(t, step))];

    private static Approximate Projected(Layer layer, Approximate x, LayerProbe trace, Arithmetic arithmetic)
    {
        Approximate h = layer.PreNorm is null ? x : NormRounding.Of(layer.PreNorm, x, trace.Normed, arithmetic);
        return layer.Input.Projection is null ? h : LinearRounding.Of(layer.Input.Projection, h, trace.Projected, arithmetic);
    }

    private static Approximate Decoded(Layer layer, Approximate readout, Approximate gate, Approximate side, Approximate x, LayerProbe trace, Arithmetic arithmetic)
    {
        Decoder decoder = layer.Decoder;
        Approximate h = FunctionRounding.Of(decoder.Activation, readout, arithmetic);
        h = decoder.NormAfterGate ? Normed(GatedBy(h)) : GatedBy(Normed(h));
        if (decoder.Side is DecoderFunction function)
        {
            int half = layer.Input.SideWidth / 2;
            Approximate argument = FunctionRounding.Of(function, side.Slice(0, half), arithmetic);
            h = Approximate.Join(LinearRounding.Product(side.Slice(half, half), argument, trace.Joined[..half], arithmetic), h);
        }

        Approximate mixed = decoder.Mixing is null ? h : LinearRounding.Of(decoder.Mixing, h, trace.Mixed, arithmetic);
        h = Unit(decoder.Unit, readout, h, mixed, trace, arithmetic);
        h = layer.Residual ? LinearRounding.Sum(h, x, trace.Sum, arithmetic) : h;
        h = layer.FeedForward is { } part ? FeedForward(part, h, trace.FeedForward!, arithmetic) : h;
        return layer.PostNorm is null ? h : NormRounding.Of(layer.PostNorm, h, trace.Output, arithmetic);

        Approximate Normed(Approximate of) => decoder.Norm is null ? of : NormRounding.Of(decoder.Norm, of, trace.ReadoutNormed, arithmetic);

        Approximate GatedBy(Approximate of) =>
            decoder.Gate is null ? of : LinearRounding.Product(of, FunctionRounding.Of(decoder.Gate, gate, arithmetic), trace.Gated, arithmetic);
    }

    private static Approximate FeedForward(FeedForward part, Approximate x, FeedForwardProbe trace, Arithmetic arithmetic)
    {
        Approximate normed = part.Norm is null ? x : NormRounding.Of(part.Norm, x, trace.Normed, arithmetic);
        Approximate activated = FunctionRounding.Of(part.Function, LinearRounding.Of(part.Up, normed, trace.Up, arithmetic), arithmetic);
        return LinearRounding.Sum(LinearRounding.Of(part.Down, activated, trace.Down, arithmetic), x, trace.Sum, arithmetic);
    }

    private static Approximate Unit(DecoderUnit? unit, Approximate readout, Approximate activated, Approximate mixed, LayerProbe trace, Arithmetic arithmetic)
    {
        int half = mixed.Value.Length / 2;
        return unit switch
        {
            null => mixed,
            SplitGlu => Gated(mixed.Slice(0, half), mixed.Slice(half, half)),
            HalfGlu { Value: GluValue.Activated } => Gated(activated, mixed),
            HalfGlu { Value: GluValue.Readout } => Gated(readout, mixed),
            FinalActivation => FunctionRounding.Of(unit.Function, mixed, arithmetic),
            _ => throw new NotSupportedException($"There is no rounding bound for a {unit.GetType().Name}."),
        };

        Approximate Gated(Approximate value, Approximate argument) =>
            LinearRounding.Product(value, FunctionRounding.Of(unit.Function, argument, arithmetic), trace.Decoded, arithmetic);
    }
}
