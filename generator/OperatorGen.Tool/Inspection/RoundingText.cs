using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>What rounding a model's constants to float does: a bound for its waves, and what a run of the reference shows.</summary>
internal static class RoundingText
{
    private const int MostSamples = 256;
    private const int Seed = 1;
    private const int Digits = 3;

    /// <summary>Writes the effect.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">Whose input range is the noise's; [-1, 1] where it has none.</param>
    public static void Write(TextWriter output, SequenceModel model, ModelOptions options)
    {
        output.WriteLine("effect of rounding the constants to float:");
        IReadOnlyList<string> symbols = ModelSymbols.Of(model);
        if (symbols.Count > 0)
        {
            Write(output, $"not known: the model has the symbols {string.Join(", ", symbols)}");
            return;
        }

        Write(output, "bound of the waves: " + Bound(model));
        Write(output, "measured: " + Measured(model, options.InputLow ?? -1, options.InputHigh ?? 1));
    }

    private static void Write(TextWriter output, string text)
    {
        foreach (string line in PlainText.Wrap(text, 2))
        {
            output.WriteLine(line);
        }
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
    private static string Measured(SequenceModel model, double low, double high)
    {
        if (model.Layers.Any(layer => Lowerings.Of(layer.Cell).Choice(ElementType.Single) is not null))
        {
            return "nothing, which constants are stored depends on the form in which a layer is compiled";
        }

        double[] input = Noise(model, low, high);
        double[] exact = new ReferenceEvaluator(model).Forward(input);
        double[] rounded = new ReferenceEvaluator(model, ReferenceOptions.SingleConstants).Forward(input);
        if (!exact.Concat(rounded).All(double.IsFinite))
        {
            return $"nothing, the output of {CountText.Of(input.Length / model.InputWidth, "sample")} of noise is not finite";
        }

        double distance = exact.Zip(rounded, (a, b) => Math.Abs(a - b)).Max();
        double largest = exact.Max(Math.Abs);
        return $"max|difference| = {NumberText.Format(distance, Digits)}, {NumberText.Format(largest == 0 ? 0 : distance / largest, Digits)} of max|output|, on {CountText.Of(input.Length / model.InputWidth, "sample")} of seeded noise, uniform in [{NumberText.Format(low, Digits)}, {NumberText.Format(high, Digits)}]{(model.Scaling is null ? "" : " after the input's scaling")}";
    }

    /// <summary>Samples [time, input] that are uniform in the range after the model's scaling; as many as the model has a meaning for.</summary>
    private static double[] Noise(SequenceModel model, double low, double high)
    {
        var noise = new Random(Seed);
        var input = new double[(model.Length?.Nearest(MostSamples) ?? MostSamples) * model.InputWidth];
        for (int i = 0; i < input.Length; i++)
        {
            double scaled = low + ((high - low) * noise.NextDouble());
            int c = i % model.InputWidth;
            double scale = model.Scaling?.Scale.Values[c] ?? 1;
            input[i] = scale == 0 ? 0 : (scaled - (model.Scaling?.Offset.Values[c] ?? 0)) / scale;
        }

        return input;
    }
}
