using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OperatorGen;

/// <summary>How tokens or text are generated, and when that ends. Lists are copied, and two options with lists are equal only where one is made of the other.</summary>
public sealed record GenerationOptions
{
    /// <summary>How a token is chosen.</summary>
    public SamplingOptions Sampling
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Sampling));
    } = new();

    /// <summary>How many tokens are given out at most; 0 only reads the prompt.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxTokens
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTokens), string.Create(CultureInfo.InvariantCulture, $"{nameof(MaxTokens)} is {value}; it has to be 0 or more."));
    } = 256;

    /// <summary>Tokens that end the generation; ids of the model's vocabulary.</summary>
    public IReadOnlyList<int> StopTokens
    {
        get;
        init => field = [.. value ?? throw new ArgumentNullException(nameof(StopTokens))];
    } = [];

    /// <summary>Strings that end a generation of text, compared character by character (ordinal); a generation of tokens does not look at them.</summary>
    /// <exception cref="ArgumentException">A string is empty or has half of a surrogate pair, which no text has.</exception>
    public IReadOnlyList<string> StopStrings
    {
        get;
        init => field = Check(value);
    } = [];

    /// <summary>The vector width of the model's code.</summary>
    public VectorWidth Width { get; init; }

    private static string[] Check(IReadOnlyList<string> stops)
    {
        ArgumentNullException.ThrowIfNull(stops);
        for (int i = 0; i < stops.Count; i++)
        {
            if (string.IsNullOrEmpty(stops[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Stop string {i} is empty; one has at least one character."), nameof(stops));
            }

            for (int at = 0; at < stops[i].Length;)
            {
                if (!Rune.TryGetRuneAt(stops[i], at, out Rune character))
                {
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Stop string {i} has half of a surrogate pair at position {at}, which no text has."), nameof(stops));
                }

                at += character.Utf16SequenceLength;
            }
        }

        return [.. stops];
    }
}
