using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The N-th roots of unity to about 30 digits: e^(2 pi i r / N).</summary>
internal sealed class RootsOfUnity
{
    private readonly PreciseComplex[] _powers;

    public RootsOfUnity(int count)
    {
        // One step of Newton's method on z^N = 1 doubles the digits of the rounded root.
        double angle = 2 * Math.PI / count;
        PreciseComplex root = new ComplexNumber(RealMath.Cos(angle), RealMath.Sin(angle));
        root -= root * (Power(root, count) - ComplexNumber.One) / count;
        _powers = new PreciseComplex[count];
        _powers[0] = ComplexNumber.One;
        for (int r = 1; r < count; r++)
        {
            _powers[r] = _powers[r - 1] * root;
        }
    }

    /// <summary>The number of roots, N.</summary>
    public int Count => _powers.Length;

    /// <summary>sqrt(N), by one step of Newton's method from the rounded root.</summary>
    public DoubleDouble NormOfOnes
    {
        get
        {
            double root = Math.Sqrt(Count);
            return root - ((DoubleDouble.Product(root, root) - Count) / (2 * root));
        }
    }

    /// <summary>e^(2 pi i a b / N), the product reduced in integers.</summary>
    public PreciseComplex this[int a, int b]
    {
        get
        {
            long residue = (long)a * b % Count;
            return _powers[residue < 0 ? residue + Count : residue];
        }
    }

    private static PreciseComplex Power(PreciseComplex value, int exponent)
    {
        PreciseComplex result = ComplexNumber.One;
        for (; exponent > 0; exponent >>= 1)
        {
            result = (exponent & 1) == 1 ? result * value : result;
            value *= value;
        }

        return result;
    }
}
