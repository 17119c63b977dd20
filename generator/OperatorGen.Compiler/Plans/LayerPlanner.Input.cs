using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <content>The input stage: projection, gate stream, causal convolution, activation.</content>
internal sealed partial class LayerPlanner
{
    /// <summary>What the input stage gives, and the buffer of what the decoder reads of it; null: none, or the stream's.</summary>
    private sealed record InputPart(PlanView Value, PlanView? Gate, (PlanView Argument, PlanView Value)? Side, PlanView? Kept, LinearStep? Projection, ConvolutionStep? Convolution);

    private InputPart PlanInputStage(Layer layer, string name, string prefix, PlanView x, PlanView v)
    {
        InputStage input = layer.Input;
        int history = input.Convolution?.Width ?? 0;
        LinearStep? projection = null;
        ConvolutionStep? convolution = null;
        EquatableArray<PlanView> parts;
        int[] widths = Widths(input, layer.Width);
        if (input.Projection is { } linear)
        {
            parts = builder.AcquireParts(widths, history);
            projection = Linear(builder, name + " projection", prefix + "Projection", linear, EquatableArray.Of(v), parts);
            ReleaseUnlessStream(v, x);
        }
        else if (widths.Length == 1)
        {
            parts = EquatableArray.Of(v);
        }
        else
        {
            // Each part by itself: the vectors of one must not reach into the next.
            parts = builder.AcquireParts(widths, history);
            for (int i = 0, column = v.Column; i < widths.Length; column += widths[i++])
            {
                builder.Add(new PackStep(name + " parts of x", EquatableArray.Of(v with { Column = column, Width = widths[i] }), parts[i]));
            }

            ReleaseUnlessStream(v, x);
        }

        v = parts[0];
        int next = 1;
        PlanView? passed = input.PassedWidth > 0 ? parts[next++] : null;
        PlanView? gate = input.GateWidth > 0 ? parts[next++] : null;
        (PlanView, PlanView)? side = input.SideWidth > 0 ? (parts[next], parts[next + 1]) : null;
        PlanView? kept = (gate is null && side is null) || v.Buffer == x.Buffer ? null : v;

        if (input.Convolution is { } taps)
        {
            if (input.Projection is null && widths.Length == 1)
            {
                PlanView copy = builder.Acquire(v.Width, taps.Width);
                builder.Add(new MapStep(name + " x for the convolution", v, copy, DecoderFunctions.Identity));
                ReleaseUnlessStream(v, x);
                v = copy;
            }

            convolution = PlanConvolution(name, prefix, taps, v);
            if (v.Buffer != passed?.Buffer && v.Buffer != kept?.Buffer)
            {
                builder.Release(v);
            }

            v = convolution.Target;
        }

        if (!input.Activation.Equals(DecoderFunctions.Identity))
        {
            PlanView target = v.Buffer != x.Buffer ? builder.Rewrite(v) : builder.Acquire(v.Width);
            v = builder.Add(new MapStep(name + " v", v, target, input.Activation)).Target;
        }

        if (passed is not null)
        {
            PlanView both = builder.Acquire(v.Width + passed.Width);
            builder.Add(new PackStep(name + " v", EquatableArray.Of(v, passed), both));
            foreach (PlanView part in new[] { v, passed }.Where(part => part.Buffer != kept?.Buffer))
            {
                ReleaseUnlessStream(part, x);
            }

            v = both;
        }

        return new InputPart(v, gate, side, kept, projection, convolution);
    }

    /// <summary>The widths of what the projection, or x itself, is cut into: what is convolved, what passes, the gate stream, both halves of the side stream.</summary>
    private static int[] Widths(InputStage input, int width)
    {
        int rest = (input.Projection?.Outputs ?? width) - input.PassedWidth - input.GateWidth - input.SideWidth;
        return [.. new[] { rest, input.PassedWidth, input.GateWidth, input.SideWidth / 2, input.SideWidth / 2 }.Where(part => part > 0)];
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
