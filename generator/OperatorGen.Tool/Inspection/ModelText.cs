using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>A model's parts and shapes, in the order in which a sample passes them.</summary>
internal static class ModelText
{
    /// <summary>Writes one row per part.</summary>
    public static void Write(Terminal terminal, SequenceModel model)
    {
        terminal.Output.WriteLine($"{model.Architecture}: {(model.Embedding is { } tokens ? CountText.Of(tokens.Vocabulary, "token") : NumberText.Format((long)model.InputWidth))} in, {model.OutputWidth} {(model.Embedding is null ? "out" : "logits out")}{(model.Pooling == Pooling.None ? " per time step" : " per sequence")}");
        terminal.Table(["part", "what", "shape"], [.. Parts(model)]);
    }

    /// <summary>The parts: name, what it is, shape.</summary>
    public static IEnumerable<string[]> Parts(SequenceModel model)
    {
        yield return model.Embedding is null ? ["input", "samples", $"[time, {model.InputWidth}]"] : ["input", "tokens", "[time]"];
        if (model.Embedding is { } embedding)
        {
            string padded = embedding.Rows > embedding.Vocabulary ? $", {embedding.Rows - embedding.Vocabulary} of them padding" : "";
            string tied = model.Head is { } both && ReferenceEquals(both.Weight, embedding.Weight) ? ", the head's table too" : "";
            yield return ["embedding", $"{CountText.Of(embedding.Rows, "row")}{padded}{tied}", $"[{embedding.Rows}, {model.InputWidth}]"];
        }

        if (model.Scaling is not null)
        {
            yield return ["scaling", "scale x + offset, per channel", $"[{model.InputWidth}]"];
        }

        if (model.Encoder is { } encoder)
        {
            yield return ["encoder", LinearText(encoder), Shape(encoder)];
        }

        foreach (string[] part in model.Layers.SelectMany((layer, i) => Parts(layer, layer.Name.Length == 0 ? "layer" : layer.Name)))
        {
            yield return part;
        }

        if (model.Pooling != Pooling.None)
        {
            yield return ["pooling", model.Pooling == Pooling.Mean ? "mean over time" : "last time step", $"[{model.Layers[model.Layers.Count - 1].OutputWidth}]"];
        }

        if (model.Head is { } head)
        {
            yield return ["head", LinearText(head), Shape(head)];
        }

        if (model.Output != OutputFunction.Scores)
        {
            yield return ["output function", model.Output == OutputFunction.LogSoftmax ? "log-softmax of the scores" : "softmax of the scores", $"[{model.OutputWidth}]"];
        }

        yield return ["output", model.Labels.Count == 0 ? model.Embedding is null ? "numbers" : "logits" : string.Join(", ", model.Labels), model.Pooling == Pooling.None ? $"[time, {model.OutputWidth}]" : $"[{model.OutputWidth}]"];
    }

    private static IEnumerable<string[]> Parts(Layer layer, string name)
    {
        if (layer.PreNorm is { } before)
        {
            yield return [name, Norm(before), $"[{before.Width}]"];
        }

        if (layer.Input.Projection is { } projection)
        {
            yield return [name, LinearText(projection) + Streams(layer.Input), Shape(projection)];
        }
        else if (Streams(layer.Input) is { Length: > 0 } streams)
        {
            yield return [name, "input" + streams, $"[{layer.Width}]"];
        }

        if (layer.Input.Convolution is { } convolution)
        {
            yield return [name, $"causal convolution, {convolution.Width} taps{(convolution.Bias is null ? "" : ", bias")}{State(convolution.StateName)}", $"[{convolution.Channels}, {convolution.Width}]"];
        }

        if (layer.Input.Activation != DecoderFunctions.Identity)
        {
            yield return [name, layer.Input.Activation.Name, ""];
        }

        yield return [name, CellText(layer.Cell), $"[{string.Join(", ", layer.Cell.StateSizes)}]"];
        foreach (ElementType element in new[] { ElementType.Single, ElementType.Double })
        {
            if (Lowerings.Of(layer.Cell).Choice(element) is { } choice)
            {
                yield return [name, $"{(element == ElementType.Single ? "single" : "double")} precision: {choice}", ""];
            }
        }

        if (layer.Decoder.Activation != DecoderFunctions.Identity)
        {
            yield return [name, layer.Decoder.Activation.Name, $"[{layer.Cell.OutputWidth}]"];
        }

        string[] gate = layer.Decoder.Gate is { } function ? [name, $"times {function.Name}(gate)", $"[{layer.Cell.OutputWidth}]"] : [];
        string[] norm = layer.Decoder.Norm is { } given ? [name, Norm(given), $"[{given.Width}]"] : [];
        foreach (string[] row in (layer.Decoder.NormAfterGate ? new[] { gate, norm } : [norm, gate]).Where(row => row.Length > 0))
        {
            yield return row;
        }

        if (layer.Decoder.Side is { } side)
        {
            yield return [name, $"beside {side.Name}(a) b of the side stream", $"[{layer.Input.SideWidth / 2}]"];
        }

        if (layer.Decoder.Mixing is { } mixing)
        {
            yield return [name, LinearText(mixing), Shape(mixing)];
        }

        if (layer.Decoder.Unit is { } unit)
        {
            yield return [name, Unit(unit), $"[{layer.OutputWidth}]"];
        }

        if (layer.Residual)
        {
            yield return [name, "residual", $"[{layer.OutputWidth}]"];
        }

        if (layer.FeedForward is { } part)
        {
            if (part.Norm is { } between)
            {
                yield return [name, Norm(between), $"[{between.Width}]"];
            }

            yield return [name, $"feed-forward part: {LinearText(part.Up)}, {part.Function.Name}, {LinearText(part.Down)}, residual", $"[{part.Up.Outputs}, {part.Up.Inputs}]"];
        }

        if (layer.PostNorm is { } after)
        {
            yield return [name, Norm(after), $"[{after.Width}]"];
        }
    }

    /// <summary>How the projection, or the input, is cut, where it is.</summary>
    private static string Streams(InputStage input)
    {
        (int Width, string Name)[] streams =
            [.. new[] { (Width: input.PassedWidth, Name: "for the cells"), (Width: input.GateWidth, Name: "the gate"), (Width: input.SideWidth, Name: "the side stream") }.Where(stream => stream.Width > 0)];
        return streams switch
        {
            [] => "",
            [var one] => $", the last {one.Width} are {one.Name}",
            _ => ", at the end " + string.Join(", ", streams.Select(stream => $"{stream.Width} {stream.Name}")),
        };
    }

    private static string CellText(Cell cell) => $"{cell.Text}{(cell.Skip is null ? "" : ", skip")}{State(cell.StateName)}";

    private static string State(string? name) => name is null ? "" : $", state {name}";

    private static string Norm(Norm norm) => norm switch
    {
        LayerNorm layer => $"LayerNorm, epsilon {NumberText.Format(layer.Epsilon)}",
        BatchNorm batch => $"BatchNorm, epsilon {NumberText.Format(batch.Epsilon)}",
        RmsNorm rms => $"RmsNorm, epsilon {NumberText.Format(rms.Epsilon)}{(rms.GroupWidth == rms.Width ? "" : $", groups of {NumberText.Format(rms.GroupWidth)}")}",
        LengthNorm length => $"LengthNorm, floor {NumberText.Format(length.Floor)}",
        _ => throw new System.ArgumentException($"The norm {norm.GetType().Name} is not known.", nameof(norm)),
    };

    private static string Unit(DecoderUnit unit) => unit switch
    {
        SplitGlu => $"gated linear unit, {unit.Function.Name}",
        HalfGlu { Value: GluValue.Activated } => $"times {unit.Function.Name} of the mixed channels",
        HalfGlu { Value: GluValue.Readout } => $"readout times {unit.Function.Name} of the mixed channels",
        FinalActivation => unit.Function.Name,
        _ => throw new System.ArgumentException($"The unit {unit.GetType().Name} is not known.", nameof(unit)),
    };

    private static string LinearText(Linear linear) => linear.Bias is null ? "linear" : "linear, bias";

    private static string Shape(Linear linear) => $"[{linear.Outputs}, {linear.Inputs}]";
}
