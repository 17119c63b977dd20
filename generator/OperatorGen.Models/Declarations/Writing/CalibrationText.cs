using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// A calibration as a model file holds it. The arguments of a layer follow each other: <c>counts</c> says how many nodes each has,
/// <c>range</c> its least and greatest sample.
/// </summary>
internal static class CalibrationText
{
    /// <summary>The object after the key.</summary>
    public static string Write(Calibration calibration)
    {
        var text = new StringBuilder("{\n");
        text.Append("    \"name\": ").Append(JsonText.Quote(calibration.Name)).Append(",\n");
        text.Append("    \"count\": ").Append(NumberText.Format((double)calibration.Count)).Append(",\n");
        text.Append("    \"sha256\": ").Append(JsonText.Quote(calibration.Hash)).Append(",\n");
        text.Append("    \"layers\": {\n");
        for (int i = 0; i < calibration.Layers.Count; i++)
        {
            ArgumentMeasures layer = calibration.Layers[i];
            text.Append("      ").Append(JsonText.Quote(NumberText.Format((double)i))).Append(": {\n");
            text.Append(layer.GateRanges.Count > 0 ? "        \"gateRanges\": " + GateRangeText.Write(layer.GateRanges) : "        \"readouts\": " + Arguments(layer.Readouts));
            text.Append(layer.Gates.Count > 0 ? ",\n        \"gates\": " + Arguments(layer.Gates) : "");
            text.Append("\n      }").Append(i < calibration.Layers.Count - 1 ? ",\n" : "\n");
        }

        return text.Append("    }\n  }").ToString();
    }

    private static string Arguments(EquatableArray<ArgumentMeasure> arguments)
    {
        double[] counts = [.. arguments.Select(argument => (double)argument.Measure.Nodes.Count)];
        double[] range = [.. arguments.SelectMany(argument => new[] { argument.Low, argument.High })];
        double[] nodes = [.. arguments.SelectMany(argument => argument.Measure.Nodes)];
        double[] weights = [.. arguments.SelectMany(argument => argument.Measure.Weights)];
        (string Name, Tensor Value)[] tensors =
        [
            ("counts", new Tensor(EquatableArray.Of(counts.Length), counts)),
            ("range", new Tensor(EquatableArray.Of(counts.Length, 2), range)),
            ("nodes", new Tensor(EquatableArray.Of(nodes.Length), nodes)),
            ("weights", new Tensor(EquatableArray.Of(weights.Length), weights)),
        ];
        return Tensors(tensors);
    }

    /// <summary>The object of a layer's part.</summary>
    /// <param name="tensors">Its keys and what they hold.</param>
    public static string Tensors(IEnumerable<(string Name, Tensor Value)> tensors)
    {
        const string indent = "          ";
        IEnumerable<string> lines = tensors.Select(tensor => indent + JsonText.Quote(tensor.Name) + ": " + TensorText.Write(tensor.Value));
        return "{\n" + string.Join(",\n", lines) + "\n        }";
    }
}
