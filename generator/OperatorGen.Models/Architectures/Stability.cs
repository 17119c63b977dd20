using System;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// Finds constant modes that do not decay. For zero-order hold, bilinear and Mamba's rule |lambda| >= 1 exactly when Re(Delta A) >= 0,
/// so nothing needs to be discretised; without a rule |A| is looked at itself.
/// </summary>
internal static class Stability
{
    /// <summary>Reports the first mode that does not decay, and how many more there are.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="a">A, shape [G, K] or, complex, [G, K, 2].</param>
    /// <param name="delta">The step size, shape [G] or [1]; null where it depends on the input (and is then not negative).</param>
    /// <param name="field">Whether A is complex.</param>
    /// <param name="rule">The discretisation rule.</param>
    /// <param name="tensor">The declared tensor that A comes from.</param>
    public static void Check(ArchitectureReading reading, Tensor a, Tensor? delta, Field field, DiscretizationRule rule, string tensor)
    {
        int parts = field == Field.Complex ? 2 : 1;
        int modes = a.Shape[1];
        int count = 0;
        (int Mode, string Reason) first = (0, "");
        for (int i = 0; i < a.Count / parts; i++)
        {
            double re = a.Values[i * parts];
            double im = parts == 2 ? a.Values[(i * parts) + 1] : 0;
            double step = delta is null ? 1 : delta.Values[delta.Count == 1 ? 0 : i / modes];
            if (Reason(re, im, step, rule) is { } reason && count++ == 0)
            {
                first = (i, reason);
            }
        }

        if (count > 0)
        {
            string mode = a.Shape[0] == 1 ? Invariant($"Mode {first.Mode}") : Invariant($"Mode {first.Mode % modes} of channel {first.Mode / modes}");
            reading.Faults.Add(ModelFaults.UnstableMode($"{mode} ('{tensor}')", first.Reason, count - 1, reading.Tensors.PlaceOf(tensor)));
        }
    }

    /// <summary>Why a mode does not decay; null where it does or is a symbol.</summary>
    private static string? Reason(double re, double im, double step, DiscretizationRule rule)
    {
        if (rule == DiscretizationRule.None)
        {
            double magnitude = new ComplexNumber(re, im).Magnitude;
            return magnitude >= 1 ? $"its eigenvalue has magnitude {NumberText.Format(magnitude, 6)}" : null;
        }

        return re * step >= 0
            ? $"its eigenvalue has real part {NumberText.Format(re, 6)} at step size {NumberText.Format(step, 6)}"
            : null;
    }
}
