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

    private void Normalize(string heading, string table, LayerNorm norm, PlanView source, PlanView target)
    {
        int index = builder.Table(
            table,
            "Weight, bias, and a mask that is 1 on channels and 0 on padding, [3, channel].",
            3,
            [norm.Width],
            (row, c) => row == 0 ? norm.Weight.Values[c] : row == 1 ? norm.Bias.Values[c] : 1);
        builder.Steps.Add(new LayerNormStep(heading, source, target, index, builder.RoundPositive(norm.Epsilon, table + "Epsilon")));
    }

    private PlanView PlanDecoder(Layer layer, string name, string prefix, PlanView o, PlanView? gate)
    {
        Decoder decoder = layer.Decoder;
        if (!decoder.Activation.Equals(DecoderFunctions.Identity))
        {
            builder.Steps.Add(new MapStep(name, o, o, decoder.Activation.Name));
        }

        if (decoder.Gate is { } gateFunction && gate is not null)
        {
            builder.Steps.Add(new GateStep(name, o, gate, gateFunction.Name, o));
            builder.Release(gate);
        }

        if (decoder.Mixing is not { } mixing)
        {
            return o;
        }

        int half = mixing.Outputs / 2;
        int[] segments = decoder.Glu ? [half, half] : [mixing.Outputs];
        PlanView h = builder.Acquire(segments[0], 0, decoder.Glu ? builder.Pad(half) : 0);
        builder.Steps.Add(Linear(builder, name, prefix + "Mixing", mixing, segments, o, h));
        builder.Release(o);
        if (decoder.Glu)
        {
            var gateHalf = new PlanView(h.Buffer, builder.Pad(half), half);
            builder.Steps.Add(new GateStep(name, h, gateHalf, DecoderFunctions.Sigmoid.Name, h));
        }

        return h;
    }

    private static string? StateName(string layer, string? name) => name is null || layer == "layer" ? name : layer + "." + name;
}
