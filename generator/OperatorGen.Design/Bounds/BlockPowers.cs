using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Proven bounds of the powers of a block's matrix T, in a norm |x| = |W x|_2 of the block's own (<see cref="BlockNorm"/>). P_i is T^(2^i) in double, by
/// squaring, and R_i how far it is from the real one in the Frobenius norm,
/// <code>
/// R_(i+1) = 2 |P_i|_2 R_i + R_i^2 + (n + 1) u |P_i|_F^2,   s_i = |P_i|_2 + R_i
/// </code>
/// From the s_i follows what all powers are at most, and all of them together: a power with s_i below 1 proves that the state decays.
/// </summary>
public sealed class BlockPowers
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const double Raised = 1 + (1.0 / (1L << 40)); // above the rounding of the formulas here
    private const int GreatestExponent = 20;
    private const double Enough = 0.25;

    // Every enclosure of a bank asks for the powers again: they are kept as long as the block, by length, -1 for any.
    private static readonly ConditionalWeakTable<ModeBlock, ConcurrentDictionary<int, BlockPowers>> s_known = new();

    private readonly BlockNorm _norm;
    private readonly List<double> _powers = []; // s_i

    private BlockPowers(ModeBlock block, int? steps)
    {
        Block = block;
        _norm = BlockNorm.Of(block, steps);
        double[] p = _norm.Middle;
        double radius = _norm.Radius;
        for (int i = 0; i <= GreatestExponent; i++)
        {
            double norm = SpectralNorm.Of(p, block.Size);
            double power = (norm + radius) * (1 + (2 * UnitRoundoff)); // near 1 each bit counts
            _powers.Add(power);
            if (power <= Enough || !(power <= 1e150) || (1L << i) >= steps)
            {
                break;
            }

            double frobenius = SpectralNorm.Frobenius(p);
            p = Square(p, block.Size);
            radius = ((2 * norm * radius) + (radius * radius) + ((block.Size + 1) * UnitRoundoff * frobenius * frobenius)) * Raised;
        }

        int decaying = _powers.FindIndex(s => s <= 0.5);
        Period = decaying < 0 ? int.MaxValue : 1 << decaying;
        Factor = decaying < 0 ? 1 : _powers[decaying];
        Growth = Greatest(steps);
    }

    /// <summary>The block.</summary>
    public ModeBlock Block { get; }

    /// <summary>Whether it is proven that the state decays when the input falls silent.</summary>
    public bool Decays => Sum(null) <= double.MaxValue;

    /// <summary>At least |T^k| for all k below the number of steps; infinite where nothing is proven.</summary>
    internal double Growth { get; }

    /// <summary>A number of steps after which at most <see cref="Factor"/> is left; the greatest int where there is none.</summary>
    internal int Period { get; }

    /// <summary>|T^Period|, at most 1/2.</summary>
    internal double Factor { get; }

    /// <summary>Bounds the powers.</summary>
    /// <param name="block">The block.</param>
    /// <param name="steps">The greatest length of a sequence; null: any.</param>
    public static BlockPowers Of(ModeBlock block, int? steps) => s_known.GetValue(block, static _ => new()).GetOrAdd(steps ?? -1, _ => new BlockPowers(block, steps));

    /// <summary>At least |x| for all x whose components are at most these in magnitude.</summary>
    internal double Size(ReadOnlySpan<double> magnitudes) => _norm.Size(magnitudes);

    /// <summary>At least what |c x| is per unit of |x|, for all c whose components are at most these in magnitude.</summary>
    internal double Dual(ReadOnlySpan<double> magnitudes) => _norm.Dual(magnitudes);

    /// <summary>
    /// At least the sum of |T^k| over the first powers, without end where their number is null:
    /// <c>S_(2^i) = (1 + s_0) ... (1 + s_(i-1))</c>, <c>S_(2^i + n) = S_(2^i) + s_i S_n</c>, <c>S = S_(2^i) / (1 - s_i)</c>.
    /// </summary>
    internal double Sum(int? taps)
    {
        double endless = double.PositiveInfinity;
        double product = 1;
        double counted = 0; // S of the bits of taps from the lowest up to i
        for (int i = 0; i < _powers.Count; i++)
        {
            double s = _powers[i];
            endless = s < 1 ? Math.Min(endless, product / (1 - s)) : endless;
            counted = taps is { } count && ((count >> i) & 1) != 0 ? product + (s * counted) : counted;
            product *= 1 + s;
        }

        bool covered = taps is { } all && (long)all < 1L << _powers.Count;
        double sum = covered && counted <= endless ? counted : endless;
        return double.IsNaN(sum) ? double.PositiveInfinity : sum * Raised;
    }

    private double Greatest(int? steps)
    {
        double product = 1;
        for (int i = 0; i < _powers.Count && !((1L << i) >= steps); i++)
        {
            if (_powers[i] <= 1)
            {
                return product * Raised;
            }

            product *= _powers[i];
        }

        return steps > 1L << _powers.Count || double.IsNaN(product) ? double.PositiveInfinity : product * Raised;
    }

    private static double[] Square(double[] p, int size)
    {
        var square = new double[p.Length];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < size; k++)
            {
                double x = p[(i * size) + k];
                for (int j = 0; j < size; j++)
                {
                    square[(i * size) + j] += x * p[(k * size) + j];
                }
            }
        }

        return square;
    }
}
