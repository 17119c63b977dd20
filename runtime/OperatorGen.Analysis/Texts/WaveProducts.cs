using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The waves that products of a bank's waves are.</summary>
internal static class WaveProducts
{
    /// <summary>The waves of a product; none where <see cref="Obstacle"/> has a reason.</summary>
    /// <param name="bank">The bank.</param>
    /// <param name="factors">Modes and powers; a negative mode: what is no mode.</param>
    public static IReadOnlyList<InteractionWave> Of(ModeBank bank, IReadOnlyList<(int Mode, int Power)> factors) =>
        Obstacle(bank, factors) is null ? InteractionWave.Of([.. factors.Select(factor => (bank.Eigenvalue(factor.Mode), factor.Power))]) : [];

    /// <summary>Why a product is no wave; null where it is one.</summary>
    /// <param name="bank">The bank.</param>
    /// <param name="factors">Modes and powers; a negative mode: what is no mode.</param>
    public static string? Obstacle(ModeBank bank, IReadOnlyList<(int Mode, int Power)> factors)
    {
        if (factors.Any(factor => factor.Mode < 0))
        {
            return "a factor is instantaneous";
        }

        foreach ((int mode, _) in factors)
        {
            if (bank.BlockOf(mode) is not null)
            {
                return $"mode {NumberText.Format(mode % bank.WavesPerReadout)} is part of a block of modes whose states mix, so that no eigenvalue moves it alone";
            }
        }

        return factors.All(factor => bank.Timing(factor.Mode) == bank.Timing(factors[0].Mode))
            ? null
            : "one of the waves runs forward in time and the other backward, so that their product does not go on by itself from step to step";
    }
}
