using System;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Plans one layer of the template: norm, input stage, cells, decoder, residual, norm.</summary>
internal sealed partial class LayerPlanner(PlanBuilder builder)
{
    /// <summary>Why the last layer could not be planned; null when it was.</summary>
    public Fault? Refusal { get; private set; }

    /// <summary>Adds the steps of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="index">Its index, for names of tables.</param>
    /// <param name="x">The stream that enters.</param>
    /// <returns>The stream that leaves.</returns>
    public PlanView Plan(Layer layer, int index, PlanView x)
    {
        string name = layer.Name.Length == 0 ? "layer" : layer.Name;
        string prefix = "Layer" + NumberText.Format(index);

        PlanView v = x;
        if (layer.PreNorm is { } pre)
        {
            v = builder.Acquire(layer.Width);
            Normalize(name, prefix + "PreNorm", pre, x, v);
        }

        (v, PlanView? gate) = PlanInputStage(layer, name, prefix, x, v);
        Lowering lowering = Lowerings.Of(layer.Cell);
        if (lowering.Refusal is { } reason)
        {
            Refusal = PlanFaults.NoLowering($"The recurrence of {name}", reason, null);
            return x;
        }

        if (layer.Decoder is { Mixing: null, Unit: SplitGlu })
        {
            Refusal = PlanFaults.NoLowering($"The decoder of {name}", "a gated linear unit halves the channels without a mixing before it", null);
            return x;
        }

        (PlanView o, DescriptionCall description) = lowering.Plan(builder, new CellPlace(name, prefix, StateName(name, layer.Cell.StateName)), v);
        builder.Recurrences.Add(description);

        if (v.Buffer != x.Buffer && v.Buffer != gate?.Buffer)
        {
            builder.Release(v);
        }

        PlanView h = PlanDecoder(layer, name, prefix, o, gate);
        if (layer.Residual)
        {
            builder.Steps.Add(new AddStep(name, h, x));
            builder.Release(h);
            h = x;
        }
        else
        {
            builder.Release(x);
        }

        if (layer.PostNorm is { } post)
        {
            Normalize(name, prefix + "PostNorm", post, h, h);
        }

        return h;
    }

    /// <summary>A linear step with its tables.</summary>
    /// <param name="builder">Where the tables go.</param>
    /// <param name="heading">Whose part.</param>
    /// <param name="table">The stem of the tables' names.</param>
    /// <param name="linear">The map.</param>
    /// <param name="segments">The parts into which the outputs are cut, each padded by itself.</param>
    /// <param name="source">x.</param>
    /// <param name="target">y.</param>
    public static LinearStep Linear(PlanBuilder builder, string heading, string table, Linear linear, int[] segments, PlanView source, PlanView target)
    {
        int weight = builder.Table(
            table + "Weight",
            "W transposed, [input, output].",
            linear.Inputs,
            segments,
            (input, output) => linear.Weight.Values[(output * linear.Inputs) + input]);
        int bias = linear.Bias is { } b
            ? builder.Table(table + "Bias", "b, [output].", 1, segments, (_, output) => b.Values[output])
            : -1;
        return new LinearStep(heading, source, target, linear.Outputs, weight, bias);
    }

    private void Normalize(string heading, string table, Norm norm, PlanView source, PlanView target)
    {
        switch (norm)
        {
            case LayerNorm layer:
                int three = builder.Table(
                    table,
                    "Weight, bias, and a mask that is 1 on channels and 0 on padding, [3, channel].",
                    3,
                    [norm.Width],
                    (row, c) => row == 0 ? layer.Weight.Values[c] : row == 1 ? layer.Bias.Values[c] : 1);
                builder.Steps.Add(new LayerNormStep(heading, source, target, three, builder.RoundPositive(layer.Epsilon, table + "Epsilon")));
                break;
            case BatchNorm batch:
                (double[] factor, double[] summand) = NormFolding.Of(batch);
                int two = builder.Table(table, "Factor and summand, [2, channel].", 2, [norm.Width], (row, c) => row == 0 ? factor[c] : summand[c]);
                builder.Steps.Add(new AffineStep(heading, source, target, two));
                break;
            default:
                throw new ArgumentException($"No plan is known for a {norm.GetType().Name}.", nameof(norm));
        }
    }

    private PlanView PlanDecoder(Layer layer, string name, string prefix, PlanView o, PlanView? gate)
    {
        Decoder decoder = layer.Decoder;
        PlanView h = o;
        bool keepsReadout = decoder.Unit is HalfGlu { Value: GluValue.Readout };
        if (keepsReadout && !(decoder.Activation.Equals(DecoderFunctions.Identity) && decoder.Gate is null))
        {
            h = builder.Acquire(o.Width);
            builder.Steps.Add(new MapStep(name, o, h, decoder.Activation.Name));
        }
        else if (!decoder.Activation.Equals(DecoderFunctions.Identity))
        {
            builder.Steps.Add(new MapStep(name, o, o, decoder.Activation.Name));
        }

        if (decoder.Gate is { } gateFunction && gate is not null)
        {
            builder.Steps.Add(new GateStep(name, h, gate, gateFunction.Name, h));
            builder.Release(gate);
        }

        PlanView r = PlanUnit(decoder, name, prefix, o, h);
        if (h.Buffer != o.Buffer && h.Buffer != r.Buffer)
        {
            builder.Release(h);
        }

        if (o.Buffer != r.Buffer)
        {
            builder.Release(o);
        }

        return r;
    }

    // Mixing and what is made of it; o and h are given back by the caller.
    private PlanView PlanUnit(Decoder decoder, string name, string prefix, PlanView o, PlanView h)
    {
        if (decoder.Unit is SplitGlu)
        {
            int half = decoder.Mixing!.Outputs / 2;
            PlanView both = builder.Acquire(half, 0, builder.Pad(half));
            builder.Steps.Add(Linear(builder, name, prefix + "Mixing", decoder.Mixing, [half, half], h, both));
            builder.Steps.Add(new GateStep(name, both, new PlanView(both.Buffer, builder.Pad(half), half), decoder.Unit.Function.Name, both));
            return both;
        }

        PlanView m = h;
        if (decoder.Mixing is { } mixing)
        {
            m = builder.Acquire(mixing.Outputs);
            builder.Steps.Add(Linear(builder, name, prefix + "Mixing", mixing, [mixing.Outputs], h, m));
        }

        switch (decoder.Unit)
        {
            case null:
                break;
            case HalfGlu half:
                builder.Steps.Add(new GateStep(name, half.Value == GluValue.Readout ? o : h, m, half.Function.Name, m));
                break;
            case FinalActivation final:
                builder.Steps.Add(new MapStep(name, m, m, final.Function.Name));
                break;
            default:
                throw new ArgumentException($"No plan is known for a {decoder.Unit.GetType().Name}.", nameof(decoder));
        }

        return m;
    }

    private static string? StateName(string layer, string? name) => name is null || layer == "layer" ? name : layer + "." + name;
}
