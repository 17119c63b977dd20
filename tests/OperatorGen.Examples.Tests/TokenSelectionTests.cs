using System;
using System.Globalization;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using TokenSelections;
using TokenSelections.Construction;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>The tables that <c>examples/TokenSelection</c> prints, and its model files.</summary>
public sealed class TokenSelectionTests
{
    [Fact]
    public void The_tables_are_those_of_the_page()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        TokenSelections.Program.Print(writer);
        Assert.Equal(
            """
            Copying strings of 8 codes, every length from 1 to 32, by a ring of 32 modes (seed 3)

                                                                     right of all tokens       largest error
            one layer, decoder x^3: s conj(m) b                    10560   10560  100.0 %      below 1e-12
            SSM + GELU-FNN twice, scales 0.1 and 0.03              10560   10560  100.0 %      1.1E-002
            SSM + GELU-FNN twice, scales 0.3 and 0.1               10560   10560  100.0 %      9.3E-002
            decoder x^3, strings of length 36                        578     720   80.3 %      1.00
            chance                                                            12.5 %

            The operator of the layer with decoder x^3, asked about token 8 of 20 (h); seed 5

            order          terms    contribution
            0                  1       -1.000000
            1                 51        0.000000
            2               1326        0.000000
            3              23426        2.000000
            score                       1.000000    terms and score differ by less than 1e-12

            Of 152,096 products of 3 oscillators and conjugates 32 have a weight, and all of these have frequencies that cancel: k - k + k.
            The 5 strongest of the 17 terms, string wave, start wave and stop wave of one frequency each:

            contribution  product                    period  frequencies that cancel
                0.469258  s(14) conj(s(31)) s(48)      2.29  k - k + k
                0.428160  s(3) conj(s(20)) s(37)      10.67  k - k + k
                0.397974  s(11) conj(s(28)) s(45)      2.91  k - k + k
                0.388628  s(2) conj(s(19)) s(36)      16.00  k - k + k
               -0.322723  s(5) conj(s(22)) s(39)       6.40  k - k + k

            Associative recall, the query last: key value key value ... query, 8 values (seed 7, 500 texts each)

            nodes  keys  pairs                                      right
               16    16     16  a node for every key            100.0 %
               24    64      8  64 keys share 24 nodes           84.8 %
               24    64     32  64 keys share 24 nodes           42.0 %
            chance                                                12.5 %

            Attention, the query first: 64 pairs of a word and a value from 1 to 8, scale 40 (seed 11, 200 texts each)

            words  numbers of a word    right   largest error of the value
             1024                 20  100.0 %   0.018
            16384                 28  100.0 %   0.000

            """.ReplaceLineEndings("\n"),
            string.Concat(writer.ToString().Split('\n').Where(line => !IsFitted(line)).Select(line => line + "\n"))[..^1]);

        // What is fitted by least squares depends a little on the order of sums: 27.5, 16.1 and 17.9 % here. Chance is 12.5.
        double[] fitted = [.. writer.ToString().Split('\n').Where(IsFitted).Select(line => double.Parse(line[69..75], CultureInfo.InvariantCulture))];
        Assert.Equal(3, fitted.Length);
        Assert.All(fitted.Zip([27.5, 16.1, 17.9]), pair => Assert.Equal(pair.Second, pair.First, 0.3));

        static bool IsFitted(string line) => line.Contains("best linear", StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_files_are_those_that_are_built() => ModelFileComparison.AreBuilt("TokenSelection", ModelFiles.All.Select(file => (file.Name, file.Model.ToString())));

    [Fact]
    public void Scores_of_right_and_wrong_tokens_are_made_of_the_same_products()
    {
        CopyTask task = CopyTask.OfLength(9, 12, 1).Single();
        int[] asked = task.Tokens[..(task.First + 3)];
        ScoreExplanation right = CopyOperator.Explain(asked, task.Expected[2]);
        ScoreExplanation wrong = CopyOperator.Explain(asked, (task.Expected[2] + 1) % CopyModels.Codes);
        Assert.True(right.Exact > wrong.Exact);
        foreach (ScoreExplanation explanation in new[] { right, wrong })
        {
            Assert.Equal(explanation.Orders[2].Contribution, explanation.Strongest.Where(term => term.Order == 3).Sum(term => term.Contribution), 1e-12);
            Assert.All(explanation.Strongest.Where(term => term.Order == 3), term => Assert.Equal([17, 17], term.Factors.Zip(term.Factors.Skip(1)).Select(pair => pair.Second.Mode - pair.First.Mode)));
        }
    }

    [Fact]
    public void Start_waves_that_are_out_of_tune_are_found_out()
    {
        // The same layer with all start waves turned a little faster: as many products have a weight, and no frequencies cancel.
        OperatorDescription operators = Copy.Operator;
        LayerDescription layer = operators.Layers[0];
        ModeBank bank = layer.Bank!;
        int ring = bank.ModeCount / 3;
        ComplexNumber turn = ComplexNumber.Exp(new ComplexNumber(0, 0.01));
        var detuned = ModeBank.Shared(
            bank.Inputs,
            [.. Enumerable.Range(0, bank.ModeCount).Select(m => m / ring == 1 ? turn * bank.Eigenvalue(m) : bank.Eigenvalue(m))],
            [.. Enumerable.Range(0, bank.ModeCount * bank.Inputs).Select(i => bank.Drive(i / bank.Inputs, i % bank.Inputs))],
            [.. Enumerable.Range(0, bank.Readouts).SelectMany(h => bank.Waves(h).Select(wave => wave.Weight))],
            null);
        OperatorDescription other = operators with { Layers = [layer with { Recurrence = detuned }] };
        CopyTask task = CopyTask.OfLength(9, 12, 1).Single();
        int[] asked = task.Tokens[..(task.First + 3)];
        var rows = new double[asked.Length * Copy.InputWidth];
        Copy.Embed(asked, rows);
        ProductCount tuned = Assert.Single(CopyOperator.Explain(asked, task.Expected[2]).Products), untuned = Assert.Single(new OperatorExplainer(other).Of(rows).Explain(task.Expected[2]).Products);
        Assert.Equal("k - k + k", tuned.Resonance);

        // Start waves with eigenvalues 1 and -1 are complex now, so that their products with conjugates count too.
        Assert.Equal((34, (string?)null), (untuned.Weighted, untuned.Resonance));
    }

    [Fact]
    public void A_root_of_unity_has_the_symmetry_of_the_ring()
    {
        var ring = new Ring(24);
        for (int k = 0; k < ring.Nodes; k++)
        {
            Assert.Equal(Math.Cos(2 * Math.PI * k / ring.Nodes), ring.Root(k).Real, 1e-15);
            Assert.Equal(Math.Sin(2 * Math.PI * k / ring.Nodes), ring.Root(k).Imaginary, 1e-15);
            Assert.Equal(ring.Root(k), System.Numerics.Complex.Conjugate(ring.Root(-k)));
        }

        Assert.Equal([1, 0, -1, 0], new[] { 0, 6, 12, 18 }.Select(k => ring.Root(k).Real));
    }
}
