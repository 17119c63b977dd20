using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using OperatorGen.Symbolics;

namespace OperatorGen.Benchmarks;

/// <summary>
/// The third power of c_0 x_0 + ... + c_63 x_63, 45,760 terms, by general multiplication; and the terms of the same power of a sum one after another.
/// </summary>
[MemoryDiagnoser]
public class SymbolicsBenchmarks
{
    private static readonly BigRational[] s_fractions = [.. Enumerable.Range(0, 64).Select(i => new BigRational((2 * i) + 3, (3 * i) + 7))];

    private readonly Polynomial<BigRational, RationalRing> _fractions = Sum<BigRational, RationalRing>(s_fractions);

    private readonly Polynomial<double, DoubleRing> _doubles = Sum<double, DoubleRing>(s_fractions.Select(c => c.ToDouble()));

    /// <summary>Two general multiplications of double polynomials.</summary>
    [Benchmark]
    public int ProductOfDoubles() => (_doubles * _doubles * _doubles).Count;

    /// <summary>Two general multiplications of exact polynomials.</summary>
    [Benchmark]
    public int ProductOfRationals() => (_fractions * _fractions * _fractions).Count;

    /// <summary>The terms one after another, none kept.</summary>
    [Benchmark]
    public int EnumerationOfDoubles()
    {
        int count = 0;
        foreach (Term<double> term in new MultinomialExpansion<double, DoubleRing>([0, 0, 0, 1], 64))
        {
            count += term.Coefficient > 0 ? 1 : 0;
        }

        return count;
    }

    private static Polynomial<T, TRing> Sum<T, TRing>(IEnumerable<T> coefficients)
        where TRing : struct, IRing<T> =>
        Polynomial<T, TRing>.FromTerms(coefficients.Select((c, i) => new Term<T>(Monomial.Variable(i), c)));
}
