using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using Microsoft.CodeAnalysis.CSharp;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Consumers that call the generated members as people do, in C# 13 and in C# 14, and get the reference's numbers.</summary>
public sealed class ConsumerRunTests
{
    /// <summary>Calls Forward with everything that holds a sequence; all calls return the same numbers.</summary>
    private const string Probe = """
        using System;

        internal static class Probe
        {
            internal static T[][] Run(T[] input, int outputs)
            {
                var model = new Model();
                T[] array = new T[outputs], span = new T[outputs], onStack = new T[outputs], literal = new T[outputs], sliced = new T[outputs], tensor = new T[outputs], stepped = new T[outputs];
                model.Forward(input, array);
                model.Forward((System.ReadOnlySpan<T>)input, (System.Span<T>)span, model.CREATE());
                System.Span<T> stack = stackalloc T[input.Length];
                input.CopyTo(stack);
                System.Span<T> stackOutput = stackalloc T[outputs];
                model.Forward(stack, stackOutput);
                stackOutput.CopyTo(onStack);
                model.Forward([.. input], literal, model.CREATE());
                model.Forward(System.MemoryExtensions.AsSpan(input, 0, input.Length), System.MemoryExtensions.AsSpan(sliced), model.CREATE(), OperatorGen.VectorWidth.Widest);
                nint steps = input.Length / Model.InputWidth;
                System.Numerics.Tensors.TensorSpan<T> rows = new(tensor, [outputs / Model.OutputWidth, Model.OutputWidth]);
                model.Forward(new System.Numerics.Tensors.ReadOnlyTensorSpan<T>(input, [steps, Model.InputWidth]), rows, model.CREATE());
                var state = model.CREATE();
                for (int t = 0; t < steps; t++)
                {
                    int row = Model.Pooled ? 0 : t * Model.OutputWidth;
                    model.Step(System.MemoryExtensions.AsSpan(input, t * Model.InputWidth, Model.InputWidth), System.MemoryExtensions.AsSpan(stepped, row, Model.OutputWidth), state);
                }

                return [array, span, onStack, literal, sliced, tensor, stepped];
            }
        }
        """;

    public static TheoryData<string, bool, bool> Cases
    {
        get
        {
            TheoryData<string, bool, bool> data = [];
            foreach (string name in new[] { "modes", "s4d-standalone", "s4-example", "mamba1-block" })
            {
                for (int bits = 0; bits < 4; bits++)
                {
                    data.Add(name, (bits & 1) != 0, (bits & 2) != 0);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_way_of_calling_gives_the_numbers_of_the_reference(string architecture, bool single, bool newest)
    {
        string text = architecture switch
        {
            "modes" => Sources.ModesFile(),
            "s4d-standalone" => Sources.S4DFile(""),
            "s4-example" => Sources.S4ExampleFile.Replace("\"options\": { \"precision\": \"both\" },", "", StringComparison.Ordinal),
            _ => Sources.MambaFile.Replace("\"options\": { \"precision\": \"both\" },", "", StringComparison.Ordinal),
        };
        SequenceModel model = CompilerStages.Resolve(ModelFileReader.Read(text, CancellationToken.None).Value!, CancellationToken.None).Value!;

        // The input is rounded to float, so that both precisions and the reference see the same numbers.
        double[] input = RandomModels.Input(model, 300, seed: 7);
        RoundingResult bound = RoundingBound.Compute(model, input, single ? RoundingBound.SingleEpsilon : RoundingBound.DoubleEpsilon);
        double[][] found = single ? Run<float>(text, input, bound.Reference.Length, newest) : Run<double>(text, input, bound.Reference.Length, newest);
        Assert.Equal(7, found.Length);
        for (int i = 0; i < bound.Reference.Length; i++)
        {
            Assert.InRange(Math.Abs(found[0][i] - bound.Reference[i]), 0, bound.Bound[i]);
        }

        Assert.All(found, output => Assert.Equal(found[0], output));
    }

    [Fact]
    public void Types_of_one_name_in_odd_places_each_compute_their_own_model()
    {
        GeneratorProject project = GeneratorProject.Of("""
            namespace @namespace.@event { [OperatorGen.InlineModel] [OperatorGen.Mode(0.5, 0.0)] internal partial record @class; }
            namespace Foo.System { [global::OperatorGen.InlineModel] [global::OperatorGen.Mode(0.25, 0.0)] internal partial class @class; }
            namespace Foo.OperatorGen { partial struct Outer { [global::OperatorGen.InlineModel] [global::OperatorGen.Mode(0.125, 0.0)] internal sealed partial class @class; } }
            internal static class Probe
            {
                internal static float[][] Run(float[] input)
                {
                    float[] a = new float[input.Length], b = new float[input.Length], c = new float[input.Length];
                    new @namespace.@event.@class().Forward(input, a);
                    new Foo.System.@class().Forward(input, b);
                    new Foo.OperatorGen.Outer.@class().Forward(input, c);
                    return [a, b, c];
                }
            }
            """, InMemoryCompiler.StrictOptions.WithOverflowChecks(true));

        // Powers of two: every product and sum is exact.
        Assert.Equal([[8, 4, 2], [8, 2, 0.5f], [8, 1, 0.125f]], (float[][])Call(project, [8f, 0f, 0f]));
    }

    [Fact]
    public void A_program_without_cultures_gets_the_same_numbers()
    {
        GeneratorProject project = GeneratorProject.Of($$"""
            {{Sources.OneWave}} internal partial class Model;
            internal static class Program
            {
                private static int Main()
                {
                    float[] output = new float[3];
                    new Model().Forward(new float[] { 8, 0, 0 }, output);
                    return (int)((100 * output[0]) + (10 * output[1]) + output[2]) - (System.Globalization.CultureInfo.CurrentCulture.Name.Length == 0 ? 0 : 1);
                }
            }
            """, InMemoryCompiler.StrictOptions.WithOutputKind(Microsoft.CodeAnalysis.OutputKind.ConsoleApplication));
        GeneratorRun run = GeneratorRun.Of(project);
        Assert.Empty(run.CompilerFaults);
        string folder = Directory.CreateTempSubdirectory("invariant").FullName;
        try
        {
            using (FileStream stream = File.Create(Path.Combine(folder, "Program.dll")))
            {
                Assert.True(run.Output.Emit(stream).Success);
            }

            foreach (string library in new[] { "OperatorGen.dll", "OperatorGen.Analysis.dll", "OperatorGen.Symbolics.dll", "System.Numerics.Tensors.dll" })
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, library), Path.Combine(folder, library));
            }

            File.WriteAllText(Path.Combine(folder, "Program.runtimeconfig.json"), """
                { "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" }, "configProperties": { "System.Globalization.Invariant": true } } }
                """);
            using Process program = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, Path.Combine(folder, "Program.dll")))!;
            program.WaitForExit();

            // The exit code holds the output's digits, 8 4 2: on Unix its lowest eight bits.
            Assert.Equal(842 & 255, program.ExitCode & 255);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double[][] Run<T>(string text, double[] input, int outputs, bool newest)
        where T : struct, System.Numerics.INumber<T>
    {
        string name = typeof(T) == typeof(float) ? "float" : "double";
        string precision = typeof(T) == typeof(float) ? "Single" : "Double";

        // The compiler that the generator is built against calls C# 14 its preview.
        var parse = new CSharpParseOptions(newest ? LanguageVersion.Preview : LanguageVersion.CSharp13);
        GeneratorProject project = GeneratorProject.Of(Sources.FileClass($", Precision = OperatorGen.ModelPrecision.{precision}"), parse: parse)
            .WithSource("Probe.cs", Probe.Replace("CREATE", "CreateState", StringComparison.Ordinal).Replace("<T>", $"<{name}>", StringComparison.Ordinal).Replace("T[", name + "[", StringComparison.Ordinal))
            .WithModel("m.ssm.json", text);
        return [.. ((T[][])Call(project, [.. input.Select(T.CreateChecked)], outputs)).Select(row => row.Select(double.CreateChecked).ToArray())];
    }

    private static object Call<T>(GeneratorProject project, T[] input, params object[] more) =>
        GeneratorRun.Of(project).Load().GetType("Probe", throwOnError: true)!.GetMethod("Run", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [input, .. more])!;
}
