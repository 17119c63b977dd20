using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>A signal of P blocks as G cells take it: cell g has block g P / G, rounded down.</summary>
internal static class BlockFormula
{
    /// <summary>The function that computes the cells' numbers from v_t: [width of v] to [G, size].</summary>
    /// <param name="signal">P blocks.</param>
    /// <param name="size">The numbers of a block.</param>
    /// <param name="field">Whether they are real numbers, or pairs (re, im).</param>
    /// <param name="cells">G.</param>
    /// <param name="options">How constants are stored.</param>
    public static Func<double[], Complex[]> Of(Signal signal, int size, Field field, int cells, ReferenceOptions options)
    {
        Func<double[], double[]> function = SignalFormula.Of(signal, options);
        int parts = field == Field.Complex ? 2 : 1, blocks = signal.Width / (size * parts);
        return v =>
        {
            double[] y = function(v);                                  // [P, size, parts]
            var numbers = new Complex[cells * size];                   // [G, size]
            for (int i = 0; i < numbers.Length; i++)
            {
                int block = i / size * blocks / cells, at = ((block * size) + (i % size)) * parts;
                numbers[i] = new Complex(y[at], parts == 2 ? y[at + 1] : 0);
            }

            return numbers;
        };
    }
}
