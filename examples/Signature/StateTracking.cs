using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;

namespace Signatures;

/// <summary>Which element the product of all tokens so far is: by three states of a cell whose matrices do not commute, and the most that any cell can know whose matrices commute.</summary>
internal static class StateTracking
{
    private const int Seed = 2;
    private static readonly int[] s_lengths = [20, 1_000, 100_000];

    /// <summary>Prints the accuracy at each length, and the ceilings.</summary>
    public static void Print(TextWriter output)
    {
        var group = Group.Of((ControlledRecurrence)A5.Operator.Layers[0].Recurrence);
        output.WriteLine($"State tracking in A5, {group.Size} tokens: which rotation all tokens together are, by three states (seed {Seed})");
        output.WriteLine();
        output.WriteLine("length    right    of all    drift");
        foreach (int length in s_lengths)
        {
            (int right, double drift) = Track(group, length);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{length,6} {right,8}  {100.0 * right / length,6:F1} %    {(drift < 1e-9 ? "below 1e-9" : drift.ToString("E1", CultureInfo.InvariantCulture))}"));
        }

        output.WriteLine();
        output.WriteLine("A cell without B whose matrices commute knows how often each token came, and not in which order. The best guess from that is right in");
        foreach (int position in new[] { 2, 3 })
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * Ceiling(group, position),6:F2} % of all sequences of {position} tokens"));
        }
    }

    /// <summary>At how many steps of a random sequence the nearest point of the orbit is that of the product, and how far the last state is from its point.</summary>
    private static (int Right, double Drift) Track(Group group, int length)
    {
        var random = new Random(Seed);
        var model = new A5();
        A5.State state = model.CreateState();
        double[] sample = new double[group.Size], z = new double[3];
        int right = 0, product = 0;
        for (int t = 0; t < length; t++)
        {
            int token = random.Next(group.Size);
            sample[token] = 1;
            model.Step(sample, z, state);
            sample[token] = 0;
            product = t == 0 ? token : group.Product(token, product);
            right += group.Nearest(z) == product ? 1 : 0;
        }

        return (right, group.Distance(z, product));
    }

    /// <summary>Of all sequences of some tokens: the share that is right if for each bag of tokens the most frequent product is named.</summary>
    internal static double Ceiling(Group group, int length)
    {
        var counts = new Dictionary<string, int[]>();
        var tokens = new int[length];
        do
        {
            int product = tokens[0];
            for (int t = 1; t < length; t++)
            {
                product = group.Product(tokens[t], product);
            }

            string bag = string.Join(",", tokens.Order());
            if (!counts.TryGetValue(bag, out int[]? count))
            {
                counts.Add(bag, count = new int[group.Size]);
            }

            count[product]++;
        }
        while (Next(tokens, group.Size));
        return counts.Values.Sum(count => (double)count.Max()) / Math.Pow(group.Size, length);
    }

    /// <summary>The next sequence, the last token fastest; false after the last.</summary>
    private static bool Next(int[] tokens, int size)
    {
        for (int i = tokens.Length - 1; i >= 0; i--)
        {
            if (++tokens[i] < size)
            {
                return true;
            }

            tokens[i] = 0;
        }

        return false;
    }
}
