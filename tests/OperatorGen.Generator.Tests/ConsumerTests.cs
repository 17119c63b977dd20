using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Projects of every kind compile with the generated code: warnings are errors, documentation is demanded.</summary>
public sealed class ConsumerTests
{
    private const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    /// <summary>The type's place and kind; {0} is the attributes. The types are internal where documentation would only be noise.</summary>
    public static TheoryData<string, string> Shapes => new()
    {
        { "global namespace", "{0} partial class Model;" },
        { "namespace", "namespace A.B; {0} internal partial class Model;" },
        { "public", "namespace A; /// <summary>Documented.</summary>\n{0}\npublic partial class Model;" },
        { "sealed", "{0} sealed partial class Model;" },
        { "abstract", "{0} abstract partial class Model;" },
        { "record", "{0} partial record Model;" },
        { "record class", "{0} partial record class Model;" },
        { "record with parameters", "{0} sealed partial record Model(int Number, string Name);" },
        { "primary constructor", "{0} partial class Model(int number) { internal int Number => number; }" },
        { "base class", "class Base { protected int State = 1; internal static int ModelHash => 2; public void Forward() { } } {0} partial class Model : Base;" },
        { "derived from another model", "{0} partial class Base; {0} sealed partial class Model : Base;" },
        { "base class with virtual members", "class Base { public virtual void Forward(System.ReadOnlySpan<float> input, System.Span<float> output) { } public virtual object CreateState() => this; public virtual int Step => 1; } {0} partial class Model : Base;" },
        { "base class with an abstract overload", "abstract class Base { public abstract void Forward(string text); } {0} partial class Model : Base { public override void Forward(string text) { } }" },
        { "overloads of all methods", "{0} partial class Model { internal void Forward(System.ReadOnlySpan<int> input, System.Span<int> output) { } internal static void Explain(string text) { } internal static void CreateState(int seed) { } internal void Step<T>(T sample) { } }" },
        { "interface", "interface IModel { OperatorGen.SequenceState<float> Create(); } {0} partial class Model : IModel { public OperatorGen.SequenceState<float> Create() => CreateState(); }" },
        { "own members", "{0} partial class Model { private readonly int _x; internal Model(int x) { _x = x; } internal int X => _x; internal void Forward(string text) { } internal int Step() => _x; static Model() { } ~Model() { } }" },
        { "in a class", "partial class Outer { {0} private partial class Model; }" },
        { "in a static class", "static partial class Outer { {0} internal partial class Model; }" },
        { "in a struct", "partial struct Outer { {0} public partial class Model; }" },
        { "in a readonly ref struct", "readonly ref partial struct Outer { {0} public partial class Model; }" },
        { "in a record", "partial record Outer(int State) { {0} public partial class Model; }" },
        { "in a record struct", "partial record struct Outer(int State) { {0} public partial class Model; }" },
        { "in an interface", "partial interface IOuter { {0} partial class Model; }" },
        { "three deep", "namespace N { partial class A { partial struct B { partial interface IC { {0} sealed partial record Model; } } } }" },
        { "in its namesake's namespace", "namespace Model { {0} partial class Model; }" },
        { "in a class of a member's name", "partial class State { {0} internal partial class Model; }" },
        { "two parts, attributes on both", "[global::OperatorGen.InlineModel] partial class Model; [global::OperatorGen.Mode(0.5, 0.0)] partial class Model;" },
        { "keywords", "namespace @namespace.@event.@in { partial class @class { {0} internal partial class @record; } }" },
        { "contextual keywords", "namespace @var.@await { partial class @partial { {0} internal partial record @field; } {0} partial class @nint; {0} partial class @required; }" },
        { "letters of other alphabets", "namespace Ελληνικά.Größe { {0} partial class Модель; }" },
        { "one name in two namespaces", "namespace A { {0} partial class Model; } namespace B { {0} partial class Model; } namespace A.B { {0} partial class Model; }" },
        { "one name on two levels", "{0} partial class Model; partial class Outer { {0} internal partial class Model; }" },
        { "names that differ by case", "namespace A { {0} partial class Model; {0} partial class MODEL; } namespace a { {0} partial class Model; }" },
        { "namespace System", "namespace System { {0} partial class Model; }" },
        { "namespace OperatorGen", "namespace OperatorGen { {0} partial class Model; }" },
        { "namespace Foo.System", "namespace Foo.System { {0} partial class Model; }" },
        { "namespace Foo.OperatorGen", "namespace Foo.OperatorGen { {0} partial class Model; }" },
        { "beside namespaces of known names", "namespace Foo { namespace System { class Span; class Math; } namespace OperatorGen { class StatePool; } {0} partial class Model; }" },
        { "beside types of known names", "namespace Foo { class System; class OperatorGen; class Math; class Span; class MemoryMarshal; class Unsafe; class Vector512; class Lazy; class Simd512; class Exception; {0} partial class Model; }" },
        { "inside types of known names", "partial class Math { class System; class OperatorGen; class Span; class Unsafe; class GeluErf; {0} internal partial class Model; }" },
        { "called like a known type", "{0} partial class Math; {0} partial class Span; {0} partial class MemoryMarshal; {0} partial class Unsafe; {0} partial class Vector512; {0} partial class TSimd; {0} partial class StatePool; {0} partial class SequenceState;" },
        { "called like a local name", "{0} partial class count; {0} partial class state; {0} partial class input; {0} partial class x0; {0} partial class scratch;" },
        { "beside types of helpers' names", "{0} partial class Model; class ModelSingleCode; class ModelDoubleCode;" },
        { "in a class of a helper's name", "namespace A { partial class ModelSingleCode { {0} internal partial class Model; } } namespace B { partial class ModelDoubleCode { {0} internal partial class Model; } }" },
        { "inside a type with a helper's name", "partial class Outer { class ModelSingleCode; const int ModelDoubleCode = 1; {0} internal partial class Model; }" },
    };

    public static TheoryData<NullableContextOptions, bool, bool, bool> Options
    {
        get
        {
            TheoryData<NullableContextOptions, bool, bool, bool> data = [];
            foreach (NullableContextOptions nullable in Enum.GetValues<NullableContextOptions>())
            {
                for (int bits = 0; bits < 8; bits++)
                {
                    data.Add(nullable, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_place_and_kind_of_type_compiles(string shape, string source)
    {
        Assert.NotEmpty(shape);
        string attributes = Sources.TwoWaves.Replace('\n', ' ').Replace("Gamma = 2", "Gamma = 2, Precision = global::OperatorGen.ModelPrecision.Both", StringComparison.Ordinal);
        GeneratorProject project = GeneratorProject.Of(
            "#pragma warning disable CS8981, CS0414, CS0169, CS9113, CS0436\n" + source.Replace("{0}", attributes, StringComparison.Ordinal),
            Strict(NullableContextOptions.Enable));
        int models = Math.Max(1, source.Split("{0}").Length - 1);
        foreach (LanguageVersion version in new[] { LanguageVersion.CSharp13, LanguageVersion.Preview })
        {
            GeneratorRun run = Clean(GeneratorProjectIn(project, version));
            Assert.Equal(models, run.Files.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_combination_of_options_compiles(NullableContextOptions nullable, bool checkOverflow, bool allowUnsafe, bool implicitUsings)
    {
        CSharpCompilationOptions options = Strict(nullable).WithOverflowChecks(checkOverflow).WithAllowUnsafe(allowUnsafe);
        GeneratorProject project = GeneratorProject.Of(
            Sources.FileClass() + Sources.Class("[OperatorGen.SequenceModel(\"s4.ssm.json\")]", "public partial class S4;") + Sources.Class("[OperatorGen.SequenceModel(\"mamba.ssm.json\")]", "public partial class Mamba;"),
            options)
            .WithModel("m.ssm.json", Sources.S4DFile())
            .WithModel("s4.ssm.json", Sources.S4ExampleFile)
            .WithModel("mamba.ssm.json", Sources.MambaFile);
        Assert.Equal(3, Clean(implicitUsings ? project.WithSource("Usings.cs", ImplicitUsings) : project).Files.Count);
    }

    [Fact]
    public void A_library_that_complies_with_the_common_language_specification_has_public_models()
    {
        GeneratorProject project = GeneratorProject.Of(
            Sources.FileClass() + Sources.Class("[OperatorGen.SequenceModel(\"mamba.ssm.json\", Precision = OperatorGen.ModelPrecision.Both)]", "public partial class Mamba;"),
            Strict(NullableContextOptions.Enable))
            .WithSource("Assembly.cs", "[assembly: System.CLSCompliant(true)]")
            .WithModel("m.ssm.json", Sources.S4DFile())
            .WithModel("mamba.ssm.json", Sources.MambaFile);
        Assert.Equal(2, Clean(project).Files.Count);
    }

    [Fact]
    public void Only_models_whose_scores_can_be_taken_apart_have_Explain_and_those_with_waves_Attribute()
    {
        GeneratorProject project = GeneratorProject.Of(
            Sources.FileClass() + Sources.Class("[OperatorGen.SequenceModel(\"mamba.ssm.json\")]", "public partial class Mamba;")
            + Sources.Class("[OperatorGen.InlineModel(Decoder = \"relu\")] [OperatorGen.Mode(0.5, 0.0)]", "public partial class Relu;"))
            .WithModel("m.ssm.json", Sources.S4DFile())
            .WithModel("mamba.ssm.json", Sources.MambaFile);
        Assembly assembly = Clean(project).Load();
        Assert.NotEmpty(assembly.GetType("Model", throwOnError: true)!.GetMember("Explain"));
        Assert.All(["Mamba", "Relu"], name => Assert.Empty(assembly.GetType(name, throwOnError: true)!.GetMember("Explain")));

        // An attribution needs waves, and no expansion.
        Assert.All(["Model", "Relu"], name => Assert.NotEmpty(assembly.GetType(name, throwOnError: true)!.GetMember("Attribute")));
        Assert.Empty(assembly.GetType("Mamba", throwOnError: true)!.GetMember("Attribute"));
    }

    [Fact]
    public void No_emitted_line_is_unsafe_and_every_type_and_member_is_marked_as_generated()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(Sources.FileClass()).WithModel("m.ssm.json", Sources.S4ExampleFile));
        string text = Assert.Single(run.Files).Text;
        Assert.DoesNotContain("unsafe ", text, StringComparison.Ordinal);
        string[] lines = text.Split('\n');
        IEnumerable<int> members = Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("    public ", StringComparison.Ordinal) || lines[i].StartsWith("file ", StringComparison.Ordinal));
        int helper = Array.FindIndex(lines, line => line.StartsWith("file ", StringComparison.Ordinal));
        Assert.All(members.Where(i => i <= helper), i => Assert.Contains(lines[(i - 2)..i], line => line.Contains("GeneratedCodeAttribute", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\\n*/ // \\r\\u2028 </code> ]]> &amp; <")]
    [InlineData("\\\" + System.Environment.Exit(1) + \\\"")]
    [InlineData("{0} {{ }} $ @ # \\\\ \\t \\u0000 \\uFFFE \\u0085 \\uD83D\\uDE00")]
    [InlineData("#endif\\n#error no")]
    public void Texts_of_a_model_file_stay_texts(string hostile)
    {
        GeneratorProject project = GeneratorProject.Of(Sources.FileClass(), Strict(NullableContextOptions.Enable)).WithModel(
            "m.ssm.json",
            Sources.ModesFile(more: $"\n  \"labels\": [\"{hostile}\"], \"source\": {{ \"{hostile}\": \"{hostile}\" }},"));
        Assembly assembly = Clean(project).Load();
        using var document = System.Text.Json.JsonDocument.Parse($"\"{hostile}\"");
        var labels = (IReadOnlyList<string>)assembly.GetType("Model", throwOnError: true)!.GetProperty("Labels")!.GetValue(null)!;
        Assert.Equal(document.RootElement.GetString(), Assert.Single(labels));
    }

    [Theory]
    [InlineData("polynomial(0, 1e400)")]
    [InlineData("polynomial(1e-400, 1)")]
    [InlineData("polynomial(0, 1e300, -1e300)")]
    [InlineData("polynomial(0, 1/3, -2/7, 0, 0)")]
    [InlineData("polynomial(0)")]
    [InlineData("polynomial()")]
    public void A_polynomial_of_any_numbers_is_refused_or_compiles(string decoder)
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(Sources.Class($"[OperatorGen.InlineModel(Decoder = \"{decoder}\")] [OperatorGen.Mode(0.5, 0.0)]")));
        Assert.Null(run.Failure);
        Assert.Equal(run.Files.Count == 0, run.Faults.Any(fault => fault.Severity == DiagnosticSeverity.Error));
        Assert.DoesNotContain(run.Faults, fault => fault.Id == "OPG0900");
        Assert.True(run.CompilerFaults.Count == 0, string.Join('\n', run.CompilerFaults.Take(10)));
    }

    [Fact]
    public void Two_types_that_differ_by_case_have_files_that_differ_by_more()
    {
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of($"{Sources.OneWave} partial class Model; {Sources.OneWave} partial class MODEL; {Sources.OneWave} partial class Other;"));
        Assert.Equal(["1.MODEL.OperatorGen.g.cs", "2.Model.OperatorGen.g.cs", "Other.OperatorGen.g.cs"], run.Files.Select(file => file.HintName).Order(StringComparer.Ordinal));
    }

    private static CSharpCompilationOptions Strict(NullableContextOptions nullable) => InMemoryCompiler.StrictOptions
        .WithNullableContextOptions(nullable)
        .WithGeneralDiagnosticOption(ReportDiagnostic.Error);

    private static GeneratorProject GeneratorProjectIn(GeneratorProject project, LanguageVersion version) =>
        GeneratorProject.Of(project.Compilation.SyntaxTrees[0].ToString(), project.Compilation.Options, new CSharpParseOptions(version, DocumentationMode.Diagnose));

    private static GeneratorRun Clean(GeneratorProject project)
    {
        GeneratorRun run = GeneratorRun.Of(project);
        Assert.Null(run.Failure);
        Assert.Empty(run.Faults.Where(fault => fault.Severity != DiagnosticSeverity.Info).Select(fault => fault.ToString()));
        Assert.True(run.CompilerFaults.Count == 0, string.Join('\n', run.CompilerFaults.Take(10)));
        return run;
    }
}
