using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Import;

namespace OperatorGen.Tool.Predictions;

/// <summary>Where outputs go: CSV, one line per sequence or time step, or one tensor <c>out_test</c> of a safetensors file.</summary>
/// <param name="terminal">The standard output.</param>
/// <param name="path">The file; null: CSV on the standard output.</param>
/// <param name="model">The model.</param>
/// <param name="data">The sequences.</param>
/// <param name="precision">The precision of the numbers.</param>
internal sealed class PredictionSink(Terminal terminal, string? path, SequenceModel model, SequenceData data, Precision precision)
{
    private readonly double[][] _outputs = new double[data.Count][];

    private bool Pools => model.Pooling != Pooling.None;

    /// <summary>Makes a sink.</summary>
    /// <exception cref="UnusableInputException">The file's ending is neither .csv nor .safetensors.</exception>
    public static PredictionSink Of(Terminal terminal, string? path, SequenceModel model, SequenceData data, Precision precision) =>
        path is null || Path.GetExtension(path) is ".csv" or ".safetensors"
            ? new PredictionSink(terminal, path, model, data, precision)
            : throw new UnusableInputException($"--out {path}: outputs are written as *.csv or *.safetensors.");

    /// <summary>Takes the outputs of one sequence.</summary>
    public void Add(int sequence, double[] outputs) => _outputs[sequence] = outputs;

    /// <summary>Writes everything.</summary>
    public void Close()
    {
        if (path is null)
        {
            terminal.Output.Write(Csv());
            return;
        }

        if (Path.GetExtension(path) == ".csv")
        {
            AtomicFile.Write(path, Csv());
        }
        else
        {
            AtomicFile.Write(path, Tensor());
        }

        terminal.Output.WriteLine(path);
    }

    private string Csv()
    {
        var text = new StringBuilder();
        IEnumerable<string> names = Enumerable.Range(0, model.OutputWidth).Select(k => k < model.Labels.Count ? Quoted(model.Labels[k]) : "output_" + NumberText.Format((long)k));
        text.AppendJoin(',', names.Prepend(Pools ? "sequence" : "sequence,step")).Append('\n');
        for (int i = 0; i < _outputs.Length; i++)
        {
            for (int t = 0; t < _outputs[i].Length / model.OutputWidth; t++)
            {
                text.Append(NumberText.Format((long)i)).Append(Pools ? "" : "," + NumberText.Format((long)t));
                foreach (double value in _outputs[i].AsSpan(t * model.OutputWidth, model.OutputWidth))
                {
                    text.Append(',').Append(precision == Precision.Single ? NumberText.Format((float)value) : NumberText.Format(value));
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private byte[] Tensor()
    {
        int rows = Pools ? 1 : data.Length;
        var values = new double[data.Count * rows * model.OutputWidth];
        for (int i = 0; i < data.Count; i++)
        {
            _outputs[i].CopyTo(values, i * rows * model.OutputWidth);
        }

        int[] shape = Pools ? [data.Count, model.OutputWidth] : [data.Count, rows, model.OutputWidth];
        byte[] bytes = precision == Precision.Single ? MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, value => (float)value)).ToArray() : MemoryMarshal.AsBytes<double>(values).ToArray();
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [("out_" + data.Split, precision == Precision.Single ? SafetensorsDType.F32 : SafetensorsDType.F64, shape, bytes)]);
        return stream.ToArray();
    }

    /// <summary>A CSV field as RFC 4180 has it.</summary>
    private static string Quoted(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
