using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Reads a model file (<c>docs/model-file.md</c>): text in, declaration or faults out.</summary>
public static class ModelFileReader
{
    private static readonly string[] KnownKeys = ["format", "architecture", "hyper", "tensors", "input", "labels", "source", "options", "calibration", "weights", "shapeHash"];

    /// <summary>What <c>weights</c> says where the numbers come from a file at run time.</summary>
    public const string External = "external";

    /// <summary>What <c>weights</c> says, or does not, where the numbers are in the file.</summary>
    public const string Baked = "baked";

    /// <summary>Reads a model file. Whatever the text is, the answer is a declaration or an error with its place.</summary>
    /// <param name="text">The file's text; a byte order mark at its start is skipped.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The declaration, and everything that is wrong or worth knowing, in the order of the text.</returns>
    /// <exception cref="System.OperationCanceledException">The work was cancelled.</exception>
    public static StageResult<ModelDeclaration> Read(string text, CancellationToken cancellation)
    {
        int start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        if (text.Length > ModelFileFormat.MaxTextBytes || Encoding.UTF8.GetByteCount(text) > ModelFileFormat.MaxTextBytes)
        {
            var tooLong = new FaultCollector();
            tooLong.Add(FileFaults.TooLarge("The model file", Invariant($"{text.Length} characters"), Invariant($"{ModelFileFormat.MaxTextBytes} bytes"), new TextPlace(1, 1, 1)));
            return tooLong.Result<ModelDeclaration>(null);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.Substring(start));
        var source = new JsonSource(bytes, cancellation);
        JsonItem? root = new JsonOutline(bytes, source.Places, source.Faults, cancellation).Read();
        return source.Faults.Result(root is null ? null : ReadRoot(source, root));
    }

    private static ModelDeclaration? ReadRoot(JsonSource source, JsonItem root)
    {
        if (root.Kind != JsonKind.Object)
        {
            source.Wrong("A model file", root, "an object with 'format', 'architecture', 'hyper' and 'tensors'");
            return null;
        }

        if (!FormatCheck.Passes(source, root))
        {
            return null;
        }

        foreach (JsonMember member in root.Members.Where(member => !KnownKeys.Contains(member.Name)))
        {
            source.Faults.Add(FileFaults.UnknownTopLevelKey(JsonSource.Shorten(member.Name), string.Join(", ", KnownKeys), source.Places.Of(member)));
        }

        return ReadParts(source, root);
    }

    private static ModelDeclaration ReadParts(JsonSource source, JsonItem root)
    {
        var names = new HyperReader(source);
        var numbers = new OptionsReader(source);
        (string architecture, TextPlace? architecturePlace) = ReadArchitecture(source, root);
        JsonMember? hyper = Member(source, root, "hyper", JsonKind.Object, "an object of hyperparameters");
        JsonMember? input = Member(source, root, "input", JsonKind.Object, "an object with 'scale' and 'offset'");
        JsonMember? provenance = Member(source, root, "source", JsonKind.Object, "an object");
        JsonMember? choices = Member(source, root, "options", JsonKind.Object, "an object with " + OptionsReader.Known);
        JsonMember? calibration = Member(source, root, "calibration", JsonKind.Object, "an object with 'name', 'count', 'sha256' and 'layers'");
        JsonMember? labels = root.Members.FirstOrDefault(member => member.Name == "labels");
        ModelOptions options = choices is null ? ModelOptions.None : numbers.ReadOptions(choices);
        bool external = ReadWeights(source, root);
        var declaration = new ModelDeclaration(
            architecture,
            hyper is null ? EquatableArray<HyperParameter>.Empty : names.ReadHyper(hyper.Value),
            ReadTensors(source, root, options.Precision, external))
        {
            Scaling = input is null ? null : numbers.ReadScaling(input),
            Labels = labels is null ? EquatableArray<string>.Empty : names.ReadLabels(labels.Value),
            Source = provenance is null ? EquatableArray<SourceEntry>.Empty : names.ReadSource(provenance.Value),
            Options = options,
            Calibration = calibration is null ? null : new CalibrationReader(source).Read(calibration),
            Places = new DeclarationPlaces(architecturePlace, PlaceOf(input), PlaceOf(labels), PlaceOf(choices), PlaceOf(calibration)),
        };
        CheckShapeHash(source, root, declaration, external);
        return declaration;

        TextPlace? PlaceOf(JsonMember? member) => member is null ? null : source.Places.Of(member);
    }

    private static (string Name, TextPlace? Place) ReadArchitecture(JsonSource source, JsonItem root)
    {
        if (root.Find("architecture") is not { } item)
        {
            source.Faults.Add(FileFaults.MissingKey("architecture", "The model file", "for example \"architecture\": \"s4d-standalone\"", source.Places.Of(root)));
            return ("", null);
        }

        if (item.Kind != JsonKind.Text)
        {
            source.Wrong("'architecture'", item, "an architecture's name");
        }

        return (source.Text(item), source.Places.Of(item));
    }

    /// <summary>Whether the weights are external.</summary>
    private static bool ReadWeights(JsonSource source, JsonItem root)
    {
        if (root.Find("weights") is not { } item)
        {
            return false;
        }

        bool external = item.Kind == JsonKind.Text && source.Text(item) == External;
        if (!external && !(item.Kind == JsonKind.Text && source.Text(item) == Baked))
        {
            source.Wrong("'weights'", item, $"'{Baked}' (the numbers are in this file) or '{External}' (they come from a file at run time)");
        }

        return external;
    }

    /// <summary>The hash guards against a file of shapes that was changed by hand while a file of weights was packed for the old one.</summary>
    private static void CheckShapeHash(JsonSource source, JsonItem root, ModelDeclaration declaration, bool external)
    {
        if (root.Find("shapeHash") is not { } item || source.Faults.HasErrors)
        {
            return;
        }

        string hash = declaration.ShapeHash();
        if (!external || item.Kind != JsonKind.Text || source.Text(item) != hash)
        {
            source.Wrong("'shapeHash'", item, external ? $"'{hash}', the hash of architecture, hyperparameters and shapes in this file (leave it out, or run operatorgen import again)" : "nothing, since the weights are in this file");
        }
    }

    private static EquatableArray<DeclaredTensor> ReadTensors(JsonSource source, JsonItem root, Precision? precision, bool external)
    {
        if (root.Find("tensors") is null)
        {
            source.Faults.Add(FileFaults.MissingKey("tensors", "The model file", "an object with the weights by their names", source.Places.Of(root)));
        }

        JsonMember? tensors = Member(source, root, "tensors", JsonKind.Object, "an object of tensors");
        List<DeclaredTensor> read = tensors is null ? [] : new TensorReader(source, TensorLimit.Weights(precision)) { IsExternal = external }.Read(tensors.Value);
        return read.ToEquatableArray();
    }

    /// <summary>The member of that name; null where it is missing or of another kind (a fault says so).</summary>
    private static JsonMember? Member(JsonSource source, JsonItem root, string name, JsonKind kind, string expected)
    {
        JsonMember? member = root.Members.FirstOrDefault(candidate => candidate.Name == name);
        if (member is not null && member.Value.Kind != kind)
        {
            source.Wrong($"'{name}'", member.Value, expected);
            return null;
        }

        return member;
    }
}
