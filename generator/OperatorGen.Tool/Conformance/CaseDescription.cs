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
        Hyper = Hyperparameters(Member(root, "hyper", JsonValueKind.Object, "an object of hyperparameters"));
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

    /// <summary>The tensors that the description lists for a precision, in its order; null where it lists none.</summary>
    public IReadOnlyList<string>? Listed(Precision precision) =>
        _root.TryGetProperty("files", out JsonElement files) && files.ValueKind == JsonValueKind.Object
        && files.TryGetProperty(PrecisionName(precision), out JsonElement file) && file.ValueKind == JsonValueKind.Object
        && file.TryGetProperty("tensors", out JsonElement tensors) && tensors.ValueKind == JsonValueKind.Object
            ? [.. tensors.EnumerateObject().Select(tensor => tensor.Name)]
            : null;

    /// <summary>The axes of all tensors of a case.</summary>
    /// <param name="tensors">Their keys and shapes, in the order of the file.</param>
    /// <param name="precision">The precision whose file it is.</param>
    internal Func<string, IReadOnlyList<string>> Axes(IReadOnlyCollection<(string Key, int[] Shape)> tensors, Precision precision)
    {
        if (!CaseLayout.IsOperator(tensors.Select(tensor => tensor.Key).Concat(Listed(precision) ?? [])))
        {
            Dictionary<string, int> ranks = tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Shape.Length);
            return key => AxesOf(key, ranks[key]);
        }

        List<string> order = [.. Listed(precision) ?? []];
        return new CaseLayout(Texts(_root.GetProperty("layout")).Select(entry => (entry.Name, entry.Text)), Hyper, tensors.OrderBy(tensor => order.IndexOf(tensor.Key))).AxesOf;
    }

    /// <summary>
    /// The axes of a tensor. A layout's <c>mid.norms.i</c> is that of every layer, <c>out.y_step*</c> that of all names with this beginning. Where the description states
    /// none, further outputs have the axes of <c>out.y</c>, the ids of tokens a batch and time, and other tensors the input's batch axis first. Empty where nothing is known.
    /// </summary>
    /// <param name="key">The tensor.</param>
    /// <param name="rank">How many axes it has.</param>
    private string[] AxesOf(string key, int rank) =>
        Stated(key, rank)
        ?? (key.StartsWith(FurtherOutputs, StringComparison.Ordinal) ? Stated("out.y", rank) : null)
        ?? (key.EndsWith('2') ? Stated(key[..^1], rank) : null)
        ?? Unnamed(key, rank);

    private const string FurtherOutputs = "out.y_";
    private const string Tokens = "in.ids";
    private static readonly string[] s_tokens = ["B", "L"];

    private string[]? Stated(string key, int rank)
    {
        string[] keys = [key, LayerIndex().Replace(key, ".i"), .. _layout.Keys.Where(stated => stated.EndsWith('*') && key.StartsWith(stated[..^1], StringComparison.Ordinal))];
        string[]? axes = keys.Select(stated => _layout.GetValueOrDefault(stated)).FirstOrDefault(found => found is not null);
        return axes is null ? null
            : axes is ["as", var other] ? other == key ? null : Stated(other, rank)
            : [.. axes.Where(axis => !axis.EndsWith('?') || rank == axes.Length).Select(axis => axis.TrimEnd('?'))];
    }

    private string[] Unnamed(string key, int rank)
    {
        if (key == Tokens && rank == s_tokens.Length)
        {
            return s_tokens;
        }

        string[]? input = _layout.FirstOrDefault(stated => stated.Key.StartsWith("in.", StringComparison.Ordinal)).Value;
        bool isKnown = input is not null && !key.StartsWith("mid.", StringComparison.Ordinal);
        return isKnown ? [.. Enumerable.Range(0, rank).Select(axis => axis == 0 && input![0] == "B" ? "B" : "")] : [];
    }

    private static JsonElement Member(JsonElement root, string name, JsonValueKind kind, string expected) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw new UnusableInputException($"'{name}' should be {expected}");

    /// <summary>The hyperparameters, read as those of a model file.</summary>
    private static EquatableArray<HyperParameter> Hyperparameters(JsonElement hyper)
    {
        (EquatableArray<HyperParameter> read, EquatableArray<Fault> faults) = CheckpointImport.ReadHyper(hyper.GetRawText(), default);
        return faults.Count == 0 ? read : throw new UnusableInputException($"'hyper': {faults[0].Message}");
    }

    /// <summary>
    /// Keys may be joined, <c>in.x/out.y</c>; axes may have a remark behind them, <c>B,H,L before GELU</c>; the last may be optional, <c>B,H,N(,2 re/im)</c>; and a
    /// layout may be another's, <c>as in.u</c>.
    /// </summary>
    private static Dictionary<string, string[]> Layout(JsonElement layout)
    {
        var axes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach ((string name, string text) in Texts(layout))
        {
            string[] words = text.Split(' ');
            foreach (string key in name.Split('/'))
            {
                axes[key] = words is ["as", var other, ..] ? ["as", other] : OptionalAxis().Replace(words[0], ",$1?").Split(',');
            }
        }

        return axes;
    }

    private static IEnumerable<(string Name, string Text)> Texts(JsonElement layout) =>
        layout.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String).Select(property => (property.Name, property.Value.GetString()!));

    [GeneratedRegex(@"\(,(\w+)\)?$")]
    private static partial Regex OptionalAxis();

    [GeneratedRegex(@"\.\d+$")]
    private static partial Regex LayerIndex();
}
