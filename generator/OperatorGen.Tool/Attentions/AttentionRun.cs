using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Evaluation;
using OperatorGen.Tool.Import;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Attentions;

/// <summary>One run of <c>attention</c>.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="path">The model file.</param>
/// <param name="layer">The layer.</param>
/// <param name="head">The cell.</param>
/// <param name="value">The number of its value.</param>
internal sealed class AttentionRun(Terminal terminal, string path, int layer, int head, int value)
{
    private const double Tolerance = 1e-12;

    /// <summary>What M is.</summary>
    public const string Meaning = "readout t is the sum over tau up to t of M[t, tau] v[tau], before norm, gate and projection";

    /// <summary>Computes, checks, writes and returns the exit code: that of a failure where M v is not the readout.</summary>
    /// <param name="dataPath">The data file.</param>
    /// <param name="split">The split.</param>
    /// <param name="index">The sequence.</param>
    /// <param name="output">The file for the matrix; null: none.</param>
    /// <param name="picture">The file for the picture; null: none.</param>
    /// <exception cref="UnusableInputException">A file or an option cannot be used.</exception>
    public int Run(string dataPath, string split, int index, string? output, string? picture)
    {
        Require("--out", output, ".safetensors", "a tensor file");
        Require("--svg", picture, ".svg", "a picture");
        if (StudiedModel.LoadAny(terminal, path) is not { } model)
        {
            return ExitCode.Failure;
        }

        RequireSelective(model);
        ModelCheck.Require("--layer", layer, model.Operator.Layers.Count, "layer");
        var recurrence = (SelectiveRecurrence)model.Operator.Layers[layer].Recurrence;
        string owner = $"layer {layer} has";
        ModelCheck.Require("--head", head, recurrence.Cells, recurrence.CellName, owner);
        ModelCheck.Require("--value", value, recurrence.Values, "value", owner);
        SequenceData data = model.LoadData(dataPath, split, choice: true);
        var pass = new SelectivePass(model.Operator, data.Sample(index));
        Overflow.Refuse(data, index, Overflow.Of(model.Operator, pass, layer), "there is no attention");
        var attention = new CellAttention(pass.Layer(layer), head, value);
        string name = Path.GetFileName(path), steps = CountText.Of(attention.Steps, "time step");
        terminal.Line($"{name}: sequence {index} of x_{data.Split} in {data.Name}, {steps}{(data.HasLabels ? $", label {data.Label(index)}" : "")}");
        terminal.Line($"layer {layer}, {recurrence.CellName} {head} of {recurrence.Cells}, value {value} of {recurrence.Values}: M, {attention.Steps} x {attention.Steps}; {Meaning}");
        (double size, double error) = attention.Check();
        bool holds = error <= Tolerance * size;
        terminal.Line($"checked: the largest |M v - readout| is {PlainText.Number(size > 0 ? error / size : error)} of the largest |readout|, {PlainText.Number(size)}{(holds ? "" : $", and more than {PlainText.Number(Tolerance)}")}");
        Lags(attention);
        if (output is not null)
        {
            AtomicFile.Write(output, Tensors(attention, name));
            terminal.Output.WriteLine($"{output}: M, and what a state before the sequence adds");
        }

        if (picture is not null)
        {
            string title = $"{name}, attention of layer {layer}, {recurrence.CellName} {head}, for sequence {index} of {data.Name}";
            AtomicFile.Write(picture, new AttentionPicture(attention.Matrix, attention.Steps).Draw(null, title, AttentionPicture.Reading));
            terminal.Output.WriteLine($"{picture}: picture of M");
        }

        return holds ? ExitCode.Success : ExitCode.Failure;
    }

    private void Lags(CellAttention attention)
    {
        if (attention.Mass == 0)
        {
            terminal.Line("M is 0: nothing is read for this sequence, so no lag has a share. That is so where all keys or queries are 0, as for an input of zeros.");
            return;
        }

        terminal.Line($"how far back it looks: by lag t - tau, what it has of the sum of |M|, {PlainText.Number(attention.Mass)}");
        terminal.Table(
            ["lag", "share"],
            [.. attention.Lags().Select(range => new[] { range.First == range.Last ? $"{range.First}" : $"{range.First} to {range.Last}", PlainText.Number(Math.Round(100 * range.Mass / attention.Mass, 2)) + " %" })]);
    }

    private static void Require(string option, string? file, string ending, string what)
    {
        if (file is not null && !file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new UnusableInputException($"{option} {file}: {what} is written as *{ending}.");
        }

        AtomicFile.RequireFolder(file ?? ending);
    }

    private static void RequireSelective(StudiedModel model)
    {
        if (!model.IsSelective)
        {
            throw new UnusableInputException($"{model.Path} is a model of architecture {model.Model.Architecture} without selective layers: no recurrence depends on the input, so each has one kernel for all inputs in place of an attention. kernels shows it, and explain what the waves do.");
        }

        if (SelectivePass.Refusal(model.Operator) is { } reason)
        {
            throw new UnusableInputException($"{model.Path}: attention is computed where all layers are selective and have no gated linear unit, but {reason}. predict, inspect and report work for the model.");
        }
    }

    private byte[] Tensors(CellAttention attention, string name)
    {
        int steps = attention.Steps, keys = attention.Path.Recurrence.Keys;
        using var stream = new MemoryStream();
        SafetensorsFile.Write(
            stream,
            [
                ("M", SafetensorsDType.F64, [steps, steps], MemoryMarshal.AsBytes<double>(attention.Matrix).ToArray()),
                ("initial", SafetensorsDType.F64, [steps, keys, 2], MemoryMarshal.AsBytes<double>(attention.Path.InitialAttention(head)).ToArray()),
            ],
            new Dictionary<string, string>
            {
                ["model"] = name,
                ["layer"] = NumberText.Format((long)layer),
                ["head"] = NumberText.Format((long)head),
                ["value"] = NumberText.Format((long)value),
                ["M"] = Meaning,
                ["initial"] = "a state S before the sequence adds the sum over keys of Re(initial[t, key] S[key, value]) to readout t; the last axis is real and imaginary part",
            });
        return stream.ToArray();
    }
}
