using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Plans one layer of the template: norm, input stage, cells, decoder, residual, norm.</summary>
internal sealed class LayerPlanner(PlanBuilder builder)
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
        PlanView o = PlanCell(layer, name, prefix, v);
        if (Refusal is not null)
        {
            return x;
        }

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

    private PlanView PlanCell(Layer layer, string name, string prefix, PlanView v)
    {
        Cell cell = layer.Cell;
        if (cell.Order != ReadOrder.PostUpdate)
        {
            Refusal = PlanFaults.NoLowering($"The recurrence of {name}", "its cells read the state before the update, for which no code is written yet; its operator can be inspected", null);
            return v;
        }

        return cell.IsConstant ? PlanScan(cell, name, prefix, v) : PlanSelectiveScan(cell, name, prefix, v);
    }

    private PlanView PlanScan(Cell cell, string name, string prefix, PlanView v)
    {
        ConstantModes modes = ConstantModes.Of(cell);
        bool complex = cell.Field == Field.Complex;
        int parts = complex ? 2 : 1;
        int width = cell.OutputWidth;
        string layout = complex ? "[mode, (re, im), channel]" : "[mode, channel]";

        double Part(ComplexNumber z, int row) => complex && row % 2 == 1 ? z.Im : z.Re;
        int transition = builder.Table(
            prefix + "Eigenvalues",
            $"lambda, the discrete eigenvalues, {layout}.",
            cell.KeyWidth * parts,
            [width],
            (row, c) => Part(modes.Eigenvalue(c / cell.ValueWidth, row / parts), row));
        int weight = builder.Table(
            prefix + "Weights",
            $"w = gamma c b-bar, the weights of the waves, {layout}.",
            cell.KeyWidth * parts,
            [width],
            (row, c) => Part(modes.Weight(c / cell.ValueWidth, row / parts), row));
        int skip = PlanSkip(cell, prefix, width);
        int columns = builder.Pad(width);
        StateAxis[] axes = complex
            ? [new StateAxis(width, 1), new StateAxis(cell.KeyWidth, 2 * columns), new StateAxis(2, columns)]
            : [new StateAxis(width, 1), new StateAxis(cell.KeyWidth, columns)];
        int slot = builder.Slot(StateName(name, cell.StateName), cell.KeyWidth * parts, width, axes);
        PlanView o = builder.Acquire(width);
        builder.Steps.Add(new ScanStep(name, v, o, cell.KeyWidth, complex, transition, weight, skip, slot));
        return o;
    }

    private PlanView PlanSelectiveScan(Cell cell, string name, string prefix, PlanView v)
    {
        if (cell is not
            {
                Field: Field.Real,
                ValueWidth: 1,
                Gamma: 1,
                Rule: DiscretizationRule.ExponentialEuler,
                Transition: DiagonalTransition { A: ConstantParameter a },
                Delta: SelectiveParameter delta,
                B: SelectiveParameter b,
                C: SelectiveParameter c,
            })
        {
            Refusal = PlanFaults.NoLowering(
                $"The recurrence of {name}",
                "code is written only for selective cells that are real and diagonal, with constant A, selective Delta, B and C, one value per mode, gamma 1 and the rule exponential-euler; its operator can be inspected",
                null);
            return v;
        }

        var signals = new SignalPlanner(builder, name, prefix, v);
        PlanView deltaView = signals.Plan(delta.Signal);
        PlanView bView = signals.Plan(b.Signal);
        PlanView cView = signals.Plan(c.Signal);
        int transition = builder.Table(
            prefix + "Transition",
            "A, the continuous eigenvalues, [mode, channel].",
            cell.KeyWidth,
            [cell.Count],
            (k, g) => a.Value.Values[(g * cell.KeyWidth) + k]);
        int skip = PlanSkip(cell, prefix, cell.Count);
        int slot = builder.Slot(
            StateName(name, cell.StateName),
            cell.KeyWidth,
            cell.Count,
            [new StateAxis(cell.Count, 1), new StateAxis(cell.KeyWidth, builder.Pad(cell.Count))]);
        PlanView o = builder.Acquire(cell.Count);
        builder.Steps.Add(new SelectiveScanStep(name, v, o, cell.KeyWidth, transition, deltaView, bView, cView, skip, slot));
        signals.Release();
        return o;
    }

    private int PlanSkip(Cell cell, string prefix, int width) => cell.Skip is { } skip
        ? builder.Table(prefix + "Skip", "D, the skip, [channel].", 1, [width], (_, c) => skip.Values[c / cell.ValueWidth])
        : -1;

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
