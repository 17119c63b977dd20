using System;
using System.Globalization;

namespace OperatorGen;

/// <summary>The checks of ids of tokens, made before anything changes.</summary>
internal static class TokenIds
{
    public static void Check(int token, int vocabulary, string parameter)
    {
        if ((uint)token >= (uint)vocabulary)
        {
            throw new ArgumentOutOfRangeException(parameter, string.Create(
                CultureInfo.InvariantCulture,
                $"The token {token} is outside of the vocabulary: its {vocabulary} ids are 0 to {vocabulary - 1}."));
        }
    }

    public static void Check(ReadOnlySpan<int> tokens, int vocabulary, string parameter)
    {
        for (int t = 0; t < tokens.Length; t++)
        {
            if ((uint)tokens[t] >= (uint)vocabulary)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The token {tokens[t]} at position {t} is outside of the vocabulary: its {vocabulary} ids are 0 to {vocabulary - 1}."),
                    parameter);
            }
        }
    }
}
