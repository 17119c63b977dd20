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
        p => (p + Rational.Zero).Equals(p) && (p * Rational.One).Equals(p) && (p * Rational.Zero).IsZero && (p - p).IsZero));

    [Fact]
    public void A_power_of_a_sum_is_the_binomial_sum() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        (p, q) => (p + q).Power(3).Equals(
            p.Power(3) + (p.Power(2) * q).Scale(3) + (p * q.Power(2)).Scale(3) + q.Power(3))));

    [Fact]
    public void A_power_is_the_repeated_product() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Arb.From(Gen.Choose(0, 5)),
        (p, n) => p.Power(n).Equals(Polynomials.Naive(Enumerable.Repeat(p, n)))));

    [Fact]
    public void The_derivative_of_a_product_follows_the_product_rule() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        Polynomials.Index,
        (p, q, i) => (p * q).Derivative(i).Equals((p.Derivative(i) * q) + (p * q.Derivative(i)))));

    [Fact]
    public void Derivatives_by_two_variables_commute() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Index,
        Polynomials.Index,
        (p, i, j) => p.Derivative(i).Derivative(j).Equals(p.Derivative(j).Derivative(i))));

    [Fact]
    public void Evaluation_is_a_homomorphism() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        Polynomials.Point,
        (p, q, x) => (p * q).Evaluate(x) == p.Evaluate(x) * q.Evaluate(x) && (p + q).Evaluate(x) == p.Evaluate(x) + q.Evaluate(x)));

    [Fact]
    public void The_value_of_a_substitution_is_the_value_at_the_replacements_value()
    {
        // The replaced variable is the point's first one.
        Check.QuickThrowOnFailure(Prop.ForAll(
            Polynomials.Any,
            Polynomials.Any,
            Polynomials.Point,
            (p, q, x) =>
            {
                BigRational direct = p.Substitute(0, q).Evaluate(x);
                BigRational[] moved = [q.Evaluate(x), .. x.Skip(1)];
                return direct == p.Evaluate(moved);
            }));
    }

    [Fact]
    public void Collected_powers_add_up_to_the_polynomial() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Index,
        (p, i) =>
        {
            Rational sum = Rational.Zero;
            foreach (var (power, rest) in p.Collect(i))
            {
                sum += rest * Rational.Variable(i).Power(power);
            }

            return sum.Equals(p) && p.Collect(i).Values.All(rest => rest.Terms.All(t => t.Monomial.PowerOf(i) == 0));
        }));

    [Fact]
    public void A_truncated_product_is_the_product_truncated() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        Arb.From(Gen.Choose(-1, 8)),
        (p, q, degree) => p.Multiply(q, degree).Equals((p * q).Truncate(degree))
            && p.Power(3, degree).Equals(p.Power(3).Truncate(degree))
            && p.Substitute(1, q, degree).Equals(p.Substitute(1, q).Truncate(degree))));

    [Fact]
    public void Terms_are_in_canonical_order_without_zeros() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        (p, q) => IsCanonical(p * q) && IsCanonical(p - q) && IsCanonical(p.Derivative(0)) && IsCanonical((p + q).Power(2))));

    [Fact]
    public void The_coefficient_of_a_monomial_is_found() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        p => p.Terms.All(t => p.Coefficient(t.Monomial) == t.Coefficient) && p.Coefficient(Monomial.Of(17)).IsZero));

    [Fact]
    public void Double_and_complex_coefficients_follow_the_exact_ones() => Check.QuickThrowOnFailure(Prop.ForAll(
        Polynomials.Any,
        Polynomials.Any,
        (p, q) =>
        {
            // Integers: no sum or product of theirs here passes 2^53, so that doubles must be exact.
            Rational a = p.Map<BigRational, RationalRing>(c => c.Numerator);
            Rational b = q.Map<BigRational, RationalRing>(c => c.Numerator);
            Polynomial<double, DoubleRing> expected = ((a * b) - a.Power(2)).Map<double, DoubleRing>(c => c.ToDouble());
            Polynomial<double, DoubleRing> x = a.Map<double, DoubleRing>(c => c.ToDouble());
            Polynomial<double, DoubleRing> y = b.Map<double, DoubleRing>(c => c.ToDouble());
            return ((x * y) - x.Power(2)).Equals(expected);
        }));

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
