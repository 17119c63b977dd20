using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>Random cells of the Mamba kind: a channel each, with a step size, an eigenvalue per mode, and one value.</summary>
/// <param name="random">Where the numbers come from.</param>
/// <param name="shape">The shape.</param>
/// <param name="inputs">The width of the cells' input.</param>
/// <param name="signals">The signals.</param>
internal sealed class RandomMamba(Random random, ModelShape shape, int inputs, RandomSignals signals)
{
    private readonly int _channels = shape.InnerWidth;
    private readonly int _modes = shape.Modes;

    /// <summary>B and C of the input, of groups of channels; projected as Mamba's: Delta = softplus(dt_proj delta), delta, B and C slices of one projection of v.</summary>
    public SelectiveCell Selective(Field field, int groups)
    {
        int parts = field == Field.Complex ? 2 : 1, width = groups * _modes * parts;
        if (shape.Slices)
        {
            Signal value = signals.Take(_channels, "v"), step = signals.Steps(_channels);
            return Cell(field, value, step, new SelectiveParameter(signals.Take(width, "B"), field), new SelectiveParameter(signals.Take(width, "C"), field));
        }

        int rank = shape.DeltaRank;
        Signal projected = signals.Take(rank + (2 * width), "x_proj", bias: false);
        Signal delta = new ProjectedSignal(new SlicedSignal(projected, 0, rank), random.Linear(rank, _channels, bias: true), "dt_proj");
        return Cell(
            field,
            new CellInputSignal(inputs),
            new MappedSignal(delta, DecoderFunctions.Softplus),
            new SelectiveParameter(new SlicedSignal(projected, rank, width), field),
            new SelectiveParameter(new SlicedSignal(projected, rank + width, width), field));
    }

    /// <summary>Constant B and C.</summary>
    public SelectiveCell Fixed()
    {
        Field field = shape.Field;
        int[] axes = field == Field.Complex ? [_channels, _modes, 2] : [_channels, _modes];
        ConstantParameter Constant() => new(random.Tensor(r => r.Normal() / Math.Sqrt(_modes), axes), field);
        return Cell(field, signals.Take(_channels, "v"), signals.Steps(_channels), Constant(), Constant());
    }

    private SelectiveCell Cell(Field field, Signal value, Signal step, Parameter key, Parameter query)
    {
        Tensor a = random.Tensor(r => -Math.Exp(0.5 * r.Normal()), _channels, _modes);
        if (field == Field.Complex)
        {
            var pairs = new double[2 * a.Count];
            for (int i = 0; i < a.Count; i++)
            {
                (pairs[2 * i], pairs[(2 * i) + 1]) = (a.Values[i], random.Uniform(-4, 4));
            }

            a = new Tensor(EquatableArray.Of(_channels, _modes, 2), pairs);
        }

        return new SelectiveCell(inputs, _channels, _modes, 1, field, new StepTransition(a, step), value, key, query, field == Field.Complex ? 2 : 1)
        {
            Skip = shape.Skip ? random.Tensor(r => r.Normal(), _channels) : null,
            Layout = StateOrder.Keys,
        };
    }
}
