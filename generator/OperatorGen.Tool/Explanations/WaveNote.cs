using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Explanations;

/// <summary>What is known of a wave: how long it lasts and how fast it turns.</summary>
internal static class WaveNote
{
    /// <summary>The note.</summary>
    /// <param name="layer">The wave's layer.</param>
    /// <param name="factor">The wave.</param>
    public static string Of(LayerDescription layer, WaveFactor factor)
    {
        if (factor.Kind is not (WaveKind.Mode or WaveKind.Oscillator))
        {
            return "instantaneous";
        }

        Wave wave = layer.Wave(factor.Channel, factor.Mode);
        bool backward = layer.Bank!.Timing(layer.Bank.ModeOf(factor.Channel, factor.Mode)).Backward;
        return $"lifetime {NumberText.Format(wave.Lifetime, 5)}, {Period(wave.Period)}{(backward ? ", runs backward" : "")}";
    }

    /// <summary>A period in time steps, or that there is none.</summary>
    public static string Period(double period) => double.IsInfinity(period) ? "frequency 0" : $"period {NumberText.Format(period, 5)}";
}
