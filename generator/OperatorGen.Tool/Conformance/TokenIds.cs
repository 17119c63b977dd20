using System;

namespace OperatorGen.Tool.Conformance;

/// <summary>Ids of tokens that came as numbers, as files hold them.</summary>
internal static class TokenIds
{
    /// <summary>The numbers as ids.</summary>
    /// <exception cref="UnusableInputException">One of them is no whole number that an id could be.</exception>
    public static int[] Of(ReadOnlySpan<double> numbers)
    {
        var ids = new int[numbers.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = numbers[i] >= 0 && numbers[i] <= int.MaxValue && numbers[i] == Math.Floor(numbers[i])
                ? (int)numbers[i]
                : throw new UnusableInputException($"Number {i} of the input is {Symbolics.NumberText.Format(numbers[i])}; the id of a token, a whole number from 0, is expected.");
        }

        return ids;
    }
}
