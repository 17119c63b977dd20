using System;
using System.Globalization;
using System.IO;
using System.Linq;
using TokenSelections.Construction;

namespace TokenSelections;

/// <summary>Associative recall with the query last: all keys that have a place of their own on the ring, and more than it has places for.</summary>
internal static class Recall
{
    private const int Seed = 7, Texts = 500;

    /// <summary>Prints the table.</summary>
    public static void Print(TextWriter output)
    {
        var small = new Recall16();
        var large = new Recall24();
        output.WriteLine($"Associative recall, the query last: key value key value ... query, {RecallModel.Values} values (seed {Seed}, {Texts} texts each)");
        output.WriteLine();
        output.WriteLine("nodes  keys  pairs                                      right");
        Row(output, new RecallModel(16, 16), 16, small.Forward);
        Row(output, new RecallModel(24, 64), 8, large.Forward);
        Row(output, new RecallModel(24, 64), 32, large.Forward);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chance                                               {100.0 / RecallModel.Values,5:F1} %"));
    }

    /// <summary>In how many random texts the value of the query's key has the greatest logit.</summary>
    internal static int Right(RecallModel model, int pairs, int texts, Copying.Forward forward)
    {
        var random = new Random(Seed);
        int right = 0;
        for (int i = 0; i < texts; i++)
        {
            int[] keys = [.. Enumerable.Range(0, model.Keys)];
            random.Shuffle(keys);
            int[] values = [.. Enumerable.Range(0, pairs).Select(_ => random.Next(RecallModel.Values))];
            int asked = random.Next(pairs);
            int[] tokens = [.. Enumerable.Range(0, pairs).SelectMany(j => new[] { keys[j], model.Keys + values[j] }), keys[asked]];
            var logits = new double[tokens.Length * model.Tokens];
            forward(tokens, logits);
            right += Logits.IsGreatest(logits.AsSpan(^model.Tokens..), model.Keys + values[asked]) ? 1 : 0;
        }

        return right;
    }

    private static void Row(TextWriter output, RecallModel model, int pairs, Copying.Forward forward)
    {
        int right = Right(model, pairs, Texts, forward);
        string room = model.Keys <= model.Nodes ? "a node for every key" : $"{model.Keys} keys share {model.Nodes} nodes";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Nodes,5} {model.Keys,5} {pairs,6}  {room,-30}  {100.0 * right / Texts,5:F1} %"));
    }
}
