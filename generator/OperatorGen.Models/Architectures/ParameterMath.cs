using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The functions between stored weights and the parameters of the formulas, element by element, each result checked to be finite.</summary>
internal sealed class ParameterMath(ArchitectureReading reading)
{
    private const int ElementsBetweenPolls = 1024;

    /// <summary>exp(w).</summary>
    public Tensor Exp(Tensor weight, string name) => Of(weight, name, "exp", RealMath.Exp);

    /// <summary>-exp(w).</summary>
    public Tensor NegativeExp(Tensor weight, string name) => Of(weight, name, "exp", x => -RealMath.Exp(x));

    /// <summary>-exp(real) + i imaginary, with a last axis of (re, im).</summary>
    public Tensor ComplexDecay(Tensor real, string realName, Tensor imaginary)
    {
        Tensor decay = NegativeExp(real, realName);
        return Complex(EquatableArray.Of(real.Shape[0], real.Shape[1], 2), () => decay.Values.ToArray(), () => imaginary.Values.ToArray(), decay, imaginary);
    }

    /// <summary>f(w).</summary>
    /// <param name="weight">w.</param>
    /// <param name="name">The tensor's name.</param>
    /// <param name="function">The function's name, for the fault.</param>
    /// <param name="f">The function.</param>
    public Tensor Of(Tensor weight, string name, string function, Func<double, double> f) => Tensor.Derived(weight.Shape, () => Values(weight, name, function, f), weight);

    /// <summary>f(w), row-major; a fault where a result is beyond the range of a double.</summary>
    private double[] Values(Tensor weight, string name, string function, Func<double, double> f)
    {
        ReadOnlySpan<double> source = weight.Values;
        var values = new double[source.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (i % ElementsBetweenPolls == 0)
            {
                reading.Cancellation.ThrowIfCancellationRequested();
            }

            values[i] = f(source[i]);
            if (double.IsInfinity(values[i]) || double.IsNaN(values[i]))
            {
                string index = Shapes.IndexText(weight.Shape, i);
                reading.Faults.Add(ModelFaults.ParameterOverflow($"{function}({name}{index})", $"{name}{index} is {NumberText.Format(source[i])}", reading.Tensors.PlaceOf(name)));
            }
        }

        return values;
    }

    /// <summary>Real and imaginary parts, interleaved on a last axis of 2.</summary>
    /// <param name="shape">The shape, with that axis.</param>
    /// <param name="real">Computes the real parts.</param>
    /// <param name="imaginary">Computes the imaginary parts.</param>
    /// <param name="sources">The tensors that they are computed from.</param>
    public static Tensor Complex(EquatableArray<int> shape, Func<double[]> real, Func<double[]> imaginary, params Tensor?[] sources) =>
        Tensor.Derived(shape, () => Interleaved(real(), imaginary()), sources);

    /// <summary>Real and imaginary parts in turns.</summary>
    public static double[] Interleaved(double[] real, double[] imaginary)
    {
        var values = new double[2 * real.Length];
        for (int i = 0; i < real.Length; i++)
        {
            values[2 * i] = real[i];
            values[(2 * i) + 1] = imaginary[i];
        }

        return values;
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
}
