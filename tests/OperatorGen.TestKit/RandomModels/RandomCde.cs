using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// Random linear controlled differential equations whose states do not grow much in some hundred steps: antisymmetric matrices, whose exponentials are rotations; strictly
/// triangular ones in a random order of the states, which have an end; sparse ones, with states that nothing moves.
/// </summary>
internal static class RandomCde
{
    public static LinearCde Cell(Random random, ModelShape shape, int channels)
    {
        int states = shape.Modes, structure = random.Next(3);
        var step = (LinearCdeStep)random.Next(3);
        double size = step switch { LinearCdeStep.Exponential => 0.2, LinearCdeStep.Euler => 0.03, _ => 0.2 } / Math.Sqrt(states * channels);
        int[] order = [.. Enumerable.Range(0, states).OrderBy(_ => random.Next())];
        bool[] still = [.. order.Select(_ => structure == 2 && random.Next(3) == 0)];
        var a = new double[channels * states * states];
        for (int i = 0; i < channels; i++)
        {
            for (int row = 0; row < states; row++)
            {
                for (int column = 0; column < states; column++)
                {
                    int at = (((i * states) + row) * states) + column;
                    a[at] = size * random.Normal() * structure switch
                    {
                        1 => order[row] > order[column] ? 1 : 0,
                        2 => still[row] || (row + column + i) % 3 == 0 ? 0 : 1,
                        _ => 1,
                    };
                    if (structure == 0 && step != LinearCdeStep.Product && column <= row)
                    {
                        a[at] = row == column ? 0 : -a[(((i * states) + column) * states) + row];
                    }
                }
            }
        }

        return new LinearCde(
            channels,
            states,
            channels,
            step,
            new Tensor(EquatableArray.Of(channels, states, states), a),
            random.Next(3) == 0 ? null : random.Tensor(r => r.Next(3) == 0 ? 0 : 0.3 * r.Normal() / Math.Sqrt(channels), states, channels),
            random.Tensor(r => r.Normal(), states),
            random.Tensor(r => 0.5 * r.Normal() / Math.Sqrt(states), channels, states));
    }
}
