using System;
using System.Runtime.CompilerServices;

namespace OperatorGen.Symbolics;

/// <summary>
/// Values of a decoder function for averages over millions of samples: Taylor polynomials of order 8 about the multiples of 1/32, made when
/// they are first needed, where the terms of order 9 and 10 are below 2^-54 of the function; elsewhere the function itself.
/// </summary>
internal sealed class TabulatedFunction
{
    private const int Order = 8;
    private const int CellsPerUnit = 32;
    private const int Reach = 64;
    private const double HalfCell = 0.5 / CellsPerUnit;
    private const double Negligible = 1.0 / (1L << 54);

    private static readonly ConditionalWeakTable<DecoderFunction, TabulatedFunction> s_tables = new();

    // A cell without coefficients is one where the function itself is asked.
    private readonly double[]?[] _cells = new double[2 * Reach * CellsPerUnit][];
    private readonly DecoderFunction _function;

    private TabulatedFunction(DecoderFunction function) => _function = function;

    /// <summary>The table of a function.</summary>
    public static TabulatedFunction Of(DecoderFunction function) => s_tables.GetValue(function, f => new TabulatedFunction(f));

    /// <summary>g(x) within a few ulp.</summary>
    public double Value(double x)
    {
        // The nearest multiple of 1/32; the comparison fails for what is no number.
        double cell = Math.Floor((x * CellsPerUnit) + 0.5);
        int index = Math.Abs(cell) < Reach * CellsPerUnit ? (int)cell + (Reach * CellsPerUnit) : 0;
        if (index == 0)
        {
            return _function.Value(x);
        }

        // Threads that meet here make the same cell twice.
        double[] c = _cells[index] ??= Cell(cell / CellsPerUnit);
        if (c.Length == 0)
        {
            return _function.Value(x);
        }

        double y = x - (cell / CellsPerUnit);
        double square = y * y;
        double even = c[0] + (square * (c[2] + (square * (c[4] + (square * (c[6] + (square * c[8])))))));
        double odd = c[1] + (square * (c[3] + (square * (c[5] + (square * c[7])))));
        return even + (y * odd);
    }

    private double[] Cell(double centre)
    {
        // Of a polynomial the terms of order 9 and 10 may be missing, and tell nothing of what follows.
        if (!_function.HasTaylorSeries || _function.IsPolynomial)
        {
            return [];
        }

        double[] c = _function.Taylor(centre, Order + 2);
        double power = 1;
        for (int k = 0; k <= Order; k++)
        {
            power *= HalfCell;
        }

        double omitted = (Math.Abs(c[Order + 1]) + (Math.Abs(c[Order + 2]) * HalfCell)) * power;
        double size = Math.Max(Math.Abs(c[0]), Math.Abs(c[1]) * HalfCell);
        return omitted <= Negligible * size ? c : [];
    }
}
