using System;
using System.Numerics.Tensors;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>
/// The part of degree 2 of a score in states instead of readouts. With o_h = Re sum_n c_hn s_n + ..., M the form in the readouts,
/// <code>
/// sum_hk M_hk o_h o_k = 1/2 sum_nm (Re(a_nm s_n s_m) + Re(b_nm s_n conj(s_m))) + ...,   a_nm = sum_hk M_hk c_hn c_km,   b_nm = sum_hk M_hk c_hn conj(c_km)
/// </code>
/// The states' real and imaginary parts are the coordinates: a readout is a row C of (Re c, -Im c), so that the form is P = C' M C.
/// </summary>
internal sealed class OscillatorForm
{
    private readonly SharedTables _tables;
    private readonly double[] _rows;   // M C, [variable, (part, mode)]
    private readonly double[] _states; // C' M C, [(part, mode), (part, mode)]

    public OscillatorForm(SharedTables tables, QuadraticForm form)
    {
        _tables = tables;
        int width = tables.Width;
        _rows = new double[form.Variables * width];
        if (form.IsDiagonal)
        {
            for (int h = 0; h < tables.Readouts; h++)
            {
                TensorPrimitives.Multiply(tables.ReadRows.AsSpan(h * width, width), form[h, h], _rows.AsSpan(h * width, width));
            }
        }
        else
        {
            var values = new double[form.Variables * tables.Readouts];
            for (int v = 0; v < form.Variables; v++)
            {
                for (int h = 0; h < tables.Readouts; h++)
                {
                    values[(v * tables.Readouts) + h] = form[v, h];
                }
            }

            MatrixProduct.Add(values, tables.Readouts, form.Variables, tables.Readouts, tables.ReadRows, _rows, width);
        }

        _states = new double[width * width];
        MatrixProduct.Add(tables.Reads, tables.ReadoutStride, width, tables.Readouts, _rows, _states, width);
    }

    /// <summary>P of two columns of states.</summary>
    public double States(int a, int b) => _states[(a * _tables.Width) + b];

    /// <summary>What multiplies a column of states and a variable of the polynomial, once.</summary>
    public double Mixed(int column, int variable) => _rows[(variable * _tables.Width) + column];

    /// <summary>sum_k M_kv c_kn: what multiplies the state of an oscillator and a variable, once.</summary>
    public ComplexNumber Weight(int mode, int variable) => new(Mixed(mode, variable), _tables.Parts == 1 ? 0 : -Mixed(mode + _tables.PartWidth, variable));

    /// <summary>a_nm and b_nm.</summary>
    public (ComplexNumber Sum, ComplexNumber Difference) Weights(int n, int m)
    {
        double rr = States(n, m);
        if (_tables.Parts == 1)
        {
            return (rr, rr);
        }

        int toImaginary = _tables.PartWidth;
        double ri = States(n, m + toImaginary);
        double ir = States(n + toImaginary, m);
        double ii = States(n + toImaginary, m + toImaginary);
        return (new ComplexNumber(rr - ii, -(ri + ir)), new ComplexNumber(rr + ii, ri - ir));
    }
}
