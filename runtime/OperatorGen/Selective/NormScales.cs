using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>A norm with the means and scales of one sequence: with these held it is an affine map.</summary>
internal sealed class NormScales
{
    private readonly NormDescription _norm;
    private readonly int _group;
    private readonly double[] _scales; // [time, group]
    private readonly double[] _means;

    private NormScales(NormDescription norm, double[] x)
    {
        _norm = norm;
        _group = norm.StatisticsWidth;
        (_means, _scales) = SequenceRows.Statistics(norm, x);
    }

    /// <summary>The scales that are given, else those of x; null where there is no norm.</summary>
    /// <param name="norm">The norm.</param>
    /// <param name="given">The scales of another sequence.</param>
    /// <param name="x">[time, channel].</param>
    public static NormScales? Of(NormDescription? norm, NormScales? given, double[] x) => norm is null ? null : given ?? new NormScales(norm, x);

    /// <summary>y = (x - mean) scale weight + bias.</summary>
    public double[] Apply(double[] x) => SequenceRows.Normed(_norm, x, _means, _scales);

    /// <summary>The derivative by x, given that by y.</summary>
    public double[] Adjoint(double[] dy)
    {
        var dx = new double[dy.Length];
        for (int i = 0; i < dy.Length; i++)
        {
            dx[i] = dy[i] * _scales[i / _group] * _norm.Weight(i % _norm.Width);
        }

        return dx;
    }
}
