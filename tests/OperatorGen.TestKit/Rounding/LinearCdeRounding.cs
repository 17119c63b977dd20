using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>
/// A linear controlled differential equation, in lengths. With x = (Z, 1) before a step, M its matrix with the stored constants, alpha the Frobenius norm of
/// <c>sum_i |h_i| |[A_i, B_i]|</c> for the largest h, and E the length of the deviation of Z:
/// <code>
/// eta  = gamma_(d+1) alpha + sum_i |[A_i, B_i]| e_h,i                                  how far the code's M is off
/// E_t  = |T_A| E_(t-1) + L,                                                            T_A what the step does to a deviation of Z; the 1 has none
/// L    = e^a' (|x| + E) (eta + u (s (m + 1) + 2 a' (N + 4)) + 2^-53 4 (1 + a') (N + 32)),  a' = alpha + eta      e^M
/// L    = (|x| + E) (eta + gamma_(N+4) (1 + a'))                                        I + M, and M without the 1
/// e_o  = |c| E + gamma_(N+1) (sum_k |c_k z_k| + |c| E)
/// </code>
/// In L of e^M: the exponentials of two matrices that are eta apart differ by eta e^a'. The code has s substeps of at most m terms. A term is a product of M with the term
/// before it, divided: off by gamma_(N+3) for each of its factors, so that all terms of all substeps together are off by a' gamma_(N+4) e^a', twice that for the
/// higher orders; their sums by m u, and the rest of the series is below u. The last summand is the reference's own, whose squarings double an error as often as they double M.
/// <para>
/// |T_A| is at most e^mu with mu the largest row sum of the symmetric part of M, its diagonal with its sign (Gershgorin), and at most the length of the matrix itself.
/// </para>
/// </summary>
internal sealed class LinearCdeRounding
{
    private const double ReferenceUnit = 1.0 / (1L << 53);
    private const int MostTerms = 24; // of a series that is cut; one that ends has as many as there are states

    private readonly LinearCde _cell;
    private readonly Arithmetic _arithmetic;
    private readonly double[] _lengths;  // of [A_i, B_i]
    private readonly double[] _rows;     // their largest row sums
    private readonly double[] _reads;    // of the rows of C

    public LinearCdeRounding(LinearCde cell, Arithmetic arithmetic)
    {
        (_cell, _arithmetic) = (cell, arithmetic);
        int n = cell.States;
        _lengths = [.. Enumerable.Range(0, cell.Inputs).Select(i => Math.Sqrt(Enumerable.Range(0, n * (n + 1)).Sum(k => Square(Constant(i, k / (n + 1), k % (n + 1))))))];
        _rows = [.. Enumerable.Range(0, cell.Inputs).Select(i => Enumerable.Range(0, n).Max(row => Enumerable.Range(0, n + 1).Sum(column => Math.Abs(Constant(i, row, column)))))];
        _reads = [.. Enumerable.Range(0, cell.Outputs).Select(h => Math.Sqrt(Enumerable.Range(0, n).Sum(k => Square(Weight(h, k)))))];
    }

    /// <summary>A of an input as the code stores it; in the last column B.</summary>
    public double Constant(int input, int row, int column) => _arithmetic.Stored(column < _cell.States
        ? _cell.A.Values[(((input * _cell.States) + row) * _cell.States) + column]
        : _cell.B?.Values[(row * _cell.Inputs) + input] ?? 0);

    /// <summary>C as the code stores it.</summary>
    public double Weight(int readout, int state) => _arithmetic.Stored(_cell.C.Values[(readout * _cell.States) + state]);

    /// <summary>The readouts and their errors.</summary>
    public Approximate[] Of(Approximate[] v, LayerProbe[] traces)
    {
        var outputs = new Approximate[v.Length];
        double deviation = 0;
        for (int t = 0; t < v.Length; t++)
        {
            double before = deviation;
            deviation = (Growth(v[t].Value, traces[t]) * before) + Local(v[t], traces[t], before);
            double carried = deviation;
            outputs[t] = new Approximate(traces[t].Readout, [.. _reads.Select((read, h) => (read * carried) + Read(h, traces[t]) + (_arithmetic.Gamma(_cell.States + 1) * read * carried))]);
        }

        return outputs;
    }

    /// <summary>What a readout rounds.</summary>
    public double Read(int readout, LayerProbe trace) =>
        _arithmetic.Gamma(_cell.States + 1) * Enumerable.Range(0, _cell.States).Sum(k => Math.Abs(Weight(readout, k) * trace.State[k].Real));

    /// <summary>What a step rounds, the length of all components.</summary>
    public double Local(Approximate h, LayerProbe trace, double deviation)
    {
        int n = _cell.States, d = _cell.Inputs;
        if (!double.IsFinite(h.Error.Sum()))
        {
            return double.PositiveInfinity; // and not 0 times it
        }

        double alpha = Math.Sqrt(Enumerable.Range(0, n * (n + 1)).Sum(k => Square(Enumerable.Range(0, d).Sum(i => Math.Abs(Constant(i, k / (n + 1), k % (n + 1))) * h.Magnitude(i)))));
        double eta = (_arithmetic.Gamma(d + 1) * alpha) + Enumerable.Range(0, d).Sum(i => _lengths[i] * h.Error[i]);
        double largest = alpha + eta, length = Math.Sqrt(trace.StateBefore.Sum(value => Square(value.Real))) + deviation;
        if (_cell.Step != LinearCdeStep.Exponential)
        {
            return length * (eta + (_arithmetic.Gamma(n + 4) * (1 + largest)));
        }

        double substeps = 1 + Enumerable.Range(0, d).Sum(i => _rows[i] * h.Magnitude(i)), terms = Math.Max(MostTerms, n + 1);
        double code = _arithmetic.Unit * ((substeps * (terms + 1)) + (2 * largest * (n + 4)));
        return Math.Exp(largest) * length * (eta + code + (ReferenceUnit * 4 * (1 + largest) * (n + 32)));
    }

    /// <summary>The largest factor by which the step lengthens a deviation of Z.</summary>
    private double Growth(double[] h, LayerProbe trace)
    {
        int n = _cell.States;
        double matrix = Math.Sqrt(Enumerable.Range(0, n * n).Sum(k => Square(trace.Transition[(k / n * (n + 1)) + (k % n)].Real))) * (1 + 1e-12);
        double symmetric = Enumerable.Range(0, n).Max(row => Enumerable.Range(0, n).Sum(column =>
        {
            double part = Enumerable.Range(0, _cell.Inputs).Sum(i => h[i] * (Constant(i, row, column) + Constant(i, column, row))) / 2;
            return row == column ? part : Math.Abs(part);
        }));
        double moved = Enumerable.Range(0, n * n).Sum(k => Square(Enumerable.Range(0, _cell.Inputs).Sum(i => h[i] * Constant(i, k / n, k % n))));
        return Math.Min(matrix, _cell.Step switch
        {
            LinearCdeStep.Exponential => Math.Exp(symmetric) * (1 + 1e-12),
            LinearCdeStep.Euler => Math.Sqrt(Math.Max(0, 1 + (2 * symmetric) + moved)) * (1 + 1e-12),
            LinearCdeStep.Product => matrix,
            _ => throw new NotSupportedException($"There is no bound for {_cell.Step}."),
        });
    }

    private static double Square(double x) => x * x;
}
