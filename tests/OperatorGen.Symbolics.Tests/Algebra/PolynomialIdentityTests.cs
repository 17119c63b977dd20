using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Rational = OperatorGen.Symbolics.Polynomial<OperatorGen.Symbolics.BigRational, OperatorGen.Symbolics.RationalRing>;

namespace OperatorGen.Symbolics.Tests.Algebra;

public class PolynomialIdentityTests
{
    [Fact]
    public void Sum_and_product_are_commutative() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        (p, q) => (p + q).Equals(q + p) && (p * q).Equals(q * p)));

    [Fact]
    public void Products_are_associative_and_distribute_over_sums() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        Polynomials.Any,
        (p, q, r) => (p * (q + r)).Equals((p * q) + (p * r)) && (p * q * r).Equals(p * (q * r)) && (p + q - q).Equals(p)));

    [Fact]
    public void Zero_and_one_are_neutral() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        p => (p + Rational.Zero).Equals(p) && (p * Rational.One).Equals(p) && (p * Rational.Zero).Count == 0 && (p - p).Count == 0));

    [Fact]
    public void The_terms_of_a_product_are_the_sums_of_all_pairs() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        (p, q) =>
        {
            Monomial[] pairs = [.. p.Terms.SelectMany(a => q.Terms.Select(b => a.Monomial * b.Monomial)).Distinct()];
            return pairs.All(m => (p * q).Coefficient(m) == p.Terms.SelectMany(a => q.Terms.Where(b => (a.Monomial * b.Monomial).Equals(m)).Select(b => a.Coefficient * b.Coefficient)).Aggregate((x, y) => x + y))
                && (p * q).Terms.All(term => pairs.Contains(term.Monomial));
        }));

    [Fact]
    public void A_product_up_to_a_degree_is_that_part_of_the_product() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        Arb.From(Gen.Choose(-1, 8)),
        (p, q, degree) => p.Multiply(q, degree).Equals(Rational.FromTerms((p * q).Terms.Where(term => term.Monomial.Degree <= degree)))));

    [Fact]
    public void Doubles_follow_the_exact_coefficients() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        (p, q) =>
        {
            // Integers: no sum or product of theirs here passes 2^53, so that doubles must be exact.
            Rational a = Rational.FromTerms(p.Terms.Select(term => new Term<BigRational>(term.Monomial, term.Coefficient.Numerator)));
            Rational b = Rational.FromTerms(q.Terms.Select(term => new Term<BigRational>(term.Monomial, term.Coefficient.Numerator)));
            return ((Doubles(a) * Doubles(b)) - (Doubles(a) * Doubles(a))).Equals(Doubles((a * b) - (a * a)));
        }));

    [Fact]
    public void Terms_are_in_canonical_order_without_zeros() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        (p, q) => IsCanonical(p * q) && IsCanonical(p - q) && IsCanonical((p + q) * (p + q))));

    [Fact]
    public void The_coefficient_of_a_monomial_is_found() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        p => p.Terms.All(t => p.Coefficient(t.Monomial) == t.Coefficient) && p.Coefficient(Monomial.Of(17)).IsZero));

    private static Polynomial<double, DoubleRing> Doubles(Rational p) =>
        Polynomial<double, DoubleRing>.FromTerms(p.Terms.Select(term => new Term<double>(term.Monomial, term.Coefficient.ToDouble())));

    private static bool IsCanonical(Rational p)
    {
        for (int i = 0; i < p.Count; i++)
        {
            if (p[i].Coefficient.IsZero || (i > 0 && p[i - 1].Monomial >= p[i].Monomial))
            {
                return false;
            }
        }

        return true;
    }
}
