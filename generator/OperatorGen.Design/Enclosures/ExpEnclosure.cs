using System;

namespace OperatorGen.Symbolics;

/// <summary>e^x, whose coefficients are e^x / k!.</summary>
internal sealed class ExpEnclosure : FunctionEnclosure
{
    private static readonly double[] s_landmarks = [-16, -4, -1, 0, 1, 4, 16];

    public override ReadOnlySpan<double> Landmarks => s_landmarks;

    /// <summary>e^-746 is below the least positive double.</summary>
    public override double? TailFrom => 746;

    public override double? RightSlope => null;

    public override Interval Values(Interval x)
    {
        Interval low = RealEnclosure.Exp(x.Low);
        return new(low.Low, x.IsPoint ? low.High : RealEnclosure.Exp(x.High).High);
    }

    public override void Jet(Interval x, Span<Interval> coefficients)
    {
        coefficients[0] = Values(x);
        for (int k = 1; k < coefficients.Length; k++)
        {
            coefficients[k] = coefficients[k - 1] / k;
        }
    }
}
