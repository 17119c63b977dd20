using System;

namespace OperatorGen.Symbolics;

/// <summary>max(x, 0), with a corner at 0.</summary>
internal sealed class ReluEnclosure : FunctionEnclosure
{
    private static readonly double[] s_corner = [0];

    public override ReadOnlySpan<double> Landmarks => s_corner;

    public override double? TailFrom => 1;

    public override double? RightSlope => 1;

    public override Interval Values(Interval x) => new(Math.Max(x.Low, 0), Math.Max(x.High, 0));

    public override void Jet(Interval x, Span<Interval> coefficients)
    {
        bool corner = x.Low < 0 && x.High > 0;
        coefficients.Fill(corner ? Interval.Entire : default);
        coefficients[0] = Values(x);
        if (coefficients.Length > 1)
        {
            coefficients[1] = new(x.Low >= 0 && x.High > 0 ? 1 : 0, x.Low >= 0 || x.High > 0 ? 1 : 0);
        }
    }
}
