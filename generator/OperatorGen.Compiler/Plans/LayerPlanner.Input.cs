using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <content>The input stage: projection, gate stream, causal convolution, activation.</content>
internal sealed partial class LayerPlanner
{
    private (PlanView Value, PlanView? Gate) PlanInputStage(Layer layer, string name, string prefix, PlanView x, PlanView v)
    {
        InputStage input = layer.Input;
        int history = input.Convolution?.Width ?? 0;
        PlanView? gate = null;
        if (input.Projection is { } projection)
        {
            int width = projection.Outputs - input.GateWidth;
            int[] segments = input.GateWidth == 0 ? [width] : [width, input.GateWidth];
            PlanView projected = builder.Acquire(width, history, input.GateWidth == 0 ? 0 : builder.Pad(input.GateWidth));
            builder.Steps.Add(Linear(builder, name, prefix + "Projection", projection, segments, v, projected));
            if (v.Buffer != x.Buffer)
            {
                builder.Release(v);
            }

            v = projected;
            gate = input.GateWidth == 0 ? null : new PlanView(projected.Buffer, builder.Pad(width), input.GateWidth);
        }

        if (input.Convolution is { } convolution)
        {
            if (input.Projection is null)
            {
                PlanView copy = builder.Acquire(v.Width, convolution.Width);
                builder.Steps.Add(new MapStep(name, v, copy, DecoderFunctions.Identity.Name));
                if (v.Buffer != x.Buffer)
                {
                    builder.Release(v);
                }

                v = copy;
            }

            v = PlanConvolution(name, prefix, convolution, v, gate);
        }

        if (!input.Activation.Equals(DecoderFunctions.Identity))
        {
            PlanView target = v.Buffer == x.Buffer ? builder.Acquire(v.Width) : v;
            builder.Steps.Add(new MapStep(name, v, target, input.Activation.Name));
            v = target;
        }

        return (v, gate);
    }

    private PlanView PlanConvolution(string name, string prefix, CausalConvolution convolution, PlanView v, PlanView? gate)
    {
        int weight = builder.Table(
            prefix + "Convolution",
            "Taps of the causal convolution, oldest first, [tap, channel].",
            convolution.Width,
            [convolution.Channels],
            (tap, c) => convolution.Weight.Values[(c * convolution.Width) + tap]);
        int bias = convolution.Bias is { } b
            ? builder.Table(prefix + "ConvolutionBias", "Bias of the causal convolution, [channel].", 1, [convolution.Channels], (_, c) => b.Values[c])
            : -1;
        int columns = builder.Pad(convolution.Channels);
        int slot = builder.Slot(
            StateName(name, convolution.StateName),
            convolution.Width,
            convolution.Channels,
            [new StateAxis(convolution.Channels, 1), new StateAxis(convolution.Width, columns)]);
        PlanView target = builder.Acquire(convolution.Channels);
        builder.Steps.Add(new ConvolutionStep(name, v, target, convolution.Width, weight, bias, slot));
        if (gate is null)
        {
            builder.Release(v);
        }

        return target;
    }
}
