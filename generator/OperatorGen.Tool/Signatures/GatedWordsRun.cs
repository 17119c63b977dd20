using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Rings;

namespace OperatorGen.Tool.Signatures;

/// <summary>
/// A sequence through a cell of Mamba's kind, without its skip: at the last step the query reads the modes,
/// <code>
/// y = sum_k q_k s_k      s_k = sum_m a_k^m S_k^(2 1^m),   S_k^(2 1^m) = sum_t Delta_t x_k(t) W_t^m / m!,   W_t = sum of Delta after t
/// </code>
/// Of a head with several values the first.
/// </summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Steps">Its length.</param>
/// <param name="Exact">y by the recurrence.</param>
/// <param name="Words">The words of all modes, the strongest contribution first.</param>
/// <param name="Levels">What the words up to each length give, from 1 on.</param>
internal sealed record GatedWordsRun(RingSequence Sequence, int Steps, double Exact, IReadOnlyList<GatedWord> Words, IReadOnlyList<SignatureLevel> Levels)
{
    /// <summary>Runs the recurrence and the words.</summary>
    /// <exception cref="UnusableInputException">The sequence does not fit the model, the model is evaluated in no pass of selective layers, or a number is not finite.</exception>
    public static GatedWordsRun Of(string path, SequenceModel model, OperatorDescription operators, int layer, int cell, IReadOnlyList<double> rates, int level, RingSequence sequence)
    {
        if (SelectivePass.Refusal(operators) is { } reason)
        {
            throw new UnusableInputException($"{path}: a sequence is followed where all layers are selective and have no gated linear unit, but {reason}: leave out --data to see the words alone.");
        }

        sequence.Data.Require(model);
        double[] input = (model.Embedding is { } embedding ? sequence.Data.Embedded(embedding) : sequence.Data).Sample(sequence.Index);
        if (input.Length == 0)
        {
            throw new UnusableInputException($"Sequence {NumberText.Format(sequence.Index)} of {sequence.Data.Path} has no sample.");
        }

        SelectivePath steps = new SelectivePass(operators, input).Layer(layer);
        SelectiveRecurrence recurrence = steps.Recurrence;
        int keys = recurrence.Keys, values = recurrence.Values;
        IReadOnlyList<StateDrive> drives = steps.Drives([.. Enumerable.Range(0, keys).Select(key => ((cell * keys) + key) * values)]);
        double[] queries = [.. Enumerable.Range(0, keys).Select(key => steps.Queries[((((steps.Steps - 1) * recurrence.Cells) + cell) * keys) + key])];
        double exact = drives.Zip(queries, (drive, query) => query * drive.StateRe[^1]).Sum();
        double[] value = new double[level], bound = new double[level];
        var words = new List<GatedWord>();
        for (int key = 0; key < keys; key++)
        {
            double rate = rates[rates.Count == 1 ? 0 : key];
            double[] sums = Sums(drives[key], rate, level, out double[] rest);
            double power = 1;
            for (int m = 0; m < level; m++, power *= rate)
            {
                words.Add(new GatedWord(key, m + 1, queries[key] * power, sums[m]));
                value[m] += queries[key] * power * sums[m];
                bound[m] += Math.Abs(queries[key]) * rest[m];
            }
        }

        for (int m = 1; m < level; m++)
        {
            value[m] += value[m - 1];
        }

        SignatureLevel[] levels = [.. value.Select((sum, m) => new SignatureLevel(m + 1, sum, Math.Abs(sum - exact), bound[m]))];
        return double.IsFinite(exact) && levels.All(each => double.IsFinite(each.Value))
            ? new GatedWordsRun(sequence, steps.Steps, exact, [.. words.OrderByDescending(word => Math.Abs(word.Contribution)).ThenBy(word => word.Length).ThenBy(word => word.Mode)], levels)
            : throw new UnusableInputException($"The readout of sequence {NumberText.Format(sequence.Index)}, or its signature, is not finite: leave out --data to see the words alone, or choose another sequence.");
    }

    /// <summary>S^(2 1^m) of a mode, m = 0 .. level - 1, and what the longer words of the mode add at most: |e^z - sum_(m &lt;= p) z^m / m!| is at most |z|^(p+1) / (p+1)! max(1, e^z), z = a W.</summary>
    private static double[] Sums(StateDrive drive, double rate, int level, out double[] rest)
    {
        var sums = new double[level];
        rest = new double[level];
        double behind = 0;
        for (int t = drive.Re.Length - 1; t >= 0; t--)
        {
            double term = drive.Re[t], left = Math.Abs(drive.Re[t]) * Math.Max(1, Math.Exp(rate * behind));
            for (int m = 0; m < level; m++)
            {
                sums[m] += term;
                term *= behind / (m + 1);
                left *= Math.Abs(rate * behind) / (m + 1);
                rest[m] += left;
            }

            behind += drive.Gates[t];
        }

        return sums;
    }
}

/// <summary>A word of a mode in a readout.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Length">The length of the word 2 1 ... 1.</param>
/// <param name="Coefficient">q_k a_k^m: what multiplies the word in the readout.</param>
/// <param name="Value">S^word of the mode's path.</param>
internal readonly record struct GatedWord(int Mode, int Length, double Coefficient, double Value)
{
    /// <summary>What it adds.</summary>
    public double Contribution => Coefficient * Value;
}
