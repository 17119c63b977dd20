using System;
using System.Globalization;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>A polynomial would have more terms than allowed. Thrown before the memory for them is taken.</summary>
public sealed class TermLimitException : Exception
{
    /// <summary>Says how many terms there would be, and how many may be.</summary>
    /// <param name="count">The number of terms of the result where it is known in advance, else the number reached.</param>
    /// <param name="limit">The number allowed.</param>
    public TermLimitException(BigInteger count, int limit)
        : base($"The polynomial would have at least {count.ToString(CultureInfo.InvariantCulture)} terms; the limit is {limit.ToString(CultureInfo.InvariantCulture)}.")
    {
        Count = count;
        Limit = limit;
    }

    /// <summary>The number of terms of the result where it is known in advance, else the number reached.</summary>
    public BigInteger Count { get; }

    /// <summary>The number allowed.</summary>
    public int Limit { get; }
}
