using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>A model file's content in short.</summary>
internal static class DeclarationText
{
    private const int Digits = 6;

    /// <summary>Writes architecture, hyperparameters, options, provenance and one row per tensor.</summary>
    public static void Write(Terminal terminal, ModelDeclaration declaration)
    {
        TextWriter output = terminal.Output;
        output.WriteLine($"architecture {VisibleText.Of(declaration.Architecture)}");
        output.WriteLine(declaration.IsExternal ? $"shape hash {declaration.ShapeHash()}" : $"hash {declaration.ContentHash()}");
        List(output, "hyper", declaration.Hyper.Select(hyper => $"{hyper.Name} = {hyper.Value}"));
        List(output, "options", ModelOption.Given(declaration.Options).Select(option => $"{option.Name} = {Text(option.Value)}"));
        if (declaration.Scaling is { } scaling)
        {
            List(output, "input", [$"scale {Range(scaling.Scale)}", $"offset {Range(scaling.Offset)}"]);
        }

        List(output, "labels", declaration.Labels.Count == 0 ? [] : [string.Join(", ", declaration.Labels)]);
        List(output, "source", declaration.Source.Select(entry => $"{entry.Name} = {entry.Value}"));
        output.WriteLine($"tensors, {CountText.Of(declaration.Tensors.Sum(tensor => (long)tensor.Value.Count), "number")}");
        terminal.Table(
            ["name", "shape", declaration.IsExternal ? "format" : "range"],
            [.. declaration.Tensors.Select(tensor => new[] { tensor.Name, Tensor.ShapeText(tensor.Value.Shape), Range(tensor.Value) })]);
    }

    private static string Text(object value) => value switch
    {
        double number => Number(number),
        double[] numbers => $"[{string.Join(", ", numbers.Select(Number))}]",
        _ => $"{value}",
    };

    private static void List(TextWriter output, string heading, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
        {
            return;
        }

        output.WriteLine(heading);
        foreach (string line in all)
        {
            output.WriteLine("  " + VisibleText.Of(line));
        }
    }

    /// <summary>The smallest and the largest element; the symbols where there are some; the format where the weights are external.</summary>
    private static string Range(Tensor tensor)
    {
        if (!tensor.HasNumbers)
        {
            return tensor.Format switch
            {
                WeightFormat.BFloat16 => "BF16",
                WeightFormat.Half => "F16",
                WeightFormat.Double => "F64",
                _ => "F32",
            };
        }

        if (!tensor.IsNumeric)
        {
            return "symbols " + string.Join(", ", Enumerable.Range(0, tensor.Count).Select(i => tensor[i].Symbol).OfType<string>().Distinct());
        }

        double[] values = tensor.Values.ToArray();
        return values.Length == 0 ? "empty" : $"{Number(values.Min())} to {Number(values.Max())}";
    }

    private static string Number(double value) => NumberText.Format(value, Digits);
}
