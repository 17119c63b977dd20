using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The recurrence of all products of modes' states up to an order. With s_n(t) = lambda_n s_n(t-1) + x_n(t), and powers a = (a_1, a_2, ...),
/// <code>
/// s^a(t) = sum over b up to a of  prod_n C(a_n, b_n)  lambda^b  x(t)^(a - b)  s^b(t-1)
/// </code>
/// A mode of one channel has x_n = v, its input; a shared one a sum over all inputs. The recurrence is linear in the products, with coefficients that are polynomials in the input: the Carleman linearisation of what a polynomial decoder sees (arXiv:2604.20595, summarised). Each
/// product is an oscillator of eigenvalue lambda^a, driven by the products of lower order.
/// </summary>
public sealed class CarlemanLift
{
    /// <summary>The highest order of a lift: binomials up to it are exact enough, and a mode has that many products.</summary>
    public const int GreatestOrder = 32;

    /// <summary>The most monomials that a lift may have.</summary>
    public const int MostMonomials = 100_000;

    private readonly LiftVariable[] _variables;
    private readonly Monomial[] _monomials;
    private readonly Dictionary<Monomial, int> _rows;
    private readonly LiftTerm[]?[] _terms; // of each row, made when they are asked for

    private CarlemanLift(LiftVariable[] variables, Monomial[] monomials, int order)
    {
        (_variables, _monomials, Order) = (variables, monomials, order);
        _terms = new LiftTerm[]?[monomials.Length];
        _rows = [];
        for (int i = 0; i < monomials.Length; i++)
        {
            _rows.Add(monomials[i], i);
        }
    }

    /// <summary>The highest degree of a product.</summary>
    public int Order { get; }

    /// <summary>The states and their conjugates, mode by mode.</summary>
    public IReadOnlyList<LiftVariable> Variables => _variables;

    /// <summary>The products of degree 1 to <see cref="Order"/>, in their canonical order: by degree, then by the variables' places.</summary>
    public IReadOnlyList<Monomial> Monomials => _monomials;

    /// <summary>Lifts the recurrence of modes.</summary>
    /// <param name="eigenvalues">lambda of each mode; a mode with a real one has no conjugate.</param>
    /// <param name="order">The highest degree, 1 to <see cref="GreatestOrder"/>.</param>
    /// <exception cref="ArgumentException">There is no mode, or there would be more than <see cref="MostMonomials"/> products.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is below 1 or above <see cref="GreatestOrder"/>.</exception>
    public static CarlemanLift Of(IReadOnlyList<ComplexNumber> eigenvalues, int order)
    {
        if (order is < 1 or > GreatestOrder)
        {
            throw new ArgumentOutOfRangeException(nameof(order), $"The order of a lift is 1 to {NumberText.Format(GreatestOrder)}, not {NumberText.Format(order)}.");
        }

        if (eigenvalues.Count == 0)
        {
            throw new ArgumentException("A lift has at least one mode.", nameof(eigenvalues));
        }

        var variables = new List<LiftVariable>();
        for (int n = 0; n < eigenvalues.Count; n++)
        {
            ComplexNumber lambda = eigenvalues[n];
            variables.Add(new LiftVariable(n, false, lambda));
            if (lambda.Im != 0)
            {
                variables.Add(new LiftVariable(n, true, lambda.Conjugate()));
            }
        }

        BigInteger count = MonomialCount.UpTo(variables.Count, order) - 1;
        if (count > MostMonomials)
        {
            throw new ArgumentException($"{NumberText.Format(variables.Count)} states with their conjugates have {count.ToString(System.Globalization.CultureInfo.InvariantCulture)} products up to order {NumberText.Format(order)}; a lift has at most {NumberText.Format(MostMonomials)}. Choose a lower order or a smaller model.", nameof(order));
        }

        return new CarlemanLift([.. variables], [.. Products(variables.Count, order)], order);
    }

    /// <summary>What a product is multiplied by at every step without input: the product of its eigenvalues.</summary>
    /// <param name="row">The product's place in <see cref="Monomials"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such product.</exception>
    public ComplexNumber Eigenvalue(int row)
    {
        ComplexNumber product = ComplexNumber.One;
        foreach (Factor factor in _monomials[row])
        {
            product *= Power(_variables[factor.Variable].Eigenvalue, factor.Power);
        }

        return product;
    }

    /// <summary>The row of the conjugate of a product; its own where it is real.</summary>
    /// <param name="row">The product's place in <see cref="Monomials"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such product.</exception>
    public int Conjugate(int row)
    {
        var factors = new List<Factor>();
        foreach (Factor factor in _monomials[row])
        {
            LiftVariable variable = _variables[factor.Variable];
            int other = variable.Eigenvalue.Im == 0 ? factor.Variable : variable.IsConjugate ? factor.Variable - 1 : factor.Variable + 1;
            factors.Add(new Factor(other, factor.Power));
        }

        return _rows[Monomial.FromFactors(factors)];
    }

    /// <summary>The summands of a product's next value: the product itself first, then by falling degree, the constant last.</summary>
    /// <param name="row">The product's place in <see cref="Monomials"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such product.</exception>
    public IReadOnlyList<LiftTerm> Terms(int row) => _terms[row] ??= Expand(_monomials[row]);

    /// <summary>One time step of all products, of modes that one input drives with weight 1.</summary>
    /// <param name="before">Their values before it, in the order of <see cref="Monomials"/>.</param>
    /// <param name="input">v(t).</param>
    /// <param name="after">Their values after it.</param>
    /// <exception cref="ArgumentException">A length is not the number of products.</exception>
    public void Step(ReadOnlySpan<ComplexNumber> before, double input, Span<ComplexNumber> after)
    {
        var drives = new ComplexNumber[_variables[_variables.Length - 1].Mode + 1];
        drives.AsSpan().Fill(input);
        Step(before, drives, after);
    }

    /// <summary>One time step of all products.</summary>
    /// <param name="before">Their values before it, in the order of <see cref="Monomials"/>.</param>
    /// <param name="drives">x_n(t), [mode].</param>
    /// <param name="after">Their values after it.</param>
    /// <exception cref="ArgumentException">A length is not the number of products, or of modes.</exception>
    public void Step(ReadOnlySpan<ComplexNumber> before, ReadOnlySpan<ComplexNumber> drives, Span<ComplexNumber> after)
    {
        int modes = _variables[_variables.Length - 1].Mode + 1;
        if (drives.Length != modes)
        {
            throw new ArgumentException($"The lift has {NumberText.Format(modes)} modes, but {NumberText.Format(drives.Length)} drives were given.", nameof(drives));
        }

        if (before.Length != _monomials.Length || after.Length != _monomials.Length)
        {
            throw new ArgumentException($"The lift has {NumberText.Format(_monomials.Length)} products, but {NumberText.Format(before.Length)} values were given and there is room for {NumberText.Format(after.Length)}.", nameof(before));
        }

        for (int row = 0; row < _monomials.Length; row++)
        {
            ComplexNumber sum = ComplexNumber.Zero;
            foreach (LiftTerm term in Terms(row))
            {
                ComplexNumber value = term.Source < 0 ? ComplexNumber.One : before[term.Source];
                sum += Product(term.Drives, drives) * term.Coefficient * value;
            }

            after[row] = sum;
        }
    }

    private ComplexNumber Product(Monomial powers, ReadOnlySpan<ComplexNumber> drives)
    {
        ComplexNumber product = ComplexNumber.One;
        foreach (Factor factor in powers)
        {
            LiftVariable variable = _variables[factor.Variable];
            ComplexNumber drive = drives[variable.Mode];
            product *= Power(variable.IsConjugate ? drive.Conjugate() : drive, factor.Power);
        }

        return product;
    }

    private LiftTerm[] Expand(Monomial monomial)
    {
        var factors = new List<Factor>();
        foreach (Factor factor in monomial)
        {
            factors.Add(factor);
        }

        var kept = factors.ConvertAll(factor => factor.Power); // of each factor; the rest is the input's
        List<LiftTerm> terms = [];
        do
        {
            ComplexNumber coefficient = ComplexNumber.One;
            List<Factor> left = [], drives = [];
            for (int i = 0; i < kept.Count; i++)
            {
                coefficient *= Binomial(factors[i].Power, kept[i]) * Power(_variables[factors[i].Variable].Eigenvalue, kept[i]);
                left.Add(new Factor(factors[i].Variable, kept[i]));
                drives.Add(new Factor(factors[i].Variable, factors[i].Power - kept[i]));
            }

            int degree = kept.Sum();
            terms.Add(new LiftTerm(degree == 0 ? -1 : _rows[Monomial.FromFactors(left)], coefficient, Monomial.FromFactors(drives)));
        }
        while (Next(kept, factors));
        return [.. terms.OrderBy(term => term.InputPower)];
    }

    /// <summary>The next choice of powers, downwards; false after the last.</summary>
    private static bool Next(List<int> kept, List<Factor> factors)
    {
        for (int i = kept.Count - 1; i >= 0; i--)
        {
            if (kept[i] > 0)
            {
                kept[i]--;
                return true;
            }

            kept[i] = factors[i].Power;
        }

        return false;
    }

    private static IEnumerable<Monomial> Products(int variables, int order)
    {
        for (int degree = 1; degree <= order; degree++)
        {
            var places = new int[degree]; // ascending
            do
            {
                yield return Monomial.Of([.. places]);
            }
            while (Next(places, variables));
        }
    }

    /// <summary>The next ascending choice with repetition; false after the last.</summary>
    private static bool Next(int[] places, int variables)
    {
        int i = places.Length - 1;
        while (i >= 0 && places[i] == variables - 1)
        {
            i--;
        }

        if (i < 0)
        {
            return false;
        }

        int value = places[i] + 1;
        for (; i < places.Length; i++)
        {
            places[i] = value;
        }

        return true;
    }

    private static double Binomial(int n, int k)
    {
        double value = 1;
        for (int i = 1; i <= k; i++)
        {
            value = value * (n - k + i) / i;
        }

        return value;
    }

    private static ComplexNumber Power(ComplexNumber value, int power)
    {
        ComplexNumber product = ComplexNumber.One;
        for (int i = 0; i < power; i++)
        {
            product *= value;
        }

        return product;
    }
}
