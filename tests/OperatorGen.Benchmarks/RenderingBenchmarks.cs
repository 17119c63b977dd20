using System.Linq;
using BenchmarkDotNet.Attributes;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Benchmarks;

/// <summary>Expansion and rendering of x + x^2 + x^3 of 64 waves at order 3: 47,904 terms, 45,760 of them of degree 3.</summary>
[MemoryDiagnoser]
public class RenderingBenchmarks
{
    private const int Waves = 64;

    private readonly DecoderExpansion _expansion = new(PolynomialFunction.TryParse("polynomial(0, 1, 1, 1)")!, 3);
    private readonly VariableNames _names = OperatorView.Names(Waves);
    private readonly SymbolicOperator _symbolic = Operator();

    /// <summary>The terms with exact coefficients, one after another, none kept.</summary>
    [Benchmark]
    public int Expansion()
    {
        int degree = 0;
        foreach (DecoderTerm term in _expansion.Terms(Waves))
        {
            degree += term.Monomial.Degree;
        }

        return degree;
    }

    /// <summary>The expansion and its LaTeX, one text.</summary>
    [Benchmark]
    public int ExpansionAndLatex() =>
        ExpressionLatex.Render(Eq.Add(_expansion.Terms(Waves).Select(term => term.Tree(_names)))).Length;

    /// <summary>The whole operator with all terms as LaTeX.</summary>
    [Benchmark]
    public int OperatorAsLatex() => OperatorLatex.Render(_symbolic, new OperatorView(Top: int.MaxValue)).Length;

    /// <summary>The whole operator with all terms as a page of MathML.</summary>
    [Benchmark]
    public int OperatorAsMathML() => OperatorMathML.Render(_symbolic, new OperatorView(Top: int.MaxValue)).Length;

    /// <summary>The whole operator with all terms as a Python file.</summary>
    [Benchmark]
    public int OperatorAsSymPy() => OperatorSymPy.Render(_symbolic, new OperatorView()).Length;

    private static SymbolicOperator Operator()
    {
        InlineMode[] modes = [.. Enumerable.Range(0, Waves).Select(n => new InlineMode(0.9 - (0.01 * n), 0.01 * n, 1, 0, 1, 0.5))];
        ModelDeclaration declaration = new InlineModel(modes.ToEquatableArray(), null, null, DiscretizationRule.None, "polynomial(0, 1, 1, 1)", 1, ModelOptions.None).ToDeclaration();
        return CompilerStages.Expand(CompilerStages.Resolve(declaration, default).Value!, new ModelOptions(3), default).Value!;
    }
}
