using System;
using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>The errors of what selective cells take from a signal's blocks at one time step: of P blocks, cell g of G has block g P / G.</summary>
/// <param name="cells">G.</param>
/// <param name="v">The cells' input.</param>
/// <param name="arithmetic">The arithmetic of the code under test.</param>
internal sealed class BlockErrors(int cells, Approximate v, Arithmetic arithmetic)
{
    /// <summary>Of a key or query, [G, K]; constants are stored in the same way on both sides.</summary>
    public double[] Of(Parameter? parameter, int keys) =>
        parameter is SelectiveParameter selective ? Of(selective.Signal, keys, parameter.Field) : new double[cells * keys];

    /// <summary>Of blocks of some size, [G, size].</summary>
    public double[] Of(Signal signal, int size, Field field = Field.Real)
    {
        double[] of = SignalRounding.Of(signal, v, arithmetic).Error;
        var errors = new double[cells * size];
        int parts = field == Field.Complex ? 2 : 1;
        for (int i = 0; i < errors.Length; i++)
        {
            int at = Place(i, size, of.Length / parts / size, cells) * parts;
            errors[i] = parts == 2 ? double.Hypot(of[at], of[at + 1]) : of[at];
        }

        return errors;
    }

    /// <summary>Where the number i of [G, size] is in [P, size].</summary>
    public static int Place(int i, int size, int blocks, int cells) => (i / size * blocks / cells * size) + (i % size);
}
