using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>What products of a bank's waves are as waves.</summary>
internal static class TermWaves
{
    /// <summary>Whether a factor is a mode, and not instantaneous.</summary>
    public static bool IsMode(WaveFactor factor) => factor.Kind is WaveKind.Mode or WaveKind.Oscillator;

    /// <summary>Why the product of the factors that are modes is no wave; null where it is one, or there are none.</summary>
    public static string? Obstacle(ModeBank bank, IReadOnlyList<WaveFactor> factors)
    {
        (int, int)[] modes = [.. factors.Where(IsMode).Select(factor => Mode(bank, factor))];
        return modes.Length == 0 ? null : WaveProducts.Obstacle(bank, modes);
    }

    /// <summary>The eigenvalue and the power of every factor; empty where the product is no wave.</summary>
    public static IReadOnlyList<(ComplexNumber Eigenvalue, int Power)> Eigenvalues(ModeBank bank, IReadOnlyList<WaveFactor> factors) =>
        factors.All(IsMode) && Obstacle(bank, factors) is null
            ? [.. factors.Select(factor => Mode(bank, factor)).Select(factor => (bank.Eigenvalue(factor.Mode), factor.Power))]
            : [];

    /// <summary>The waves of a product; empty where it is none.</summary>
    public static IReadOnlyList<InteractionWave> Of(IReadOnlyList<(ComplexNumber Eigenvalue, int Power)> eigenvalues) =>
        eigenvalues.Count == 0 ? [] : InteractionWave.Of(eigenvalues);

    private static (int Mode, int Power) Mode(ModeBank bank, WaveFactor factor) => (bank.ModeOf(factor.Channel, factor.Mode), factor.Power);
}
