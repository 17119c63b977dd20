using System;
using System.Collections.Generic;
using System.Text;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The alphabet enlarged by products of letters: one letter for each product of up to D of d base letters, in the order of <see cref="Monomial"/>: 1, 2, [11], [12], [22], ... The first d are the
/// base letters themselves. Iterated sums over it have steps that are products of increments.
/// </summary>
public sealed class ProductAlphabet
{
    private readonly Monomial[] _letters;
    private readonly Dictionary<Monomial, int> _indices = [];

    // A product of degree 2 or more is that of a letter before it and its last base letter.
    private readonly (int Before, int Base)[] _factors;

    /// <summary>Makes the products.</summary>
    /// <param name="baseLetters">d, at least 1.</param>
    /// <param name="degree">D, at least 1: the most base letters in a product.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is less than 1, or there are more products than <see cref="WordOrder.GreatestCount"/>.</exception>
    public ProductAlphabet(int baseLetters, int degree)
    {
        BaseLetters = baseLetters >= 1 ? baseLetters : throw new ArgumentOutOfRangeException(nameof(baseLetters), FormattableString.Invariant($"{baseLetters} letters: an alphabet needs at least 1."));
        Degree = degree >= 1 ? degree : throw new ArgumentOutOfRangeException(nameof(degree), FormattableString.Invariant($"Degree {degree}: the least is 1, which has no products."));
        _letters = new Monomial[CountOf(baseLetters, degree)];
        _factors = new (int, int)[_letters.Length];
        int letter = 0;
        for (int i = 0; i < baseLetters; i++)
        {
            Add(letter++, Monomial.Variable(i), (-1, i));
        }

        for (int before = 0; letter < _letters.Length; before++)
        {
            for (int last = _factors[before].Base; last < baseLetters; last++)
            {
                Add(letter++, _letters[before] * Monomial.Variable(last), (before, last));
            }
        }
    }

    /// <summary>d, the number of base letters.</summary>
    public int BaseLetters { get; }

    /// <summary>D, the most base letters in a product.</summary>
    public int Degree { get; }

    /// <summary>The number of letters, C(d + D, D) - 1.</summary>
    public int Count => _letters.Length;

    /// <summary>The product of base letters that a letter is; x_i stands for the base letter i.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such letter.</exception>
    public Monomial this[int letter] => _letters[Checked(letter)];

    /// <summary>The letter of a product of base letters.</summary>
    /// <exception cref="ArgumentException">It is 1, of a degree above D, or has a letter that is not below d.</exception>
    public int IndexOf(Monomial product) => _indices.TryGetValue(product, out int letter)
        ? letter
        : throw new ArgumentException(FormattableString.Invariant($"The product {product}, of degree {product.Degree}, is no letter: those are products of 1 to {Degree} of {BaseLetters} base letters. Make an alphabet of a higher degree, or of more letters."), nameof(product));

    /// <summary>The letter that is the product of two.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such letter.</exception>
    /// <exception cref="ArgumentException">The product is of a degree above D.</exception>
    public int Product(int first, int second) => IndexOf(this[first] * this[second]);

    /// <summary>The increment of every letter: the products of the base letters' increments.</summary>
    /// <param name="increment">h, [base letter].</param>
    /// <param name="extended">Room for the products, [letter]; what <see cref="Signature.Append(ReadOnlySpan{double})"/> of iterated sums with <see cref="Count"/> letters takes.</param>
    /// <exception cref="ArgumentException">There is not one number per letter.</exception>
    public void Extend(ReadOnlySpan<double> increment, Span<double> extended)
    {
        if (increment.Length != BaseLetters || extended.Length != Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"An increment of {increment.Length} numbers and room for {extended.Length}; the alphabet has {BaseLetters} base letters and {Count} letters."));
        }

        increment.CopyTo(extended);
        for (int letter = BaseLetters; letter < extended.Length; letter++)
        {
            extended[letter] = extended[_factors[letter].Before] * increment[_factors[letter].Base];
        }
    }

    /// <summary>A word in its base letters, counted from 1, products in brackets: <c>1[12]</c> is the letter 1, then the product of 1 and 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A letter is none of the alphabet.</exception>
    public string Text(Word word)
    {
        var text = new StringBuilder();
        foreach (int letter in word.Letters)
        {
            var factors = new List<int>();
            foreach (Factor factor in this[letter])
            {
                for (int i = 0; i < factor.Power; i++)
                {
                    factors.Add(factor.Variable);
                }
            }

            string letters = Word.Of([.. factors]).ToString();
            text.Append(factors.Count == 1 ? letters : "[" + letters + "]");
        }

        return word.Length == 0 ? word.ToString() : text.ToString();
    }

    // C(d + D, D) - 1, by as many factors as the less of the two is.
    private static int CountOf(int baseLetters, int degree)
    {
        long count = 1;
        for (int k = 1; k <= Math.Min(baseLetters, degree); k++)
        {
            count = count * (Math.Max(baseLetters, degree) + (long)k) / k;
            if (count - 1 > WordOrder.GreatestCount)
            {
                throw new ArgumentOutOfRangeException(nameof(degree), FormattableString.Invariant($"There are at least {count - 1} products of up to {degree} of {baseLetters} letters; the limit is {WordOrder.GreatestCount}. Take a lower degree or fewer letters."));
            }
        }

        return (int)(count - 1);
    }

    private void Add(int letter, Monomial product, (int Before, int Base) factors)
    {
        _letters[letter] = product;
        _indices.Add(product, letter);
        _factors[letter] = factors;
    }

    private int Checked(int letter) => (uint)letter < (uint)Count
        ? letter
        : throw new ArgumentOutOfRangeException(nameof(letter), FormattableString.Invariant($"Letter {letter}: the alphabet has the letters 0 to {Count - 1}."));
}
