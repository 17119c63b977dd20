using System.Collections.Generic;
using System.Numerics;

namespace TokenSelections.Construction;

/// <summary>What a unit of a layer sees: <c>sum_n Re(w_n s_n) + sum_i d_i x_i + b</c>, of the states s, the input x and a constant.</summary>
internal sealed class LinearForm
{
    /// <summary>w by mode.</summary>
    public Dictionary<int, Complex> States { get; } = [];

    /// <summary>d by input.</summary>
    public Dictionary<int, double> Inputs { get; } = [];

    /// <summary>b.</summary>
    public double Constant { get; private set; }

    /// <summary>Re s.</summary>
    public static LinearForm Re(int mode) => new() { States = { [mode] = 1 } };

    /// <summary>Im s = Re(-i s).</summary>
    public static LinearForm Im(int mode) => new() { States = { [mode] = -Complex.ImaginaryOne } };

    /// <summary>x.</summary>
    public static LinearForm Input(int input) => new() { Inputs = { [input] = 1 } };

    /// <summary>A number.</summary>
    public static LinearForm Number(double constant) => new() { Constant = constant };

    public static LinearForm operator +(LinearForm a, LinearForm b) => Combined(a, b, 1);

    public static LinearForm operator -(LinearForm a, LinearForm b) => Combined(a, b, -1);

    public static LinearForm operator *(double factor, LinearForm form) => Combined(new LinearForm(), form, factor);

    private static LinearForm Combined(LinearForm a, LinearForm b, double factor)
    {
        var sum = new LinearForm { Constant = a.Constant + (factor * b.Constant) };
        foreach ((LinearForm form, double times) in new[] { (a, 1.0), (b, factor) })
        {
            foreach ((int mode, Complex weight) in form.States)
            {
                sum.States[mode] = sum.States.GetValueOrDefault(mode) + (times * weight);
            }

            foreach ((int input, double weight) in form.Inputs)
            {
                sum.Inputs[input] = sum.Inputs.GetValueOrDefault(input) + (times * weight);
            }
        }

        return sum;
    }
}
