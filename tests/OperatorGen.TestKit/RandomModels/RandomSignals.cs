using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>Signals of a random selective cell: consecutive slices of the cells' input, or projections of it.</summary>
/// <param name="random">Where the numbers come from.</param>
/// <param name="shape">Whether they are slices.</param>
/// <param name="inputs">The width of the cells' input.</param>
internal sealed class RandomSignals(Random random, ModelShape shape, int inputs)
{
    private readonly CellInputSignal _input = new(inputs);
    private int _taken;

    /// <summary>How many numbers were cut.</summary>
    public int Taken => _taken;

    /// <summary>The next numbers.</summary>
    /// <param name="width">How many.</param>
    /// <param name="name">The projection's name.</param>
    /// <param name="bias">Whether a projection has a bias; null: as the shape's have.</param>
    public Signal Take(int width, string name, bool? bias = null)
    {
        if (!shape.Slices)
        {
            return new ProjectedSignal(_input, random.Linear(inputs, width, bias ?? shape.Bias), name);
        }

        _taken += width;
        return new SlicedSignal(_input, _taken - width, width);
    }

    /// <summary>Positive step sizes; now and then between limits, of which one or the other is met.</summary>
    public Signal Steps(int count)
    {
        Signal argument = new AffineSignal(Take(count, "dt_proj"), 1, random.Tensor(r => 0.3 * r.Normal(), count));
        Signal steps = new MappedSignal(argument, DecoderFunctions.Softplus);
        return random.Next() % 3 == 0 ? new ClampedSignal(steps, 0.3, random.Next() % 2 == 0 ? 1.1 : double.PositiveInfinity) : steps;
    }

    /// <summary>Log-gates that are at most 0: between limits, as minus softplus, or as GLA's sixteenth of the logarithm of a sigmoid.</summary>
    public Signal LogGates(int count)
    {
        Signal x = Take(count, "gk_proj");
        return (random.Next() % 3) switch
        {
            0 => new ClampedSignal(x, -3, 0),
            1 => new AffineSignal(new MappedSignal(x, DecoderFunctions.Softplus), -0.7, null),
            _ => new AffineSignal(new MappedSignal(new AffineSignal(x, -1, null), DecoderFunctions.Softplus), -1.0 / 16, null),
        };
    }

    /// <summary>Keys or queries; now and then with a feature map.</summary>
    public SelectiveParameter Features(int width, string name)
    {
        Signal x = Take(width, name);
        return new SelectiveParameter(random.Next() % 4 == 0 ? new MappedSignal(x, DecoderFunctions.Relu) : x);
    }
}
