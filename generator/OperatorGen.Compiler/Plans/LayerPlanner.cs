using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Plans one layer of the template: norm, input stage, cells, decoder, residual, norm.</summary>
internal sealed partial class LayerPlanner(PlanBuilder builder)
{
    /// <summary>Why the last layer could not be planned; null when it was.</summary>
    public Fault? Refusal { get; private set; }

    /// <summary>The steps of the layers so far.</summary>
    public List<LayerSteps> Layers { get; } = [];

    /// <summary>Adds the steps of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="index">Its index, for names of tables.</param>
    /// <param name="x">The stream that enters.</param>
    /// <returns>The stream that leaves.</returns>
    public PlanView Plan(Layer layer, int index, PlanView x)
    {
        string name = layer.Name.Length == 0 ? "layer" : layer.Name;
        string prefix = "Layer" + NumberText.Format(index);

        NormStep? preNorm = Normalize(name + " norm of x", prefix + "PreNorm", layer.PreNorm, x, () => builder.Acquire(layer.Width));
        InputPart input = PlanInputStage(layer, name, prefix, x, preNorm?.Target ?? x);
        PlanView v = input.Value;
        Lowering lowering = Lowerings.Of(layer.Cell);
        if (layer is { FeedForward: not null, Cell.IsConstant: true })
        {
            Refusal = PlanFaults.NoLowering($"The feed-forward part of {name}", "its recurrence has constant modes, whose bounds and expansions do not know such a part", null);
            return x;
        }

        if (lowering.Refusal is { } reason)
        {
            Refusal = PlanFaults.NoLowering($"The recurrence of {name}", reason, null);
            return x;
        }

        PlannedCell cell = lowering.Plan(builder, new CellPlace(name, prefix, StateName(name, layer.Cell.StateName)));
        SequenceView? backward = null;
        PlanView? gate = input.Gate, kept = input.Kept;
        if (cell.Backward is { } run)
        {
            if (input.Side is not null || (gate is not null && kept is null))
            {
                throw new ArgumentException($"The layer {name} runs in both directions and has a stream that is not planned for that.", nameof(layer));
            }

            (backward, x, v, gate) = PlanBackward(layer, name, run, x, v, gate);
            kept = gate;
        }

        PlanView o = cell.Forward(v);
        if (v.Buffer != x.Buffer && v.Buffer != kept?.Buffer)
        {
            builder.Release(v);
        }

        if (backward is not null)
        {
            PlanView added = builder.Load(name, backward, last: true);
            o = builder.Add(new AddStep(name, added, o, builder.Rewrite(o)) { Meaning = "both directions" }).Target;
            builder.Release(added);
        }

        DecoderPart decoder = PlanDecoder(layer, name, prefix, o, input with { Gate = gate, Kept = kept });
        PlanView h = decoder.Value;
        if (layer.Residual)
        {
            builder.Release(h);
            h = builder.Add(new AddStep(name, h, x, builder.Rewrite(x))).Target;
        }
        else
        {
            builder.Release(x);
        }

        FeedForwardSteps? feedForward = null;
        if (layer.FeedForward is { } part)
        {
            (h, feedForward) = PlanFeedForward(part, name, prefix + "FeedForward", h);
        }

        NormStep? postNorm = Normalize(name + " norm of y", prefix + "PostNorm", layer.PostNorm, h, () => builder.Rewrite(h));
        Layers.Add(new LayerSteps(preNorm, input.Projection, input.Convolution, cell.Describe(), decoder.Norm, decoder.Mixing, feedForward, postNorm));
        return postNorm?.Target ?? h;
    }

    /// <summary>y = x + down(function(up(norm(x)))), over x.</summary>
    private (PlanView Y, FeedForwardSteps Steps) PlanFeedForward(FeedForward part, string name, string prefix, PlanView x)
    {
        NormStep? norm = Normalize(name + " feed-forward norm", prefix + "Norm", part.Norm, x, () => builder.Acquire(x.Width));
        PlanView normed = norm?.Target ?? x;
        LinearStep up = Linear(builder, name + " feed-forward", prefix + "Up", part.Up, EquatableArray.Of(normed), builder.AcquireParts([part.Up.Outputs]));
        ReleaseUnlessStream(normed, x);
        PlanView h = builder.Add(new MapStep(name + " feed-forward", up.Targets[0], builder.Rewrite(up.Targets[0]), part.Function)).Target;
        LinearStep down = Linear(builder, name + " feed-forward", prefix + "Down", part.Down, EquatableArray.Of(h), builder.AcquireParts([part.Down.Outputs]));
        builder.Release(h);
        builder.Release(down.Targets[0]);
        PlanView y = builder.Add(new AddStep(name, down.Targets[0], x, builder.Rewrite(x))).Target;
        return (y, new FeedForwardSteps(norm, up, down));
    }

    /// <summary>
    /// Ends the present pass, which leaves v and what else is needed later; has the backward direction run over it; and begins the next forward pass.
    /// </summary>
    /// <returns>What the backward direction reads, and x, v and the gate stream in the new pass. Where x is not needed any more, it is v.</returns>
    private (SequenceView Readouts, PlanView X, PlanView V, PlanView? Gate) PlanBackward(Layer layer, string name, Func<PlanView, PlanView> run, PlanView x, PlanView v, PlanView? gate)
    {
        SequenceView savedV = builder.Save(name, v);
        SequenceView? savedX = layer.Residual && x != v ? builder.Save(name, x) : null;
        SequenceView? savedGate = gate is null ? null : builder.Save(name, gate);
        builder.BeginPass(TimeDirection.Backward);
        SequenceView readouts = builder.Save(name, run(builder.Load(name, savedV, last: false)));
        builder.BeginPass(TimeDirection.Forward);
        v = builder.Load(name, savedV, last: true);
        return (readouts, savedX is null ? v : builder.Load(name, savedX, last: true), v, savedGate is null ? null : builder.Load(name, savedGate, last: true));
    }

    /// <summary>Adds a linear step with its tables.</summary>
    /// <param name="builder">Where the step and the tables go.</param>
    /// <param name="heading">Whose part.</param>
    /// <param name="table">The stem of the tables' names.</param>
    /// <param name="linear">The map.</param>
    /// <param name="sources">The parts of x.</param>
    /// <param name="targets">The parts of y.</param>
    /// <param name="shared">The table of the weight where it is there already; null: it is added.</param>
    public static LinearStep Linear(
        PlanBuilder builder, string heading, string table, Linear linear, EquatableArray<PlanView> sources, EquatableArray<PlanView> targets, TableHandle? shared = null)
    {
        int[] segments = [.. targets.Select(part => part.Width)];
        TableHandle weight = shared ?? WeightTable(builder, table, linear, segments);
        TableHandle? bias = linear.Bias is { } b
            ? builder.Table(table + "Bias", "b, [output]." + TableOrigin.Of(b), 1, segments, (_, output) => b.Values[output])
            : null;
        return builder.Add(new LinearStep(heading, bias is null ? "y = W x" : "y = W x + b", sources, targets, weight, bias));
    }

    /// <summary>Adds the table of a linear map's weight.</summary>
    /// <param name="builder">Where it goes.</param>
    /// <param name="table">The stem of its name.</param>
    /// <param name="linear">The map.</param>
    /// <param name="segments">The widths of the parts of y.</param>
    public static TableHandle WeightTable(PlanBuilder builder, string table, Linear linear, int[] segments) => builder.Matrix(
        table + "Weight",
        "W transposed, [input, output]." + TableOrigin.Of(linear.Weight),
        linear.Inputs,
        segments,
        (input, output) => linear.Weight.Values[(output * linear.Inputs) + input],
        linear.Weight.Format);

    private NormStep? Normalize(string heading, string table, Norm? norm, PlanView source, Func<PlanView> target)
    {
        switch (norm)
        {
            case null:
                return null;
            case LayerNorm layer:
                TableHandle three = builder.Table(
                    table,
                    "Weight, bias, and a mask that is 1 on channels and 0 on padding, [3, channel]." + TableOrigin.Of(layer.Weight, layer.Bias),
                    3,
                    [norm.Width],
                    (row, c) => row == 0 ? layer.Weight.Values[c] : row == 1 ? layer.Bias.Values[c] : 1);
                return builder.Add(new LayerNormStep(heading, source, target(), three, builder.RoundPositive(layer.Epsilon, table + "Epsilon")));
            case BatchNorm batch:
                TableHandle two = builder.Table(table, "Factor and summand, [2, channel]." + TableOrigin.Of(batch.Weight, batch.Bias, batch.Mean, batch.Variance), 2, [norm.Width], (row, c) => row == 0 ? NormFolding.Factor(batch, c) : NormFolding.Summand(batch, c));
                return builder.Add(new AffineStep(heading, source, target(), two));
            case RmsNorm rms:
                TableHandle masked = WeightAndMask(table, rms.Weight, 1);
                return builder.Add(new RmsNormStep(heading, source, target(), masked, builder.RoundPositive(rms.Epsilon, table + "Epsilon"), rms.GroupWidth));
            case LengthNorm length:
                TableHandle scaled = WeightAndMask(table, length.Weight, System.Math.Sqrt(length.Width));
                return builder.Add(new LengthNormStep(heading, source, target(), scaled, builder.RoundPositive(length.Floor, table + "Floor")));
            default:
                throw new ArgumentException($"No plan is known for a {norm.GetType().Name}.", nameof(norm));
        }
    }

    private TableHandle WeightAndMask(string table, Tensor weight, double factor) => builder.Table(
        table,
        $"{(factor == 1 ? "Weight" : "Weight times the root of the width")}, and a mask that is 1 on channels and 0 on padding, [2, channel]." + TableOrigin.Of(weight),
        2,
        [weight.Count],
        (row, c) => row == 0 ? factor * weight.Values[c] : 1);

    private sealed record DecoderPart(PlanView Value, NormStep? Norm, LinearStep? Mixing);

    private DecoderPart PlanDecoder(Layer layer, string name, string prefix, PlanView o, InputPart input)
    {
        Decoder decoder = layer.Decoder;
        bool identity = decoder.Activation.Equals(DecoderFunctions.Identity);
        bool keepsReadout = decoder.Unit is HalfGlu { Value: GluValue.Readout } && !(identity && decoder.Gate is null && decoder.Norm is null);
        PlanView h = o;
        if (keepsReadout || !identity)
        {
            h = builder.Add(new MapStep(name + " h", o, keepsReadout ? builder.Acquire(o.Width) : builder.Rewrite(o), decoder.Activation)).Target;
        }

        NormStep? norm = decoder.NormAfterGate ? null : Normalize(name + " norm of h", prefix + "DecoderNorm", decoder.Norm, h, () => builder.Rewrite(h));
        h = norm?.Target ?? h;
        if (decoder.Gate is { } gateFunction && input.Gate is { } gate)
        {
            h = builder.Add(new GateStep(name + " h", h, gate, gateFunction, builder.Rewrite(h))).Target;
        }

        if (decoder.NormAfterGate)
        {
            norm = Normalize(name + " norm of h", prefix + "DecoderNorm", decoder.Norm, h, () => builder.Rewrite(h));
            h = norm?.Target ?? h;
        }

        o = keepsReadout ? o : h;
        EquatableArray<PlanView> mixed = EquatableArray.Of(h);
        if (decoder.Side is { } sideFunction && input.Side is { } side)
        {
            mixed = builder.AcquireParts([side.Value.Width, h.Width]);
            builder.Add(new GateStep(name + " side stream", side.Value, side.Argument, sideFunction, mixed[0]));
            builder.Add(new MapStep(name + " h beside it", h, mixed[1], DecoderFunctions.Identity));
        }

        if (input.Kept is { } kept)
        {
            builder.Release(kept);
        }

        (PlanView r, LinearStep? mixing) = PlanUnit(decoder, name, prefix, o, mixed);
        foreach (PlanView part in new[] { h, o, mixed[0] }.Where(part => part.Buffer != r.Buffer))
        {
            builder.Release(part);
        }

        return new DecoderPart(r, norm, mixing);
    }

    /// <summary>The mixing and what is made of it; the caller gives back o and what is mixed.</summary>
    private (PlanView R, LinearStep? Mixing) PlanUnit(Decoder decoder, string name, string prefix, PlanView o, EquatableArray<PlanView> mixed)
    {
        PlanView h = mixed[0];
        int outputs = decoder.Mixing?.Outputs ?? h.Width;
        EquatableArray<PlanView> m = decoder.Mixing is null && decoder.Unit is not SplitGlu ? mixed
            : builder.AcquireParts(decoder.Unit is SplitGlu ? [outputs / 2, outputs / 2] : [outputs]);
        for (int half = 0; half < m.Count && decoder.Mixing is null && decoder.Unit is SplitGlu; half++)
        {
            builder.Add(new PackStep(name, EquatableArray.Of(h with { Column = h.Column + (half * outputs / 2), Width = outputs / 2 }), m[half]));
        }

        LinearStep? mixing = decoder.Mixing is { } linear ? Linear(builder, name + " mixing", prefix + "Mixing", linear, mixed, m) : null;
        return (decoder.Unit switch
        {
            null => m[0],
            SplitGlu split => builder.Add(new GateStep(name + " unit", m[0], m[1], split.Function, builder.Rewrite(m[0]))).Target,
            HalfGlu half => builder.Add(new GateStep(name + " unit", half.Value == GluValue.Readout ? o : h, m[0], half.Function, builder.Rewrite(m[0]))).Target,
            FinalActivation final => builder.Add(new MapStep(name + " unit", m[0], builder.Rewrite(m[0]), final.Function)).Target,
            _ => throw new ArgumentException($"No plan is known for a {decoder.Unit.GetType().Name}.", nameof(decoder)),
        }, mixing);
    }

    private static string? StateName(string layer, string? name) => name is null || layer == "layer" ? name : layer + "." + name;
}
