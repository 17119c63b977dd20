using System;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// Finds modes that do not decay. For every rule of a continuous mode |lambda| >= 1 exactly when Re(Delta A) >= 0, so nothing needs to be discretised; without a
/// rule |A| is looked at itself. Where a greatest length is declared, modes of modulus 1 are bounded and no fault; a modulus within <see cref="Wave.ModulusRounding"/> of 1 is taken for 1, as both
/// parts of e^(i phi) are rounded. The bilinear rule also divides by 1 - Delta A / 2: a mode at Delta A = 2 has no discrete eigenvalue.
/// </summary>
internal static class Stability
{
    /// <summary>Reports the first mode of a recurrence that does not decay, and how many more there are; and modes that the bilinear rule cannot take.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="cell">The recurrence; all numbers or symbols.</param>
    /// <param name="tensor">The declared tensor that A comes from.</param>
    public static void Check(ArchitectureReading reading, ModeCell cell, string tensor)
    {
        if (!cell.A.HasNumbers || !cell.Delta.HasNumbers)
        {
            return; // checked where the numbers come
        }

        Check(reading, cell.A, cell.ModesPerChannel, m => cell.Delta.Values[cell.StepIndex(m)], cell.Field, cell.Rule, tensor);
        int parts = cell.Field == Field.Complex ? 2 : 1;
        for (int m = 0; cell.Rule == DiscretizationRule.Bilinear && m < cell.ModeCount; m++)
        {
            double step = cell.Delta.Values[cell.StepIndex(m)];
            if (cell.A.Values[m * parts] * step == 2 && (parts == 1 || cell.A.Values[(m * parts) + 1] * step == 0))
            {
                reading.Faults.Add(ModelFaults.ParameterOverflow(
                    $"The discrete eigenvalue of {Mode(m, cell.ModesPerChannel, cell.ModeCount).ToLowerInvariant()}", "the bilinear rule divides by 1 - step eigenvalue / 2, which is 0", reading.Tensors.PlaceOf(tensor)));
            }
        }
    }

    /// <summary>Reports the first mode that does not decay at steps that depend on the input and are positive.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="a">A, shape [channels, modes], or [cells]; complex with a last axis of 2.</param>
    /// <param name="field">Whether A is complex.</param>
    /// <param name="tensor">The declared tensor that A comes from.</param>
    public static void Check(ArchitectureReading reading, Tensor a, Field field, string tensor)
    {
        if (a.HasNumbers)
        {
            Check(reading, a, a.Shape[a.Shape.Count - (field == Field.Complex ? 2 : 1)], _ => 1, field, DiscretizationRule.ExponentialEuler, tensor);
        }
    }

    /// <summary>Reports the first eigenvalue of low-rank modes that does not decay, which the low-rank part has a say in, and how many more there are.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="cell">The recurrence.</param>
    /// <param name="tensor">The declared tensor that A comes from.</param>
    public static void Check(ArchitectureReading reading, LowRankModes cell, string tensor)
    {
        int count = 0;
        (int Row, double Re) first = default;
        for (int row = 0; row < cell.Rows; row++)
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            foreach (ComplexNumber eigenvalue in new Hessenberg(LowRankModesBasis.Transition(cell, row)).Eigenvalues() ?? [])
            {
                if ((reading.HasGreatestLength ? eigenvalue.Re > 0 : eigenvalue.Re >= 0) && count++ == 0)
                {
                    first = (row, eigenvalue.Re);
                }
            }
        }

        if (count > 0)
        {
            reading.Faults.Add(ModelFaults.UnstableMode(
                Invariant($"A mode of row {first.Row} ('{tensor}')"), $"an eigenvalue of A, its low-rank part included, has real part {NumberText.Format(first.Re, 6)}", count - 1, reading.Tensors.PlaceOf(tensor), reading.HasGreatestLength));
        }
    }

    private static void Check(ArchitectureReading reading, Tensor a, int modesPerChannel, Func<int, double> step, Field field, DiscretizationRule rule, string tensor)
    {
        int parts = field == Field.Complex ? 2 : 1;
        int count = 0;
        (int Mode, string Reason) first = (0, "");
        for (int m = 0; m < a.Count / parts; m++)
        {
            double re = a.Values[m * parts];
            double im = parts == 2 ? a.Values[(m * parts) + 1] : 0;
            if (Reason(re, im, rule == DiscretizationRule.None ? 1 : step(m), rule, reading.HasGreatestLength) is { } reason && count++ == 0)
            {
                first = (m, reason);
            }
        }

        if (count > 0)
        {
            string mode = Mode(first.Mode, modesPerChannel, a.Count / parts);
            reading.Faults.Add(ModelFaults.UnstableMode($"{mode} ('{tensor}')", first.Reason, count - 1, reading.Tensors.PlaceOf(tensor), reading.HasGreatestLength));
        }
    }

    private static string Mode(int mode, int modesPerChannel, int all) =>
        modesPerChannel == all ? Invariant($"Mode {mode}") : Invariant($"Mode {mode % modesPerChannel} of channel {mode / modesPerChannel}");

    /// <summary>Why a mode does not decay; null where it does or is a symbol.</summary>
    private static string? Reason(double re, double im, double step, DiscretizationRule rule, bool isBounded)
    {
        if (rule == DiscretizationRule.None)
        {
            double magnitude = new ComplexNumber(re, im).Magnitude;
            return (isBounded ? magnitude > 1 + Wave.ModulusRounding : magnitude >= 1) ? $"its eigenvalue has magnitude {(NumberText.Format(magnitude, 6) == "1" ? NumberText.Format(magnitude) : NumberText.Format(magnitude, 6))}" : null;
        }

        return (isBounded ? re * step > 0 : re * step >= 0)
            ? $"its eigenvalue has real part {NumberText.Format(re, 6)} at step size {NumberText.Format(step, 6)}"
            : null;
    }
}
