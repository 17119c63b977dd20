using System;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen;
using TokenSelections.Construction;

namespace TokenSelections;

/// <summary>What the operator finds in the layer that copies: which of all products of waves make a score. It is told nothing of how the layer was built.</summary>
internal static class CopyOperator
{
    private const int Seed = 5, Length = 20, Asked = 8, Listed = 5;

    /// <summary>Takes the score of one token apart and prints what it is made of.</summary>
    public static void Print(TextWriter output)
    {
        CopyTask task = CopyTask.OfLength(Seed, Length, 1).Single();
        int score = task.Expected[Asked - 1];
        ScoreExplanation explanation = Explain(task.Tokens.AsSpan(0, task.First + Asked), score);
        output.WriteLine($"The operator of the layer with decoder x^3, asked about token {Asked} of {Length} ({explanation.Label}); seed {Seed}");
        output.WriteLine();
        output.WriteLine("order          terms    contribution");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"0                  1    {explanation.Constants.Sum(constant => constant.Contribution),12:F6}"));
        foreach (OrderTotal order in explanation.Orders)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{order.Order}       {order.Count,12}    {order.Contribution,12:F6}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"score                   {explanation.Exact,12:F6}    terms and score differ by {(Math.Abs(explanation.Exact - explanation.Sum) < 1e-12 ? "less than 1e-12" : (explanation.Exact - explanation.Sum).ToString("E1", CultureInfo.InvariantCulture))}"));
        output.WriteLine();
        output.WriteLine(explanation.Products.Single().ToString());
        output.WriteLine($"The {Listed} strongest of the {explanation.Strongest.Count} terms, string wave, start wave and stop wave of one frequency each:");
        output.WriteLine();
        output.WriteLine("contribution  product                    period  frequencies that cancel");
        foreach (ContributionTerm term in explanation.Strongest.Take(Listed))
        {
            OscillatorProduct product = term.Products[0];
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{term.Contribution,12:F6}  {product.Name,-25} {2 * Math.PI / Math.Abs(product.Eigenvalue!.Value.Phase),7:F2}  {product.Resonance}"));
        }
    }

    /// <summary>The explanation of a token's score after the last of some tokens.</summary>
    internal static ScoreExplanation Explain(ReadOnlySpan<int> tokens, int score) => Copy.Explain(tokens, score, top: 100);
}
