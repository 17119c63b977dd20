using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>One case made by running upstream's code: weights, inputs, outputs and intermediates in one precision.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Architecture">The architecture, by its name in model files.</param>
/// <param name="Hyper">The hyperparameters by upstream name.</param>
/// <param name="Precision"><see cref="Precision.Double"/> or <see cref="Precision.Single"/>: what upstream ran in.</param>
/// <param name="Tensors">The tensors by key.</param>
public sealed partial record ConformanceCase(
    string Name,
    string Architecture,
    EquatableArray<HyperParameter> Hyper,
    Precision Precision,
    IReadOnlyDictionary<string, ConformanceTensor> Tensors)
{
    private const string WeightPrefix = "w.";

    /// <summary>The tolerance of outputs relative to max|tensor|: 1e-10 in double, 2e-5 in float.</summary>
    public double Tolerance => Precision == Precision.Double ? 1e-10 : 2e-5;

    /// <summary>The input sequences, [time, channel] each.</summary>
    public IReadOnlyList<double[]> Inputs => Tensors.Values.Single(tensor => tensor.Key.StartsWith("in.", StringComparison.Ordinal)).Sequences();

    /// <summary>Reads a case.</summary>
    /// <param name="folder">The folder of <c>case.json</c> and <c>f64.safetensors</c> or <c>f32.safetensors</c>.</param>
    /// <param name="precision"><see cref="Precision.Double"/> or <see cref="Precision.Single"/>.</param>
    public static ConformanceCase Load(string folder, Precision precision)
    {
        using JsonDocument description = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        JsonElement root = description.RootElement;
        Dictionary<string, string[]> layout = Layout(root.GetProperty("layout"));
        byte[] file = File.ReadAllBytes(Path.Combine(folder, precision == Precision.Double ? "f64.safetensors" : "f32.safetensors"));
        return new ConformanceCase(
            Path.GetFileName(folder),
            root.GetProperty("arch").GetString()!,
            root.GetProperty("hyper").EnumerateObject().Select(Hyperparameter).ToEquatableArray(),
            precision,
            SafetensorsFile.Parse(file).Tensors.ToDictionary(
                tensor => tensor.Name,
                tensor => new ConformanceTensor(tensor.Name, AxesOf(tensor.Name, layout), [.. tensor.Shape], tensor.ToDoubles())));
    }

    /// <summary>The model that the weights make, through import and architecture as a user's checkpoint would go.</summary>
    /// <exception cref="InvalidOperationException">The architecture is unknown or refuses the weights.</exception>
    public SequenceModel ToModel()
    {
        StageResult<ModelDeclaration> declaration = CheckpointImport.ToDeclaration(
            Tensors.Values.Select(tensor => (tensor.Key, tensor.Shape.ToEquatableArray(), (double[])tensor.Values.Clone())),
            Architecture,
            Hyper,
            WeightPrefix,
            EquatableArray<SourceEntry>.Empty,
            default);
        StageResult<SequenceModel>? model = declaration.Value is null ? null : ArchitectureCatalog.Resolve(declaration.Value, default);
        return model?.Value ?? throw new InvalidOperationException(
            $"{Name}: " + string.Join(" ", (model?.Faults ?? declaration.Faults).Select(fault => fault.Message)));
    }

    /// <summary>max|actual - expected| / max|expected|; infinity where the lengths differ, nothing is compared, or one side alone is not finite.</summary>
    public static double RelativeError(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        if (expected.Length != actual.Length || expected.IsEmpty)
        {
            return double.PositiveInfinity;
        }

        double largest = 0, distance = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i].Equals(actual[i]))
            {
                largest = double.IsFinite(expected[i]) ? Math.Max(largest, Math.Abs(expected[i])) : largest;
                continue;
            }

            if (!double.IsFinite(expected[i]) || !double.IsFinite(actual[i]))
            {
                return double.PositiveInfinity;
            }

            largest = Math.Max(largest, Math.Abs(expected[i]));
            distance = Math.Max(distance, Math.Abs(expected[i] - actual[i]));
        }

        return distance == 0 ? 0 : distance / largest;
    }

    private static HyperParameter Hyperparameter(JsonProperty property) => property.Value.ValueKind == JsonValueKind.String
        ? new HyperParameter(property.Name, property.Value.GetString()!, HyperKind.Text, null)
        : CheckpointImport.ParseHyper(property.Name + "=" + property.Value.GetRawText())!;

    /// <summary>Keys may be joined, <c>in.x/out.y</c>, and axes may have a remark behind them, <c>B,H,L before GELU</c>.</summary>
    private static Dictionary<string, string[]> Layout(JsonElement layout) => layout.EnumerateObject()
        .SelectMany(property => property.Name.Split('/').Select(key => (Key: key, Axes: property.Value.GetString()!.Split(' ')[0].Split(','))))
        .ToDictionary(entry => entry.Key, entry => entry.Axes);

    /// <summary>The axes of a key; a layout's <c>mid.norms.i</c> stands for every layer.</summary>
    private static string[] AxesOf(string key, Dictionary<string, string[]> layout) =>
        layout.TryGetValue(key, out string[]? axes) || layout.TryGetValue(LayerIndex().Replace(key, ".i"), out axes) ? axes : [];

    [GeneratedRegex(@"\.\d+$")]
    private static partial Regex LayerIndex();
}
