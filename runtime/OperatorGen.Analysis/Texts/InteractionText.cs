using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The waves of a product in words.</summary>
internal static class InteractionText
{
    private const int Listed = 4;

    /// <summary>For example <c>lifetime 13.98, period 220.62 (sum), frequency 0 (difference)</c>; of more than two factors with a sign per factor.</summary>
    /// <param name="waves">The waves, at least one.</param>
    public static string Of(IReadOnlyList<InteractionWave> waves)
    {
        string listed = string.Join(", ", waves.Take(Listed).Select(wave => Period(wave.Period) + (waves.Count == 1 ? "" : $" ({Name(wave.Signs)})")));
        return $"lifetime {PlainText.Number(waves[0].Lifetime)}, {listed}{(waves.Count > Listed ? $", {NumberText.Format(waves.Count - Listed)} more" : "")}";
    }

    /// <summary>A period, or that there is none.</summary>
    public static string Period(double period) => double.IsInfinity(period) ? "frequency 0" : "period " + PlainText.Number(period);

    private static string Name(string signs) => signs switch { "++" => "sum", "+-" => "difference", _ => signs };
}
