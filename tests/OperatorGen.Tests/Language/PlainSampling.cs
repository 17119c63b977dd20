using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tests.Language;

/// <summary>The steps of sampling as they are defined, on lists of tokens with probabilities that are normalised after each step.</summary>
internal static class PlainSampling
{
    public static double[] Distribution(double[] row, int vocabulary, int[] history, SamplingOptions options)
    {
        double[] logits = row[..vocabulary];
        IEnumerable<int> counted = options.RepetitionWindow == 0 ? history : history.TakeLast(options.RepetitionWindow);
        foreach (int token in counted.Distinct())
        {
            logits[token] = logits[token] > 0 ? logits[token] / options.RepetitionPenalty : logits[token] * options.RepetitionPenalty;
        }

        var result = new double[vocabulary];
        if (options.Temperature == 0)
        {
            result[Array.IndexOf(logits, logits.Max())] = 1;
            return result;
        }

        // No maximum is taken away here: the tests keep the arguments of Exp below 700.
        List<(int Token, double Probability)> left = Normal([.. Enumerable.Range(0, vocabulary)
            .OrderByDescending(i => logits[i]).ThenBy(i => i)
            .Select(i => (i, Math.Exp(logits[i] / options.Temperature)))]);
        if (options.TopK > 0)
        {
            left = Normal([.. left.Take(options.TopK)]);
        }

        if (options.TopP < 1)
        {
            int count = 1;
            while (count < left.Count && left.Take(count).Sum(e => e.Probability) < options.TopP)
            {
                count++;
            }

            left = Normal([.. left.Take(count)]);
        }

        left.ForEach(e => result[e.Token] = e.Probability);
        return result;
    }

    private static List<(int Token, double Probability)> Normal(List<(int Token, double Probability)> tokens)
    {
        double sum = tokens.Sum(e => e.Probability);
        return [.. tokens.Select(e => (e.Token, e.Probability / sum))];
    }
}
