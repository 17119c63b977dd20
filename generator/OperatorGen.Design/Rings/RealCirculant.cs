using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A real circulant matrix, W_jl = w(j - l), times a vector, both in double-double: a product is exact but for terms far below its rounding to double,
/// so that errors do not add up over the lifetime of a slow mode.
/// </summary>
internal sealed class RealCirculant
{
    private readonly int _nodes;

    /// <summary>w(d) at index nodes - 1 + d, for d from -(nodes - 1) to nodes - 1.</summary>
    private readonly double[] _high;
    private readonly double[] _low;

    /// <summary>Takes the first column of the matrix.</summary>
    /// <param name="byDistance">w(0) to w(nodes - 1).</param>
    public RealCirculant(DoubleDouble[] byDistance)
    {
        _nodes = byDistance.Length;
        _high = new double[(2 * _nodes) - 1];
        _low = new double[_high.Length];
        for (int i = 0; i < _high.Length; i++)
        {
            DoubleDouble value = byDistance[(i + 1) % _nodes];
            _high[i] = value.High;
            _low[i] = value.Low;
        }
    }

    /// <summary>One component of the product, sum over l of w(j - l) x_l.</summary>
    /// <param name="node">j.</param>
    /// <param name="x">The vector.</param>
    public DoubleDouble Row(int node, DoubleDouble[] x)
    {
        double sum = 0;
        double rest = 0;
        int start = _nodes - 1 + node;
        for (int l = 0; l < x.Length; l++)
        {
            DoubleDouble product = DoubleDouble.Product(_high[start - l], x[l].High);
            DoubleDouble next = DoubleDouble.Sum(sum, product.High);
            sum = next.High;
            rest += next.Low + product.Low + ((_high[start - l] * x[l].Low) + (_low[start - l] * x[l].High));
        }

        return DoubleDouble.Sum(sum, rest);
    }
}
