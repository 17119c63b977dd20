using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary><c>y = x + down(function(up(norm(x))))</c>.</summary>
internal sealed class FeedForwardFormula(FeedForward part, ReferenceOptions options)
{
    private readonly NormFormula? _norm = NormFormula.Of(part.Norm, options);
    private readonly LinearFormula _up = new(part.Up, options);
    private readonly Func<double, double> _function = DecoderFormulas.Of(part.Function, options);
    private readonly LinearFormula _down = new(part.Down, options);

    public FeedForwardProbe Of(double[] x)
    {
        double[] normed = _norm is null ? x : _norm.Of(x);             // [width]
        double[] up = _up.Of(normed);                                  // [channel]
        double[] activated = Array.ConvertAll(up, value => _function(value)); // [channel]
        double[] down = _down.Of(activated);                           // [width]
        var y = new double[down.Length];                               // [width]
        for (int c = 0; c < y.Length; c++)
        {
            y[c] = x[c] + down[c];
        }

        return new FeedForwardProbe(normed, up, activated, down, y);
    }
}
