using System;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Gathers the terms of order 1.</summary>
internal sealed class FirstOrderSums
{
    private CompensatedSum _modes;
    private CompensatedSum _modesBias;
    private CompensatedSum _skips;
    private CompensatedSum _skipsBias;
    private CompensatedSum _gates;

    /// <summary>The sum of magnitudes; the responses to input and bias count one by one.</summary>
    public double Magnitude { get; private set; }

    public FirstOrderTotals Totals => new(_modes.Value, _modesBias.Value, _skips.Value, _skipsBias.Value, _gates.Value);

    /// <summary>Adds a term.</summary>
    /// <param name="kind">What it is a term of.</param>
    /// <param name="contribution">What it adds to the score.</param>
    /// <param name="bias">The part of it that is the response to the encoder's bias.</param>
    public void Add(WaveKind kind, double contribution, double bias)
    {
        Magnitude += Math.Abs(bias) + Math.Abs(contribution - bias);
        switch (kind)
        {
            case WaveKind.Mode:
            case WaveKind.Oscillator:
                _modes.Add(contribution - bias);
                _modesBias.Add(bias);
                break;
            case WaveKind.Skip:
                _skips.Add(contribution - bias);
                _skipsBias.Add(bias);
                break;
            case WaveKind.Gate:
                _gates.Add(contribution);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of wave without a sum.");
        }
    }
}
