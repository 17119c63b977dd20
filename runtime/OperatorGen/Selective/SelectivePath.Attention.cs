using System;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <content>The recurrence as a matrix.</content>
public sealed partial class SelectivePath
{
    /// <summary>
    /// The attention of a cell: M with <c>o_t = sum_(tau &lt;= t) M[t, tau] v_tau</c>, M[t, tau] = gamma Re(q_t^T T_t ... T_(tau+1) k_tau), D on the diagonal. The readouts of a
    /// sequence that starts at the state 0; see <see cref="InitialAttention"/> for what a state before it adds.
    /// </summary>
    /// <param name="cell">The cell, from 0: a channel of Mamba-1, a head elsewhere.</param>
    /// <param name="value">The value whose D is on the diagonal, from 0; of one D per cell all values have the same matrix.</param>
    /// <returns>[time, time], row by row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell or value.</exception>
    public double[] Attention(int cell, int value = 0)
    {
        Check(cell, value);
        var matrix = new double[Steps * Steps];
        var row = new AttentionRow(this, cell);
        for (int t = 0; t < Steps; t++)
        {
            row.Start(t);
            if (Recurrence.ReadsBefore)
            {
                matrix[(t * Steps) + t] = Bonus(t, cell);
            }

            for (int tau = Recurrence.ReadsBefore ? t - 1 : t; tau >= 0; tau--)
            {
                matrix[(t * Steps) + tau] = row.Read(tau);
                row.Carry(tau);
            }

            matrix[(t * Steps) + t] += Recurrence.Skip?[(cell * Recurrence.Values) + value] ?? 0;
        }

        return matrix;
    }

    /// <summary>
    /// What a state S before the sequence adds to the readouts of a cell: <c>sum_k Re(w_t[k] S[k])</c>, w_t = gamma q_t^T T_t ... T_0.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <returns>w, [time, key, (re, im)]; the imaginary part is 0 where the state is real.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cell.</exception>
    public double[] InitialAttention(int cell)
    {
        Check(cell, 0);
        var weights = new double[Steps * Recurrence.Keys * 2];
        var row = new AttentionRow(this, cell);
        for (int t = 0; t < Steps; t++)
        {
            row.Start(t);
            for (int tau = Recurrence.ReadsBefore ? t - 1 : t; tau >= 0; tau--)
            {
                row.Carry(tau);
            }

            row.CopyTo(weights.AsSpan(t * Recurrence.Keys * 2));
        }

        return weights;
    }

    private void Check(int cell, int value)
    {
        if ((uint)cell >= (uint)Recurrence.Cells)
        {
            throw new ArgumentOutOfRangeException(nameof(cell), $"A cell is 0 to {Recurrence.Cells - 1}.");
        }

        if ((uint)value >= (uint)Recurrence.Values)
        {
            throw new ArgumentOutOfRangeException(nameof(value), $"A value is 0 to {Recurrence.Values - 1}.");
        }
    }

    /// <summary>What the present input adds to a read before the update.</summary>
    private double Bonus(int t, int cell)
    {
        double sum = 0;
        for (int k = 0; k < Recurrence.Keys && Recurrence.Bonus is { } bonus; k++)
        {
            sum += _queryRe[Index(t, cell, k)] * bonus[(cell * Recurrence.Keys) + k] * _keyRe[Index(t, cell, k)];
        }

        return sum;
    }

    /// <summary>w = q_t^T T_t ... T_(tau+1), from which M[t, tau] is read.</summary>
    private sealed class AttentionRow(SelectivePath path, int cell)
    {
        private readonly int _keys = path.Recurrence.Keys;
        private readonly double[] _re = new double[path.Recurrence.Keys];
        private readonly double[] _im = new double[path.Recurrence.Keys];

        public void Start(int t)
        {
            for (int k = 0; k < _keys; k++)
            {
                int at = path.Index(t, cell, k);
                (_re[k], _im[k]) = (path._queryRe[at], path._queryIm.Length == 0 ? 0 : path._queryIm[at]);
            }
        }

        /// <summary>Re(w k_tau).</summary>
        public double Read(int tau)
        {
            double sum = 0;
            for (int k = 0; k < _keys; k++)
            {
                int at = path.Index(tau, cell, k);
                sum += (_re[k] * path._keyRe[at]) - (path._keyIm.Length == 0 ? 0 : _im[k] * path._keyIm[at]);
            }

            return path._beta.Length == 0 ? sum : sum * path._beta[(tau * path.Recurrence.Cells) + cell];
        }

        /// <summary>w T_tau.</summary>
        public void Carry(int tau)
        {
            if (path.Recurrence.Gate is DeltaGate)
            {
                double change = Read(tau); // beta k^T w
                for (int k = 0; k < _keys; k++)
                {
                    _re[k] = path._gateRe[path.GateIndex(tau, cell, k)] * (_re[k] - (change * path._keyRe[path.Index(tau, cell, k)]));
                }

                return;
            }

            for (int k = 0; k < _keys; k++)
            {
                int gate = path.GateIndex(tau, cell, k);
                double re = path._gateRe[gate], im = path._gateIm.Length == 0 ? 0 : path._gateIm[gate];
                (_re[k], _im[k]) = ((_re[k] * re) - (_im[k] * im), (_re[k] * im) + (_im[k] * re));
            }
        }

        public void CopyTo(Span<double> target)
        {
            for (int k = 0; k < _keys; k++)
            {
                (target[2 * k], target[(2 * k) + 1]) = (_re[k], _im[k]);
            }
        }
    }
}
