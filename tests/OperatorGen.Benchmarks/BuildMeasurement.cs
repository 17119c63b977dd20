using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using OperatorGen.Models;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks;

/// <summary>What a model of 10 KB to 4 MB of weights costs a build: time and size of the C#, and of the assembly that it becomes. Rows of the table in docs/performance.md.</summary>
internal static class BuildMeasurement
{
    private const int Runs = 5;

    /// <summary>The widths of square maps.</summary>
    private static readonly int[] s_widths = [40, 88, 176, 352, 704, 1000];

    /// <summary>Measures each size some times, and prints the medians.</summary>
    public static void Run(TextWriter output)
    {
        Measure(s_widths[0]); // the JIT compiles the compiler
        output.WriteLine("| weights | C# | generator | compiler | assembly |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (int width in s_widths)
        {
            (double Generator, double Compiler, long Text, long Assembly)[] all = [.. Enumerable.Range(0, Runs).Select(_ => Measure(width))];
            string row = FormattableString.Invariant(
                $"| {sizeof(float) * width * width / 1000.0:F0} KB | {all[0].Text / 1000.0:F0} KB | {Median(all.Select(run => run.Generator)):F0} ms | {Median(all.Select(run => run.Compiler)):F0} ms | {all[0].Assembly / 1000.0:F0} KB |");
            output.WriteLine(row);
        }
    }

    private static (double Generator, double Compiler, long Text, long Assembly) Measure(int width)
    {
        SequenceModel model = BenchmarkModels.LinearMap(width);
        long start = Stopwatch.GetTimestamp();
        string text = GeneratedModel.Generate(model, Precision.Single).Text;
        double generator = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        CSharpCompilation compilation = InMemoryCompiler.Compilation([text, "namespace OperatorGen.InMemory; public partial class Model;"]);
        using var stream = new MemoryStream();
        if (!compilation.Emit(stream).Success)
        {
            throw new InvalidOperationException("The generated code does not compile.");
        }

        return (generator, Stopwatch.GetElapsedTime(start).TotalMilliseconds, text.Length, stream.Length);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Runs / 2);
}
