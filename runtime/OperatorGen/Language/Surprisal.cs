using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OperatorGen.Vectors;

namespace OperatorGen;

/// <summary>-ln of the probability of a token, from a row of logits: the greatest logit less the token's, plus ln sum_i e^(a_i - max a), which cannot overflow.</summary>
internal sealed class Surprisal(int vocabulary)
{
    private const int Widest = 8;

    private readonly int _vocabulary = vocabulary;
    private readonly double[] _powers = new double[(vocabulary + Widest - 1) / Widest * Widest];

    /// <summary>In nats. Not a number where a logit is not a number or +infinity, or all are -infinity.</summary>
    public double Of<T>(ReadOnlySpan<T> row, int token)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double greatest = double.NegativeInfinity;
        for (int i = 0; i < _vocabulary; i++)
        {
            // Math.Max carries not-a-number.
            _powers[i] = double.CreateTruncating(row[i]);
            greatest = Math.Max(greatest, _powers[i]);
        }

        if (!double.IsFinite(greatest))
        {
            return double.NaN;
        }

        for (int i = 0; i < _vocabulary; i++)
        {
            _powers[i] -= greatest;
        }

        double below = _powers[token];
        if (Vector512.IsHardwareAccelerated)
        {
            Exponentiate<Simd512<double>, Vector512<double>>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Exponentiate<Simd256<double>, Vector256<double>>();
        }
        else
        {
            Exponentiate<Simd128<double>, Vector128<double>>();
        }

        double sum = 0;
        for (int i = 0; i < _vocabulary; i++)
        {
            sum += _powers[i];
        }

        return Math.Log(sum) - below;
    }

    private void Exponentiate<TSimd, TVector>()
        where TSimd : ISimd<TVector, double>
        where TVector : struct
    {
        ref double powers = ref MemoryMarshal.GetArrayDataReference(_powers);
        for (int i = 0; i < _powers.Length; i += TSimd.Count)
        {
            TSimd.Store(Exponential.Invoke<TSimd, TVector, double>(TSimd.Load(in powers, (nuint)i)), ref powers, (nuint)i);
        }
    }
}
