using System;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The functions between stored weights and the parameters of the formulas, element by element, each result checked to be finite.</summary>
internal sealed class ParameterMath(ArchitectureReading reading)
{
    /// <summary>exp(w).</summary>
    public Tensor Exp(Tensor weight, string name) => new(weight.Shape, Exponentials(weight, name, 1));

    /// <summary>-exp(w).</summary>
    public Tensor NegativeExp(Tensor weight, string name) => new(weight.Shape, Exponentials(weight, name, -1));

    /// <summary>-exp(real) + i imaginary, with a last axis of (re, im).</summary>
    public Tensor ComplexDecay(Tensor real, string realName, Tensor imaginary)
    {
        double[] parts = Exponentials(real, realName, -1);
        var values = new double[2 * parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            values[2 * i] = parts[i];
            values[(2 * i) + 1] = imaginary.Values[i];
        }

        return new Tensor(EquatableArray.Of(real.Shape[0], real.Shape[1], 2), values);
    }

    /// <summary>The complex number 1 everywhere: B of the architectures that store none.</summary>
    public static Tensor ComplexOnes(int count, int modes)
    {
        var values = new double[2 * count * modes];
        for (int i = 0; i < values.Length; i += 2)
        {
            values[i] = 1;
        }

        return new Tensor(EquatableArray.Of(count, modes, 2), values);
    }

    private double[] Exponentials(Tensor weight, string name, int sign)
    {
        const int ElementsBetweenPolls = 1024;
        ReadOnlySpan<double> source = weight.Values;
        var values = new double[source.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (i % ElementsBetweenPolls == 0)
            {
                reading.Cancellation.ThrowIfCancellationRequested();
            }

            values[i] = sign * RealMath.Exp(source[i]);
            if (double.IsInfinity(values[i]))
            {
                string index = Shapes.IndexText(weight.Shape, i);
                reading.Faults.Add(ModelFaults.ParameterOverflow($"exp({name}{index})", $"{name}{index} is {NumberText.Format(source[i])}", reading.Tensors.PlaceOf(name)));
            }
        }

        return values;
    }
}
