using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>SymPy expands what the operator writes for it, where it is installed.</summary>
public sealed partial class SymPyTests
{
    private const int Models = 32;
    private const int GreatestOrder = 5;

    [SkippableFact]
    public void SymPy_expands_the_formulas_to_the_terms_that_the_operator_prints()
    {
        string python = Python();
        string folder = Directory.CreateTempSubdirectory("operatorgen-sympy-").FullName;
        try
        {
            for (int i = 0; i < Models; i++)
            {
                Write(folder, string.Create(CultureInfo.InvariantCulture, $"model{i:00}"), Draw(i));
            }

            // The comparison must see one coefficient that is off in its last bit, one term too few and one too many.
            SymbolicOperator exact = Expand("polynomial(1/3, 1, -2/7, 5)", 3, [0.5, 0, 0.25, 0], [1, 0, 1, 0], null);
            Write(folder, "wrong-rational", exact, json => json.Replace("\"exact\":\"-4/7\"", "\"exact\":\"-4000001/7000001\"", StringComparison.Ordinal));
            SymbolicOperator rounded = Expand("gelu-erf", 2, [0.5, 0, 0.25, 0], [1, 0, 1, 0], null);
            Write(folder, "wrong-double", rounded, json => json.Replace("0x1.9884533d43651p-1", "0x1.9884533d43650p-1", StringComparison.Ordinal));
            Write(folder, "one-too-few", exact, json => LastTerm().Replace(json, "$1\n"));
            Write(folder, "one-too-many", exact, json => LastTerm().Replace(json, "$1,$2,{\"coefficient\":1,\"exact\":\"1\",\"monomial\":[[0,9]]}\n"));
            Write(folder, "wrong-source", exact, source: text => text.Replace("    -Rational(4, 7)*w_0*w_1", "    -Rational(4, 9)*w_0*w_1", StringComparison.Ordinal));

            string[][] lines = [.. Run(python, Path.Combine(RepositoryFolder.Path, "tests", "OperatorGen.Compiler.Tests", "Operators", "compare_sympy.py"), folder)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' '))];
            Assert.Equal(Models + 5, lines.Length);
            foreach (string[] line in lines)
            {
                bool isWrong = !line[0].StartsWith("model", StringComparison.Ordinal);
                Assert.True(int.Parse(line[1], CultureInfo.InvariantCulture) > 0, line[0]);
                Assert.True((line[2] != "0") == isWrong, $"{line[0]}: {line[2]} differences in {line[1]} terms");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public void The_file_runs_by_itself_and_prints_the_difference()
    {
        string source = OperatorSymPy.Render(Expand("gelu-tanh", 4, [0.9, 0.1, 0.5, 0], [1, 2, 3, 0], 0.1), new OperatorView());
        Assert.Equal("0", RunSource(source).Trim());
        Assert.Equal("d/6", RunSource(source.Replace("Rational(1, 2)*d,", "Rational(1, 3)*d,", StringComparison.Ordinal)).Trim());
    }

    /// <summary>A symbol that Python has another use for, and eigenvalues and weights with symbols: e^(-lambda/2) and 3 times its integral.</summary>
    [SkippableFact]
    public void Eigenvalues_and_weights_with_symbols_are_expressions()
    {
        SequenceModel model = TestModels.Inline("identity", DiscretizationRule.ZeroOrderHold, "yield", "1/3", ["-1/2", "0", "1", "0", "3", "0"]);
        SymbolicOperator symbolic = CompilerStages.Expand(model, new ModelOptions(1), default).Value!;
        string source = OperatorSymPy.Render(symbolic, new OperatorView()) + "    print(eigenvalues[w_0].diff(yield_) / eigenvalues[w_0], weights[w_0].subs(yield_, 0), weights[w_0].diff(yield_).subs(yield_, 0), weights[d])\n";
        Assert.Equal("0 -1/2 0 6 1/3", RunSource(source).Replace('\n', ' ').Trim());
    }

    /// <summary>The equations of a cell are SymPy's, and the kernel has the values of the waves: 2/2^3 + Re((1 - i/2) (3i/4)^3) = 5/128, and 2 + 1 + 1/4 at 0.</summary>
    [SkippableFact]
    public void The_equations_of_a_cell_are_evaluated_by_SymPy()
    {
        SymbolicOperator symbolic = Expand("identity", 1, [0.5, 0, 0, 0.75], [2, 0, 1, -0.5], 0.25);
        Formula[] formulas = [.. symbolic.Layers[0].Cell.Formulas];
        Assert.StartsWith("K(tau) = ", formulas[^1].Text, StringComparison.Ordinal);
        string source = "from sympy import *\n"
            + "s, w, v, o, d, K, lambda_, weight = map(Function, ['s', 'w', 'v', 'o', 'd', 'K', 'lambda_', 'weight'])\nn, t, tau, N, D = symbols('n t tau N D')\n"
            + "equations = [" + string.Join(", ", formulas.Select(formula => ExpressionSymPy.Render(formula.Tree))) + "]\n"
            + "def kernel(time):\n    return equations[-1].rhs.subs({tau: time, N: 2}).doit().subs({D: Rational(1, 4), weight(0): 2, weight(1): 1 - I/2, lambda_(0): Rational(1, 2), lambda_(1): 3*I/4})\n"
            + "print(len(equations), kernel(3), kernel(0))\n";
        Assert.Equal("5 5/128 13/4", RunSource(source).Trim());
    }

    /// <summary>A model of 1 to 6 waves, with and without skip, at the orders 1 to 5; every function with a series in turn, every other one a polynomial.</summary>
    private static SymbolicOperator Draw(int seed)
    {
        var random = new Random(seed);
        string[] functions = [.. DecoderFunctions.All.Where(f => f.HasTaylorSeries).Select(f => f.Name)];
        string decoder = seed % 2 == 0 ? functions[seed / 2 % functions.Length] : Polynomial(random);
        int waves = random.Next(1, 7);
        double[] Numbers() => [.. Enumerable.Range(0, 2 * waves).Select(_ => random.NextDouble() - 0.5)];
        return Expand(decoder, (seed % GreatestOrder) + 1, Numbers(), Numbers(), random.Next(2) == 0 ? random.NextDouble() : null);
    }

    private static string Polynomial(Random random) => string.Create(
        CultureInfo.InvariantCulture, $"polynomial({random.Next(-3, 4)}/7, {random.Next(1, 9)}/3, -{random.Next(1, 9)}/11, {random.Next(-5, 5)}.25, {random.Next(1, 5)}/13, 1e-3)");

    private static SymbolicOperator Expand(string decoder, int order, double[] eigenvalues, double[] weights, double? skip) =>
        CompilerStages.Expand(TestModels.Waves(decoder, eigenvalues, weights, skip), new ModelOptions(order), default).Value!;

    private static void Write(string folder, string name, SymbolicOperator symbolic, Func<string, string>? json = null, Func<string, string>? source = null)
    {
        string written = OperatorJson.Render(symbolic, new OperatorView(Top: int.MaxValue)), python = OperatorSymPy.Render(symbolic, new OperatorView());
        string changedJson = json is null ? written : json(written), changedPython = source is null ? python : source(python);
        Assert.Equal(json is null && source is null, changedJson == written && changedPython == python);
        File.WriteAllText(Path.Combine(folder, name + ".json"), changedJson);
        File.WriteAllText(Path.Combine(folder, name + ".py"), changedPython);
    }

    private static string Python()
    {
        foreach (string python in new[] { "/usr/bin/python3", "python3" })
        {
            try
            {
                if (Start(python, ["-c", "import sympy"]).ExitCode == 0)
                {
                    return python;
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        throw new SkipException("SymPy is not installed: neither /usr/bin/python3 nor python3 can import sympy.");
    }

    private static string RunSource(string source)
    {
        string python = Python();
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, source);
            return Run(python, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Run(string python, params string[] arguments)
    {
        (int exitCode, string output, string error) = Start(python, arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static (int ExitCode, string Output, string Error) Start(string python, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "python does not end");
        return (process.ExitCode, output, error.Result);
    }

    // The last two terms of the last list of them.
    [GeneratedRegex(@"(\n *\{""coefficient""[^\n]*),(\n *\{""coefficient""[^\n]*)\n(?= *\])")]
    private static partial Regex LastTerm();
}
