using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>What rounding a model's constants to float does: a bound for its waves, and what a run of the reference shows.</summary>
internal static class RoundingText
{
    private const int Samples = 256;
    private const int Seed = 1;
    private const int Digits = 3;

    /// <summary>Writes the effect.</summary>
    public static void Write(TextWriter output, SequenceModel model)
    {
        output.WriteLine("effect of rounding the constants to float:");
        IReadOnlyList<string> symbols = ModelSymbols.Of(model);
        if (symbols.Count > 0)
        {
            output.WriteLine($"  not known: the model has the symbols {string.Join(", ", symbols)}");
            return;
        }

        output.WriteLine("  bound of the waves: " + Bound(model));
        output.WriteLine("  measured: " + Measured(model));
    }

    private static string Bound(SequenceModel model)
    {
        if (!model.Layers.Any(layer => layer.Cell.IsConstant))
        {
            return "none, the recurrences are selective";
        }

        double effect = ConstantRounding.Effect(model);
        return double.IsInfinity(effect) ? "none, a wave does not decay" : $"{NumberText.Format(effect, Digits)} of a channel's reach (the sum of |w| / (1 - |lambda|), and |D|)";
    }

    /// <summary>The reference with every constant as it is and as float, on one noise input.</summary>
    private static string Measured(SequenceModel model)
    {
        var noise = new Random(Seed);
        double[] input = [.. Enumerable.Range(0, Samples * model.InputWidth).Select(_ => (2 * noise.NextDouble()) - 1)]; // [time, input]
        double[] exact = new ReferenceEvaluator(model).Forward(input);
        double[] rounded = new ReferenceEvaluator(model, ReferenceOptions.SingleConstants).Forward(input);
        if (!exact.Concat(rounded).All(double.IsFinite))
        {
            return $"nothing, the output of {Samples} samples of noise is not finite";
        }

        double distance = exact.Zip(rounded, (a, b) => Math.Abs(a - b)).Max();
        double largest = exact.Max(Math.Abs);
        return $"max|difference| = {NumberText.Format(distance, Digits)}, {NumberText.Format(largest == 0 ? 0 : distance / largest, Digits)} of max|output|, on {Samples} samples of seeded uniform noise in [-1, 1]";
    }
}
