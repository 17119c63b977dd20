using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Rational = OperatorGen.Symbolics.Polynomial<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;

namespace OperatorGen.Symbolics.Tests.Algebra;

/// <summary>Random polynomials with small exact coefficients in the variables 0 to 4.</summary>
internal static class Polynomials
{
    public const int Variables = 5;

    private static Gen<BigRational> Coefficient =>
        Gen.Choose(-9, 9).SelectMany(p => Gen.Choose(1, 9).Select(q => new BigRational(p, q)));

    private static Gen<Monomial> Monomial =>
        Gen.Choose(0, Variables - 1).ListOf().Resize(4).Select(indices => Symbolics.Monomial.Of([.. indices]));

    public static Arbitrary<Rational> Any => Arb.From(
        Monomial.SelectMany(m => Coefficient.Select(c => new Term<BigRational>(m, c))).ListOf().Resize(6)
            .Select(terms => Rational.FromTerms(terms)));

    public static Rational Sum(int count) => Rational.FromTerms(
        Enumerable.Range(0, count).Select(i => new Term<BigRational>(Symbolics.Monomial.Variable(i), new BigRational((2 * i) + 3, (3 * i) + 7))));
}
