using System;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>
/// The error of an expansion of a one-layer operator without norms, fast: the readouts once, then exact and truncated decoder at every step. What is linear
/// behind the decoder acts on the difference; the residual cancels.
/// </summary>
internal sealed class ErrorProbe(OperatorDescription model, OperatorExpansion expansion)
{
    private readonly LayerDescription _layer = model.Layers[0];
    private readonly double[] _h = new double[model.Layers[0].Channels];
    private readonly double[] _mixed = new double[model.Layers[0].Mixing?.Outputs ?? model.Layers[0].Channels];
    private readonly double[] _gates = new double[model.Layers[0].Gates];
    private readonly double[] _truncated = new double[model.Layers[0].OutputWidth];
    private readonly double[] _mean = new double[model.Layers[0].OutputWidth];

    /// <summary>The greatest |error| so far, of every output over all steps, or of every score.</summary>
    public double[] Greatest { get; } = new double[model.OutputWidth];

    /// <summary>The least and the greatest readout reached, [channel].</summary>
    public (double Low, double High)[] Readouts { get; } = [.. Enumerable.Repeat((double.PositiveInfinity, double.NegativeInfinity), model.Layers[0].Channels)];

    /// <summary>Evaluates one input and keeps the greatest errors.</summary>
    /// <param name="input">[time, input].</param>
    /// <returns>The greatest |error| of this input, [output].</returns>
    public double[] Add(double[] input)
    {
        int steps = input.Length / model.InputWidth;
        int width = _layer.Recurrence.Inputs;
        var v = new double[steps * width];
        for (int t = 0; t < steps; t++)
        {
            if (model.Encoder is null)
            {
                input.AsSpan(t * model.InputWidth, model.InputWidth).CopyTo(v.AsSpan(t * width));
            }
            else
            {
                model.Encoder.Apply(input.AsSpan(t * model.InputWidth, model.InputWidth), v.AsSpan(t * width, width));
            }
        }

        double[] o = ModeSeries.Readouts(_layer.Bank!, v, steps);
        var worst = new double[model.OutputWidth];
        Array.Clear(_mean);
        for (int t = 0; t < steps; t++)
        {
            ReadOnlySpan<double> row = o.AsSpan(t * _layer.Channels, _layer.Channels);
            Difference(row);
            for (int i = 0; i < _mean.Length; i++)
            {
                _mean[i] += _truncated[i] / steps;
                worst[i % worst.Length] = model.Pooled ? 0 : Math.Max(worst[i % worst.Length], Math.Abs(_truncated[i]));
            }
        }

        for (int s = 0; s < worst.Length; s++)
        {
            worst[s] = model.Pooled ? Math.Abs(Enumerable.Range(0, _mean.Length).Sum(i => model.Head!.Weight(s, i) * _mean[i])) : worst[s];
            Greatest[s] = Math.Max(Greatest[s], worst[s]);
        }

        return worst;
    }

    // Truncated minus exact decoded outputs, into _truncated.
    private void Difference(ReadOnlySpan<double> o)
    {
        for (int c = 0; c < o.Length; c++)
        {
            Readouts[c] = (Math.Min(Readouts[c].Low, o[c]), Math.Max(Readouts[c].High, o[c]));
            _h[c] = _layer.Decoder.Value(o[c]);
        }

        expansion.Layers[0].Evaluate(o, _gates, _truncated);
        if (_layer.Mixing is null)
        {
            _h.CopyTo(_mixed, 0);
        }
        else
        {
            _layer.Mixing.Apply(_h, _mixed);
        }

        for (int i = 0; i < _truncated.Length; i++)
        {
            _truncated[i] -= _layer.Glu is not null ? _mixed[i] * _layer.GateFunction!.Value(_mixed[_truncated.Length + i]) : _mixed[i];
        }
    }
}
