using System;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// The recurrence of LinOSS, models/LinOSS.py of tk-rusch/linoss at 83e6318 (docs/architectures/linoss.md): oscillators shared by all channels,
/// <code>
/// A = relu(A_diag)     Delta = sigmoid(steps)
/// </code>
/// </summary>
internal static class LinossCell
{
    /// <summary>Takes the tensors of a layer.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before their names.</param>
    /// <param name="width">H.</param>
    /// <param name="scheme">The scheme.</param>
    /// <returns>Makes the recurrence; to be called when no error was found.</returns>
    public static Func<SharedOscillators> Read(ArchitectureReading reading, string prefix, int width, OscillatorScheme scheme)
    {
        TensorTable tensors = reading.Tensors;
        int count = reading.Size("ssm_size", (prefix + "A_diag", 0, 1), (prefix + "steps", 0, 1), (prefix + "B", 0, 3));
        Tensor? stiffness = tensors.Take(prefix + "A_diag", count); // [P]
        Tensor? steps = tensors.Take(prefix + "steps", count); // [P]
        Tensor? input = tensors.Take(prefix + "B", count, width, 2); // [P, H, 2]
        Tensor? output = tensors.Take(prefix + "C", width, count, 2); // [H, P, 2]
        Tensor? skip = tensors.Take(prefix + "D", width); // [H]
        return () =>
        {
            var math = new ParameterMath(reading);
            Tensor a = math.Of(stiffness!, prefix + "A_diag", "relu", value => Math.Max(value, 0));
            Tensor delta = math.Of(steps!, prefix + "steps", "sigmoid", DecoderFunctions.Sigmoid.Value);
            CheckGrowth(reading, prefix + "A_diag", scheme, a, delta);
            return new SharedOscillators(width, a.Count, width, scheme, a, delta, input!, output!) { Skip = skip };
        };
    }

    /// <summary>Modes are not taken out of layers of this recurrence.</summary>
    public static ModeStorage Storage => ModeStorage.None("two modes of an oscillator, or its z and x where it has no eigenbasis, are stored as one, and cannot be dropped apart");

    // Beyond Delta^2 A = 4 the eigenvalues are real, and one has a magnitude above 1: 1 - h - sqrt(h^2 - 2 h) with h = Delta^2 A / 2.
    private static void CheckGrowth(ArchitectureReading reading, string name, OscillatorScheme scheme, Tensor a, Tensor delta)
    {
        if (scheme != OscillatorScheme.ImplicitExplicit || !a.HasNumbers || !delta.HasNumbers)
        {
            return; // of shapes it is checked where the numbers come
        }

        int count = 0;
        (int Oscillator, double Magnitude) first = default;
        for (int p = 0; p < a.Count; p++)
        {
            double half = delta.Values[p] * delta.Values[p] * a.Values[p] / 2;
            if (half > 2 && count++ == 0)
            {
                first = (p, half - 1 + Math.Sqrt(half * (half - 2)));
            }
        }

        if (count > 0)
        {
            reading.Faults.Add(ModelFaults.UnstableMode(
                Invariant($"Oscillator {first.Oscillator} ('{name}')"), $"Delta^2 A is above 4, and its eigenvalue has magnitude {NumberText.Format(first.Magnitude, 6)}", count - 1, reading.Tensors.PlaceOf(name)));
        }
    }
}
