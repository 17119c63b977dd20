using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Conformance;

/// <summary>What a case's <c>case.json</c> says.</summary>
public sealed partial class CaseDescription
{
    /// <summary>The file of a case folder that describes it.</summary>
    public const string FileName = "case.json";

    private readonly JsonElement _root;
    private readonly Dictionary<string, string[]> _layout;

    private CaseDescription(string folder, JsonElement root)
    {
        Folder = folder;
        _root = root;
        Architecture = Member(root, "arch", JsonValueKind.String, "a string, the architecture's name").GetString()!;
        Hyper = Member(root, "hyper", JsonValueKind.Object, "an object of hyperparameters").EnumerateObject().Select(Hyperparameter).ToEquatableArray();
        _layout = Layout(Member(root, "layout", JsonValueKind.Object, "an object from tensor keys to axes"));
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The name of the case: that of its folder.</summary>
    public string Name => NameOf(Folder);

    /// <summary>The architecture, by its name in model files.</summary>
    public string Architecture { get; }

    /// <summary>The hyperparameters by upstream name.</summary>
    public EquatableArray<HyperParameter> Hyper { get; }

    /// <summary>Whether the architecture is one that OperatorGen compiles.</summary>
    public bool IsSupported => ArchitectureCatalog.Find(Architecture) is not null;

    /// <summary>Reads a case folder's description.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UnusableInputException">It has no <c>case.json</c>, or one that is not a description.</exception>
    public static CaseDescription Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new UnusableInputException($"{folder} is not a case folder: it has no {FileName}.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new CaseDescription(folder, document.RootElement.Clone())
                : throw new UnusableInputException("it is no object");
        }
        catch (Exception failure) when (failure is JsonException or UnusableInputException)
        {
            throw new UnusableInputException($"{path} does not describe a case: {failure.Message.TrimEnd('.')}.", failure);
        }
    }

    /// <summary>The name of a case folder.</summary>
    public static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>The path of the tensors in one precision.</summary>
    public string TensorFile(Precision precision) => Path.Combine(Folder, PrecisionName(precision) + ".safetensors");

    /// <summary>Whether the case has that precision.</summary>
    public bool Has(Precision precision) => File.Exists(TensorFile(precision));

    /// <summary><c>f64</c> or <c>f32</c>.</summary>
    public static string PrecisionName(Precision precision) => precision == Precision.Double ? "f64" : "f32";

    /// <summary>The tensors that the description lists for a precision; null where it lists none.</summary>
    public IReadOnlySet<string>? Listed(Precision precision) =>
        _root.TryGetProperty("files", out JsonElement files) && files.ValueKind == JsonValueKind.Object
        && files.TryGetProperty(PrecisionName(precision), out JsonElement file) && file.ValueKind == JsonValueKind.Object
        && file.TryGetProperty("tensors", out JsonElement tensors) && tensors.ValueKind == JsonValueKind.Object
            ? tensors.EnumerateObject().Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal)
            : null;

    /// <summary>The axes of a tensor; a layout's <c>mid.norms.i</c> is that of every layer. Empty where the description states none.</summary>
    public IReadOnlyList<string> AxesOf(string key) =>
        _layout.TryGetValue(key, out string[]? axes) || _layout.TryGetValue(LayerIndex().Replace(key, ".i"), out axes) ? axes : [];

    private static JsonElement Member(JsonElement root, string name, JsonValueKind kind, string expected) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw new UnusableInputException($"'{name}' should be {expected}");

    private static HyperParameter Hyperparameter(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => new HyperParameter(property.Name, property.Value.GetString()!, HyperKind.Text, null),
        JsonValueKind.Number => new HyperParameter(property.Name, property.Value.GetRawText(), HyperKind.Number, null),
        JsonValueKind.True or JsonValueKind.False => new HyperParameter(property.Name, property.Value.GetRawText(), HyperKind.Boolean, null),
        JsonValueKind.Null => new HyperParameter(property.Name, "null", HyperKind.Null, null),
        _ => new HyperParameter(property.Name, property.Value.GetRawText(), HyperKind.Text, null),
    };

    /// <summary>Keys may be joined, <c>in.x/out.y</c>, and axes may have a remark behind them, <c>B,H,L before GELU</c>.</summary>
    private static Dictionary<string, string[]> Layout(JsonElement layout)
    {
        var axes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (JsonProperty property in layout.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String))
        {
            foreach (string key in property.Name.Split('/'))
            {
                axes[key] = property.Value.GetString()!.Split(' ')[0].Split(',');
            }
        }

        return axes;
    }

    [GeneratedRegex(@"\.\d+$")]
    private static partial Regex LayerIndex();
}
