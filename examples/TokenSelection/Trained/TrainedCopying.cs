using System;
using System.Linq;
using System.Numerics;

namespace TokenSelections.Trained;

/// <summary>Copying, as <c>examples/training/tasks.py</c> defines it: start, a string of 16 words, stop, and blanks under which it is to be written again.</summary>
internal static class TrainedCopying
{
    /// <summary>The words; start, stop and blank follow them.</summary>
    public const int Words = 16;

    /// <summary>A random string.</summary>
    public static int[] String(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.Next(Words))];

    /// <summary>The tokens of a string, blanks included.</summary>
    public static int[] Tokens(int[] words) => [Words, .. words, Words + 1, .. Enumerable.Repeat(Words + 2, words.Length)];

    /// <summary>The time step under which a word is to be written.</summary>
    /// <param name="length">The length of the string.</param>
    /// <param name="word">Which word, from 0.</param>
    public static int StepOf(int length, int word) => length + 2 + word;

    /// <summary>How many words of a string are written again.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="words">The string.</param>
    /// <param name="logits">What was computed for its tokens, [time, token].</param>
    public static int Right<T>(int[] words, T[] logits)
        where T : INumber<T> => Enumerable.Range(0, words.Length).Count(j => Logits.Choice<T>(logits, StepOf(words.Length, j), TrainedCopy.OutputWidth) == words[j]);

    /// <summary>The share of the words of fresh strings that are written again.</summary>
    public static double Accuracy(TrainedCopy model, int length, int strings, int seed)
    {
        var random = new Random(seed);
        int right = 0;
        for (int i = 0; i < strings; i++)
        {
            int[] words = String(random, length);
            int[] tokens = Tokens(words);
            var logits = new float[tokens.Length * TrainedCopy.OutputWidth];
            model.Forward(tokens, logits);
            right += Right(words, logits);
        }

        return right / (double)(strings * length);
    }
}
