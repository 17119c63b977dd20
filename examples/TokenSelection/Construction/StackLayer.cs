using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using ExampleModels;

namespace TokenSelections.Construction;

/// <summary>A layer of a model file of the architecture <c>stack</c>, built mode by mode and unit by unit.</summary>
/// <param name="inputs">The width of its input.</param>
internal sealed class StackLayer(int inputs)
{
    private readonly List<(Complex Eigenvalue, double[] Drive)> _modes = [];
    private readonly List<LinearForm> _units = [];
    private readonly List<double[]> _outputs = []; // weights of units, [output]; shorter than all units where later ones came
    private readonly List<double> _biases = [];

    /// <summary>Adds a mode <c>s_t = eigenvalue s_(t-1) + x_t[input]</c>.</summary>
    public int Mode(Complex eigenvalue, int input)
    {
        var drive = new double[inputs];
        drive[input] = 1;
        _modes.Add((eigenvalue, drive));
        return _modes.Count - 1;
    }

    /// <summary>Adds a unit of the decoder and gives its number.</summary>
    public int Unit(LinearForm form)
    {
        _units.Add(form);
        return _units.Count - 1;
    }

    /// <summary>Adds an output: a sum of units, each with a weight, and a bias.</summary>
    public void Output(IEnumerable<Weighted> units, double bias = 0)
    {
        var weights = new double[_units.Count];
        foreach (Weighted unit in units)
        {
            weights[unit.Unit] += unit.Weight;
        }

        _outputs.Add(weights);
        _biases.Add(bias);
    }

    /// <summary>The tensors. Without outputs there is no second linear map: the units are the outputs.</summary>
    public IEnumerable<TensorText> Tensors(int index)
    {
        string prefix = $"layers.{index}.";
        int modes = _modes.Count;
        bool complex = _modes.Any(mode => mode.Eigenvalue.Imaginary != 0) || _units.Any(unit => unit.States.Values.Any(weight => weight.Imaginary != 0));
        yield return complex
            ? new(prefix + "eigenvalue", [modes, 2], [.. _modes.SelectMany(mode => Parts(mode.Eigenvalue))])
            : new(prefix + "eigenvalue", [modes], [.. _modes.Select(mode => mode.Eigenvalue.Real)]);
        yield return new(prefix + "input", [modes, inputs], [.. _modes.SelectMany(mode => mode.Drive)]);
        IEnumerable<Complex> reads = _units.SelectMany(unit => Enumerable.Range(0, modes).Select(mode => unit.States.GetValueOrDefault(mode)));
        yield return complex
            ? new(prefix + "output", [_units.Count, modes, 2], [.. reads.SelectMany(Parts)])
            : new(prefix + "output", [_units.Count, modes], [.. reads.Select(read => read.Real)]);
        if (_units.Any(unit => unit.Inputs.Count > 0))
        {
            yield return new(prefix + "skip", [_units.Count, inputs], [.. _units.SelectMany(unit => Enumerable.Range(0, inputs).Select(input => unit.Inputs.GetValueOrDefault(input)))]);
        }

        if (_units.Any(unit => unit.Constant != 0))
        {
            yield return new(prefix + "linear1.bias", [_units.Count], [.. _units.Select(unit => unit.Constant)]);
        }

        if (_outputs.Count > 0)
        {
            yield return new(prefix + "linear2.weight", [_outputs.Count, _units.Count], [.. _outputs.SelectMany(weights => weights.Concat(new double[_units.Count - weights.Length]))]);
        }

        if (_biases.Any(bias => bias != 0))
        {
            yield return new(prefix + "linear2.bias", [_outputs.Count], [.. _biases]);
        }
    }

    // -0 is 0: files are compared.
    private static double[] Parts(Complex z) => [z.Real + 0.0, z.Imaginary + 0.0];
}

/// <summary>A unit with a weight.</summary>
/// <param name="Unit">Its number.</param>
/// <param name="Weight">What multiplies it.</param>
internal readonly record struct Weighted(int Unit, double Weight)
{
    /// <summary>All of them times a factor.</summary>
    public static IEnumerable<Weighted> Times(double factor, IEnumerable<Weighted> units) => [.. units.Select(unit => unit with { Weight = factor * unit.Weight })];
}
