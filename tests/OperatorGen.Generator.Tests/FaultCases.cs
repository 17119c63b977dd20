using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace OperatorGen.Generator.Tests;

/// <summary>Every kind of fault that a declaration can have, each by at least one declaration.</summary>
internal static class FaultCases
{
    private const string MarkedClass = "public partial class ⟦Model⟧;";

    public static IReadOnlyList<FaultCase> All { get; } = [.. Types(), .. Attributes(), .. Files(), .. Models(), .. Expansions()];

    private static IEnumerable<FaultCase> Types()
    {
        yield return Type("class without partial", "OPG0001", "public class ⟦Model⟧;");
        yield return Type("record without partial", "OPG0001", "public record ⟦Model⟧;");
        yield return Source("class around it without partial", "OPG0001", $"class Outer {{ {Sources.OneWave} partial class ⟦Model⟧; }}");
        yield return Type("generic class", "OPG0002", "public partial class ⟦Model⟧<T>;");
        yield return Type("generic record", "OPG0002", "public partial record ⟦Model⟧<T>(T Value);");
        yield return Source("in a generic class", "OPG0002", $"partial class Outer<T> {{ {Sources.OneWave} partial class ⟦Model⟧; }}");
        yield return Source("in a class in a generic class", "OPG0002", $"partial class Outer<T> {{ partial class Inner {{ {Sources.OneWave} partial class ⟦Model⟧; }} }}");
        yield return Type("struct", "OPG0003", "public partial struct ⟦Model⟧;");
        yield return Type("ref struct", "OPG0003", "public ref partial struct ⟦Model⟧;");
        yield return Type("record struct", "OPG0003", "public partial record struct ⟦Model⟧;");
        yield return Type("static class", "OPG0003", "public static partial class ⟦Model⟧;");
        yield return Type("interface", "OPG0003", "public partial interface ⟦Model⟧;");
        yield return Type("a method of a generated signature", "OPG0009", "partial class Model { internal static void ⟦Forward⟧(System.ReadOnlySpan<float> input, System.Span<float> output) { } }");
        yield return Type("a method that makes states", "OPG0009", "partial class Model;\npartial class Model { internal object ⟦CreateState⟧() => this; }");
        yield return Type("a method for batches", "OPG0009", "partial class Model { internal static void ⟦ForwardBatch⟧(System.ReadOnlyMemory<float> a, System.ReadOnlySpan<int> b, System.Memory<float> c, int d, System.Threading.CancellationToken e) { } }");
        yield return Source("an abstract member of a generated name", "OPG0009", "abstract class Base { public abstract void Forward(System.ReadOnlySpan<float> input, System.Span<float> output); }\n" + Sources.OneWave + "\npartial class ⟦Model⟧ : Base;", "CS0534");
        yield return Type("class called like a member", "OPG0009", "public partial class ⟦Operator⟧;");
        yield return Type("class with a member of a generated name", "OPG0009", "public partial class Model { private sealed class ⟦State⟧; }");
        yield return Type("record with a property of a generated name", "OPG0009", "public partial record Model(int ⟦Labels⟧);");
        yield return Type("class with a method of a generated constant's name", "OPG0009", "public partial class Model { private static void ⟦ModelHash⟧() { } private static void ModelHash(int _) { } }");
        yield return Type("class with a field of a private generated name", "OPG0009", "public partial class Model { internal int ⟦Shared⟧; }");
        yield return Type("file-local class", "OPG0004", "file partial class ⟦Model⟧;");
        yield return Source("in a file-local class", "OPG0004", $"file partial class Outer {{ {Sources.OneWave} public partial class ⟦Model⟧; }}");
        foreach (LanguageVersion old in new[] { LanguageVersion.CSharp8, LanguageVersion.CSharp10, LanguageVersion.CSharp12 })
        {
            yield return Type($"C# {old.ToDisplayString()}", "OPG0005", "public partial class ⟦Model⟧ { }") with { Language = old };
        }
    }

    private static IEnumerable<FaultCase> Attributes()
    {
        yield return new("a file and modes", "OPG0006", Error, Class($"[OperatorGen.SequenceModel(\"m.ssm.json\")] {Sources.OneWave}"), Sources.ModesFile());
        yield return Declared("modes alone", "OPG0006", "[OperatorGen.Mode(0.5, 0.0)]");
        yield return Source("modes alone, on two parts", "OPG0006", "[OperatorGen.Mode(0.5, 0.0)] partial class ⟦Model⟧; [OperatorGen.Mode(0.25, 0.0)] partial class Model;");
        yield return new("a file of shapes whose weights are not said to be external", "OPG0007", Error, Class("[OperatorGen.SequenceModel(\"m.ssm.json\")]"), Sources.Shapes(Sources.MambaFile));
        yield return new("weights that are nowhere", "OPG0007", Error, Class("[OperatorGen.SequenceModel(\"m.ssm.json\", Weights = (OperatorGen.ModelWeights)2)]"), Sources.ModesFile());
        yield return Declared("no modes", "OPG0007", "[OperatorGen.InlineModel]");
        yield return Declared("a rule without its step", "OPG0007", "[OperatorGen.InlineModel(Discretization = \"zoh\")] [OperatorGen.Mode(-0.5, 0.0)]");
        yield return Declared("not a number", "OPG0007", "[OperatorGen.InlineModel] [OperatorGen.Mode(double.NaN, 0.0)]");
        yield return Declared("infinity", "OPG0007", "[OperatorGen.InlineModel(Skip = double.PositiveInfinity)] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("a string that is neither rational nor symbol", "OPG0007", "[OperatorGen.InlineModel] [OperatorGen.Mode(\"1/0\", 0.0)]");
        yield return Declared("a word with a blank", "OPG0007", "[OperatorGen.InlineModel] [OperatorGen.Mode(\"al pha\", 0.0)]");
        yield return Declared("null", "OPG0007", "[OperatorGen.InlineModel] [OperatorGen.Mode(null!, 0.0)]");
        yield return Declared("a truth value", "OPG0007", "[OperatorGen.InlineModel] [OperatorGen.Mode(true, 0.0)]");
        yield return Declared("a type", "OPG0007", "[OperatorGen.InlineModel] [OperatorGen.Mode(typeof(int), 0.0)]");
        yield return Declared("an array", "OPG0007", "[OperatorGen.InlineModel] [OperatorGen.Mode(new[] { 1.0 }, 0.0)]");
        yield return Declared("a rule that is none", "OPG0007", "[OperatorGen.InlineModel(Discretization = \"euler\")] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("a range upside down", "OPG0007", "[OperatorGen.InlineModel(InputLow = 1, InputHigh = -1)] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("half a range", "OPG0007", "[OperatorGen.InlineModel(InputLow = 1)] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("no file name", "OPG0007", "[OperatorGen.SequenceModel(\"\")]");
        yield return Declared("a null file name", "OPG0007", "[OperatorGen.SequenceModel(null!)]");
        yield return Declared("a precision that is none", "OPG0007", "[OperatorGen.InlineModel(Precision = (OperatorGen.ModelPrecision)7)] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Source(
            "two parts with a declaration", "OPG0008", $"[OperatorGen.InlineModel] [OperatorGen.Mode(0.5, 0.0)] partial class Model; [OperatorGen.InlineModel] partial class ⟦Model⟧;", "CS0579");
    }

    private static IEnumerable<FaultCase> Files()
    {
        yield return new("no such file", "OPG0100", Error, Class("[OperatorGen.SequenceModel(\"other.ssm.json\")]"), Sources.ModesFile());
        yield return new("two files of one name", "OPG0101", Error, Class("[OperatorGen.SequenceModel(\"m.ssm.json\")]"), Sources.ModesFile()) { SecondPath = "/other/m.ssm.json" };
        yield return File("an empty file", "OPG0102", "⟦⟧");
        yield return File("a comment", "OPG0102", "{\n  ⟦/⟧/ no\n}");
        yield return File("nesting of 65", "OPG0103", new string('[', 64) + "⟦[⟧" + new string(']', 65));
        yield return File("a key twice", "OPG0104", Change("\"architecture\"", "\"format\": \"operatorgen/1\", \"architecture\"").Replace(", \"arch", ",\n\"arch", StringComparison.Ordinal).Replace("  \"format\": \"operatorgen/1\",\n\"arch", "  ⟦\"format\"⟧: \"operatorgen/1\",\n\"arch", StringComparison.Ordinal));
        yield return File("an unknown key at the top", "OPG0105", Change("  \"tensors\"", "  ⟦\"tensor\"⟧: 1, \"tensors\"")) with { Severity = Warning };
        yield return File("another major format", "OPG0106", Change("\"operatorgen/1\"", "⟦\"operatorgen/2\"⟧"));
        yield return File("no architecture", "OPG0107", "⟦{⟧ \"format\": \"operatorgen/1\", \"tensors\": {} }");
        yield return File("a value of the wrong type", "OPG0108", Change("[2, 0]", "[2, ⟦null⟧]"));
        yield return File("too few values", "OPG0109", Change("[2, 0]", "⟦[⟧2]"));
        yield return File("infinity", "OPG0110", Change("[2, 0]", "[2, ⟦1e999⟧]"));
        yield return File("too many axes", "OPG0111", Change("\"shape\": [1, 2], \"values\": [2, 0]", "\"shape\": ⟦[⟧1, 1, 1, 1, 1, 1, 1, 1, 2], \"values\": [2, 0]"));
        yield return File("an unknown key in a tensor", "OPG0112", Change("\"values\": [2, 0]", "\"values\": [2, 0], ⟦\"type\"⟧: 1"));
        yield return File("a newer minor format", "OPG0113", Change("\"operatorgen/1\"", "⟦\"operatorgen/1.7\"⟧")) with { Severity = Warning };
        yield return File("an unknown option", "OPG0404", Sources.ModesFile(more: "\n  \"options\": { ⟦\"speed\"⟧: \"high\" },"));
        yield return File("weights above 4 MiB", "OPG0400", Change("\"output\": { \"shape\": [1, 2], \"values\": [2, 0] }", "⟦\"output\"⟧: { \"shape\": [2000000, 2], \"values\": [] }"));
    }

    private static IEnumerable<FaultCase> Models()
    {
        yield return File("an unknown architecture", "OPG0200", Change("\"modes\"", "⟦\"mode\"⟧"));
        yield return File("an unknown hyperparameter", "OPG0201", Sources.ModesFile(hyper: "\"discretization\": \"none\", \"gamma\": 1, \"decoder\": \"identity\", \"n_mode\": ⟦1⟧"));
        yield return File("no gamma", "OPG0202", Sources.ModesFile(hyper: "\"discretization\": \"none\", \"decoder\": \"identity\"").Replace("\"modes\"", "⟦\"modes\"⟧", StringComparison.Ordinal));
        yield return File("a hyperparameter out of range", "OPG0203", Sources.ModesFile(hyper: "\"discretization\": \"none\", \"gamma\": ⟦3⟧, \"decoder\": \"identity\""));
        yield return File("no output weights", "OPG0204", Change(",\n    \"output\": { \"shape\": [1, 2], \"values\": [2, 0] }", "").Replace("\"modes\"", "⟦\"modes\"⟧", StringComparison.Ordinal));
        yield return File("output weights of another shape", "OPG0205", Change("\"output\": { \"shape\": [1, 2], \"values\": [2, 0] }", "⟦\"output\"⟧: { \"shape\": [2], \"values\": [2, 0] }"));
        yield return File("an unknown tensor", "OPG0206", Change("\"output\"", "⟦\"bias\"⟧: { \"shape\": [1], \"values\": [0] },\n    \"output\""));
        yield return File("a mode that grows", "OPG0207", Change("\"eigenvalue\": { \"shape\": [1, 2], \"values\": [0.5,", "⟦\"eigenvalue\"⟧: { \"shape\": [1, 2], \"values\": [1.5,")) with { Severity = Warning };
        yield return File("two labels for one output", "OPG0208", Sources.ModesFile(more: "\n  ⟦\"labels\"⟧: [\"a\", \"b\"],"));
        yield return File("scaling of two channels", "OPG0209", Sources.ModesFile(more: "\n  ⟦\"input\"⟧: { \"scale\": [1, 1], \"offset\": [0, 0] },"));
        yield return File("a step where there is none", "OPG0210", Change("\"output\"", "⟦\"step\"⟧: { \"shape\": [1], \"values\": [1] },\n    \"output\""));
        yield return new("a symbol called like a wave", "OPG0220", Error, Class("[OperatorGen.InlineModel] [OperatorGen.Mode(\"w_0\", 0.0)]"));
        yield return File("a symbol in an s4d", "OPG0211", Sources.S4DFile().Replace("\"D\": { \"shape\": [2], \"values\": [0.5, -0.25] }", "⟦\"D\"⟧: { \"shape\": [2], \"values\": [0.5, \"alpha\"] }", StringComparison.Ordinal));
        yield return File("a calibration of no layer", "OPG0213", Sources.ModesFile(more: "\n  ⟦\"calibration\"⟧: { \"name\": \"n\", \"count\": 1, \"sha256\": \"" + new string('0', 64) + "\", \"layers\": {} },"));
        yield return File("a step of e to the 1000", "OPG0212", Sources.S4DFile().Replace("\"kernel.log_dt\": { \"shape\": [2], \"values\": [-2, -3] }", "⟦\"kernel.log_dt\"⟧: { \"shape\": [2], \"values\": [-2, 1000] }", StringComparison.Ordinal));
    }

    private static IEnumerable<FaultCase> Expansions()
    {
        yield return Declared("an expansion that is none", "OPG0007", "[OperatorGen.InlineModel(Expansion = \"pade\")] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("an infinite centre", "OPG0007", "[OperatorGen.InlineModel(Centre = double.PositiveInfinity)] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("a negative length", "OPG0007", "[OperatorGen.InlineModel(MaxLength = -1)] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("measure without a calibration", "OPG0305", "[OperatorGen.InlineModel(Expansion = \"measure\")] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("chebyshev without a range", "OPG0305", "[OperatorGen.InlineModel(Expansion = \"chebyshev\")] [OperatorGen.Mode(0.5, 0.0)]");
        yield return Declared("exact of a function that is no polynomial", "OPG0305", "[OperatorGen.InlineModel(Expansion = \"exact\", Decoder = \"tanh\")] [OperatorGen.Mode(0.5, 0.0)]");
        yield return new FaultCase("a range without length for a mode that does not decay", "OPG0306", Warning, Class("[OperatorGen.InlineModel(InputLow = -1, InputHigh = 1)] [OperatorGen.Mode(1.0, 0.0)]")) with { Also = ["OPG0207"] };
        yield return new("order 17", "OPG0300", Error, Class("[OperatorGen.SequenceModel(\"m.ssm.json\", Order = 17)]"), Sources.ModesFile());
        yield return File("order 17 in a file", "OPG0300", Sources.ModesFile(more: "\n  \"options\": { \"order\": ⟦17⟧ },"));
        yield return File(
            "a file's range beyond the radius",
            "OPG0301",
            Sources.ModesFile(hyper: "\"discretization\": \"none\", \"gamma\": 1, \"decoder\": \"tanh\"", more: "\n  ⟦\"options\"⟧: { \"inputRange\": [-100, 100] },")) with
        { Severity = Warning };
        yield return new("a negative order", "OPG0300", Error, Class("[OperatorGen.InlineModel(Order = -1)] [OperatorGen.Mode(0.5, 0.0)]"));
        yield return new("a range beyond the radius", "OPG0301", Warning, Class("[OperatorGen.InlineModel(Decoder = \"sigmoid\", InputLow = -100, InputHigh = 100)] [OperatorGen.Mode(0.5, 0.0)]"));
        yield return new("too many terms", "OPG0302", Warning, Class(
            "[OperatorGen.InlineModel(Decoder = \"gelu-erf\", Order = 16)] " + string.Concat(Enumerable.Range(0, 16).Select(i => $"[OperatorGen.Mode(0.{i + 10}, 0.0)]"))));
        yield return new("relu", "OPG0303", Info, Class("[OperatorGen.InlineModel(Decoder = \"relu\")] [OperatorGen.Mode(0.5, 0.0)]"));
        yield return new("selective cells", "OPG0304", Info, Class("[OperatorGen.SequenceModel(\"m.ssm.json\")]"), Sources.MambaFile);
        yield return new("a mode that hardly decays", "OPG0401", Info, Class("[OperatorGen.InlineModel] [OperatorGen.Mode(0.99999, 0.0)]"));
        yield return new("a growing mode over a long step", "OPG0212", Error, Class("[OperatorGen.InlineModel(Discretization = \"zoh\", Step = 1e30)] [OperatorGen.Mode(0.5, 0.25)]"), null, "OPG0207");
        yield return new("a constant beyond a float", "OPG0404", Error, Class("[OperatorGen.InlineModel(Skip = 1e300)] [OperatorGen.Mode(0.5, 0.0)]"));
        yield return External("external weights of a model whose code depends on them", "OPG0405", "", Sources.LowRankFile());
        yield return External("external weights in both precisions", "OPG0404", ", Precision = OperatorGen.ModelPrecision.Both", Sources.MambaFile);
        yield return External("external weights and fitted polynomials", "OPG0305", ", Expansion = \"chebyshev\"", Sources.S4DFile("\"precision\": \"single\""));
        yield return External("external weights and an expansion of a calibration", "OPG0305", "", Sources.S4DFile("\"expansion\": \"measure\""));
        yield return External("external weights and exact polynomials of a function that is none", "OPG0305", ", Expansion = \"exact\"", Sources.S4DFile("\"precision\": \"single\""));
        yield return External("external weights and order 17", "OPG0300", ", Order = 17", Sources.S4DFile("\"precision\": \"single\""));
        yield return External("external weights and a range", "OPG0307", ", InputLow = -1, InputHigh = 1", Sources.S4DFile("\"precision\": \"single\"")) with { Severity = Warning };
        yield return new("external weights and a file's range", "OPG0307", Warning, Sources.Class("[OperatorGen.SequenceModel(\"m.ssm.json\", Weights = OperatorGen.ModelWeights.External)]"), Sources.S4DFile("\"inputRange\": [-1, 1]").Replace("\"options\"", "⟦\"options\"⟧", StringComparison.Ordinal));
        yield return External("external weights and a function without a series", "OPG0303", "", Sources.ModesFile(hyper: "\"discretization\": \"none\", \"gamma\": 1, \"decoder\": \"relu\"")) with { Severity = Info };
        yield return File("a hash of other shapes", "OPG0108", Regex.Replace(Sources.Shapes(Sources.MambaFile), "\"shapeHash\": \"[0-9a-f]+\"", "\"shapeHash\": ⟦\"0\"⟧"));
        yield return new("a symbol", "OPG0402", Warning, Class("[OperatorGen.InlineModel] [OperatorGen.Mode(\"alpha\", 0.0)]"));
    }

    private static string Class(string attributes) => Sources.Class(attributes, MarkedClass);

    private static FaultCase External(string name, string id, string arguments, string model) =>
        new(name, id, Error, Class($"[OperatorGen.SequenceModel(\"m.ssm.json\", Weights = OperatorGen.ModelWeights.External{arguments})]"), model);

    private static FaultCase Type(string name, string id, string declaration) => Source(name, id, Sources.OneWave + "\n" + declaration);

    private static FaultCase Source(string name, string id, string source, params string[] also) => new(name, id, Error, "#pragma warning disable CS0169, CS0649, CS1591\n" + source, null, also);

    private static FaultCase Declared(string name, string id, string attributes) => new(name, id, Error, Class(attributes));

    private static FaultCase File(string name, string id, string model, params string[] also) => new(name, id, Error, Sources.FileClass(), model, also);

    private static string Change(string from, string to)
    {
        string text = Sources.ModesFile();
        return text.Contains(from, StringComparison.Ordinal) ? text.Replace(from, to, StringComparison.Ordinal) : throw new ArgumentException($"The model file has no {from}.", nameof(from));
    }
}
