using System;
using System.IO;
using System.Threading;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using OperatorGen.Generator;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks;

/// <summary>
/// What the generator adds to a build with the example's four-layer model (51,466 weights): the first run of a process that is warm, and the
/// run after an edit elsewhere, as an editor asks for at every keystroke.
/// </summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private const string Source = """
        [OperatorGen.SequenceModel("deep.ssm.json")]
        public partial class Deep;
        """;

    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private AdditionalText _model = null!;
    private GeneratorDriver _warm = null!;

    [GlobalSetup]
    public void Setup()
    {
        _model = new ModelText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "deep.ssm.json")));
        _compilation = InMemoryCompiler.Compilation([Source, "class Elsewhere { int a; }"]);
        SyntaxTree other = CSharpSyntaxTree.ParseText("class Elsewhere { int b; }", (CSharpParseOptions)_compilation.SyntaxTrees[1].Options, "File1.cs");
        _edited = _compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[1], other);
        _warm = Driver().RunGenerators(_compilation);
        if (_warm.GetRunResult().GeneratedTrees.Length != 1)
        {
            throw new InvalidOperationException("The generator gave no file.");
        }
    }

    [Benchmark]
    public GeneratorDriver FirstRun() => Driver().RunGenerators(_compilation);

    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => _warm.RunGenerators(_edited);

    private CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new SequenceModelGenerator().AsSourceGenerator()],
        [_model],
        (CSharpParseOptions)_compilation.SyntaxTrees[0].Options);

    private sealed class ModelText(string text) : AdditionalText
    {
        public override string Path => "deep.ssm.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
