using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <content>The input stage: projection, gate stream, causal convolution, activation.</content>
internal sealed partial class LayerPlanner
{
    private sealed record InputPart(PlanView Value, PlanView? Gate, LinearStep? Projection, ConvolutionStep? Convolution);

    private InputPart PlanInputStage(Layer layer, string name, string prefix, PlanView x, PlanView v)
    {
        InputStage input = layer.Input;
        int history = input.Convolution?.Width ?? 0;
        PlanView? gate = null;
        LinearStep? projection = null;
        ConvolutionStep? convolution = null;
        if (input.Projection is { } linear)
        {
            int width = linear.Outputs - input.GateWidth;
            EquatableArray<PlanView> parts = builder.AcquireParts(input.GateWidth == 0 ? [width] : [width, input.GateWidth], history);
            projection = Linear(builder, name, prefix + "Projection", linear, v, parts);
            ReleaseUnlessStream(v, x);
            v = parts[0];
            gate = parts.Count > 1 ? parts[1] : null;
        }

        if (input.Convolution is { } taps)
        {
            if (input.Projection is null)
            {
                PlanView copy = builder.Acquire(v.Width, taps.Width);
                builder.Add(new MapStep(name, v, copy, DecoderFunctions.Identity));
                ReleaseUnlessStream(v, x);
                v = copy;
            }

            convolution = PlanConvolution(name, prefix, taps, v);
            if (gate is null)
            {
                builder.Release(v);
            }

            v = convolution.Target;
        }

        if (!input.Activation.Equals(DecoderFunctions.Identity))
        {
            PlanView target = v.Buffer == x.Buffer ? builder.Acquire(v.Width) : builder.Rewrite(v);
            v = builder.Add(new MapStep(name, v, target, input.Activation)).Target;
        }

        return new InputPart(v, gate, projection, convolution);
    }

    private void ReleaseUnlessStream(PlanView view, PlanView stream)
    {
        if (view.Buffer != stream.Buffer)
        {
            builder.Release(view);
        }
    }

    private ConvolutionStep PlanConvolution(string name, string prefix, CausalConvolution convolution, PlanView v)
    {
        TableHandle weight = builder.Table(
            prefix + "Convolution",
            "Taps of the causal convolution, oldest first, [tap, channel]." + TableOrigin.Of(convolution.Weight),
            convolution.Width,
            [convolution.Channels],
            (tap, c) => convolution.Weight.Values[(c * convolution.Width) + tap]);
        TableHandle? bias = convolution.Bias is { } b
            ? builder.Table(prefix + "ConvolutionBias", "Bias of the causal convolution, [channel]." + TableOrigin.Of(b), 1, [convolution.Channels], (_, c) => b.Values[c])
            : null;
        int columns = builder.Pad(convolution.Channels);
        SlotHandle slot = builder.Slot(
            StateName(name, convolution.StateName),
            convolution.Width,
            convolution.Channels,
            [new StateAxis(convolution.Channels, 1), new StateAxis(convolution.Width, columns)]);
        return builder.Add(new ConvolutionStep(name, v, builder.Acquire(convolution.Channels), convolution.Width, weight, bias, slot));
    }
}
