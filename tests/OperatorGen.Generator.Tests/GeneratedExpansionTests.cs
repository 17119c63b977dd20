using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>The generated description carries the declared expansion.</summary>
public sealed class GeneratedExpansionTests
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData("taylor", "gelu-erf", ", Centre = 0.25, Order = 5")]
    [InlineData("taylor", "gelu-erf", "")]
    [InlineData("chebyshev", "gelu-erf", ", Order = 4")]
    [InlineData("chebyshev", "relu", ", Order = 4")]
    [InlineData("measure", "tanh", ", Order = 2")]
    [InlineData("exact", "polynomial(1/4, 1, -1/2, 1/8)", "")]
    [InlineData(null, "gelu-erf", ", Order = 4")]
    [InlineData(null, "relu", ", Order = 4")]
    public void Its_polynomials_are_the_compilers(string? expansion, string decoder, string arguments)
    {
        string text = Sources.ModesFile(
            hyper: $"\"discretization\": \"none\", \"gamma\": 1, \"decoder\": \"{decoder}\"",
            more: "\n  \"options\": { \"precision\": \"double\" },\n" + $$"""
              "calibration": { "name": "set", "count": 7, "sha256": "{{Hash}}", "layers": { "0": { "readouts": {
                "counts": { "shape": [1], "values": [4] }, "range": { "shape": [1, 2], "values": [-1.5, 3] },
                "nodes": { "shape": [4], "values": [-1, 0, 1, 2] }, "weights": { "shape": [4], "values": [0.25, 0.25, 0.25, 0.25] } } } } },
            """);
        ModelDeclaration declaration = ModelFileReader.Read(text, CancellationToken.None).Value!;
        SequenceModel model = CompilerStages.Resolve(declaration, CancellationToken.None).Value!;
        GeneratorProject project = GeneratorProject.Of(
            Sources.FileClass((expansion is null ? "" : $", Expansion = \"{expansion}\"") + arguments) + "\ninternal static class Probe { internal static OperatorGen.Analysis.OperatorDescription Run() => Model.Operator; }",
            InMemoryCompiler.StrictOptions).WithModel("/models/m.ssm.json", text);
        Assembly assembly = GeneratorRun.Of(project).Load();
        var found = (OperatorDescription)assembly.GetType("Probe")!.GetMethod("Run", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, null)!;

        // A model with a calibration is expanded in its measure where the attribute says nothing.
        int order = arguments.Contains("Order", StringComparison.Ordinal) ? arguments[^1] - '0' : ModelOptions.DefaultOrder;
        double centre = arguments.Contains("Centre", StringComparison.Ordinal) ? 0.25 : 0;
        var expected = OperatorExpansion.Of(OperatorDescriptions.Of(model, order), new ExpansionRequest(OptionNames.Expansions.Find(expansion ?? "measure")!.Value, order, centre), declaration.Calibration);
        Assert.Equal(expected, found.Expansion);
        SymbolicOperator symbolic = CompilerStages.Expand(model, new ModelOptions(order) { Expansion = expected.Kind, Centre = centre }, CancellationToken.None).Value!;
        Assert.Equal(OperatorText.Render(symbolic, model, new OperatorView()), found.Text);
        Assert.Same(found.Layers[0], found.Expansion!.Layers[0].Layer);
        Assert.Same(found.Expansion, found.Expansion);
    }
}
