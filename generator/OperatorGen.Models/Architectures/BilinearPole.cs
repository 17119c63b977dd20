using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>The bilinear rule divides by 1 - Delta A / 2: a mode at Delta A = 2 has no discrete eigenvalue.</summary>
internal static class BilinearPole
{
    /// <summary>Reports modes at the pole.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="a">A, shape [1, N] or, complex, [1, N, 2].</param>
    /// <param name="delta">The step size, shape [1].</param>
    /// <param name="field">Whether A is complex.</param>
    /// <param name="rule">The discretisation rule.</param>
    public static void Check(ArchitectureReading reading, Tensor a, Tensor delta, Field field, DiscretizationRule rule)
    {
        int parts = field == Field.Complex ? 2 : 1;
        for (int i = 0; rule == DiscretizationRule.Bilinear && i < a.Count / parts; i++)
        {
            double im = parts == 2 ? a.Values[(i * parts) + 1] : 0;
            if (a.Values[i * parts] * delta.Values[0] == 2 && im * delta.Values[0] == 0)
            {
                reading.Faults.Add(ModelFaults.ParameterOverflow(
                    Invariant($"The discrete eigenvalue of mode {i}"), "the bilinear rule divides by 1 - step eigenvalue / 2, which is 0", reading.Tensors.PlaceOf("eigenvalue")));
            }
        }
    }
}
