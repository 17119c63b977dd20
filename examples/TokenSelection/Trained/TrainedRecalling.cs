using System;
using System.Linq;

namespace TokenSelections.Trained;

/// <summary>Associative recall, as <c>examples/training/tasks.py</c> defines it: pairs of key and value, and all keys again in another order, each with its value asked for.</summary>
internal static class TrainedRecalling
{
    /// <summary>How many values there are.</summary>
    public const int Values = 16;

    private const int Keys = 16;

    /// <summary>The share of the keys of fresh texts whose value is chosen.</summary>
    public static double Accuracy(TrainedRecall model, int pairs, int texts, int seed)
    {
        var random = new Random(seed);
        int right = 0;
        for (int i = 0; i < texts; i++)
        {
            int[] keys = [.. Enumerable.Range(0, Keys)], order = [.. Enumerable.Range(0, pairs)];
            random.Shuffle(keys);
            random.Shuffle(order);
            int[] values = [.. Enumerable.Range(0, pairs).Select(_ => Keys + random.Next(Values))];
            int[] tokens = [.. Enumerable.Range(0, pairs).SelectMany(j => new[] { keys[j], values[j] }), .. order.Select(j => keys[j])];
            var logits = new float[tokens.Length * TrainedRecall.OutputWidth];
            model.Forward(tokens, logits);
            right += Enumerable.Range(0, pairs).Count(j => Logits.Choice<float>(logits, (2 * pairs) + j, TrainedRecall.OutputWidth) == values[order[j]]);
        }

        return right / (double)(texts * pairs);
    }

    /// <summary>The share of the keys for which the value that came most often in their text is right: what can be known without knowing whose the values are.</summary>
    public static double MostFrequent(int pairs, int texts, int seed)
    {
        var random = new Random(seed);
        int right = 0;
        for (int i = 0; i < texts; i++)
        {
            right += Enumerable.Range(0, pairs).Select(_ => random.Next(Values)).CountBy(value => value).Max(value => value.Value);
        }

        return right / (double)(texts * pairs);
    }
}
