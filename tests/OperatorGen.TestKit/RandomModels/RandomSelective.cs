using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// Random selective cells of every kind, stable: gates are at most 1 in magnitude, and a delta rule takes away at most what is there. Channel-wise kinds have as many
/// cells as the shape's inner width; the others have its heads, with as many values each as fill that width.
/// </summary>
internal sealed class RandomSelective
{
    private readonly Random _random;
    private readonly ModelShape _shape;
    private readonly int _inputs;
    private readonly RandomSignals _signals;
    private readonly int _heads;
    private readonly int _keys;
    private readonly int _values;
    private readonly int _groups;

    private RandomSelective(Random random, ModelShape shape, int inputs)
    {
        (_random, _shape, _inputs) = (random, shape, inputs);
        _signals = new RandomSignals(random, shape, inputs);
        (_heads, _keys, _values) = (shape.Heads, shape.Modes, (shape.InnerWidth + shape.Heads - 1) / shape.Heads);
        _groups = RandomNumbers.Divisor(shape.Heads, shape.Groups);
    }

    /// <summary>Cells of the shape's kind.</summary>
    public static SelectiveCell Cell(Random random, ModelShape shape) => new RandomSelective(random, shape, Inputs(shape)).Cell();

    /// <summary>The width of the cells' input: all that is cut from it, or, where signals are projected from it, the inner width.</summary>
    public static int Inputs(ModelShape shape)
    {
        if (!shape.Slices)
        {
            return shape.InnerWidth;
        }

        // What is cut does not depend on the numbers.
        var trial = new RandomSelective(new Random(0), shape, 0);
        trial.Cell();
        return trial._signals.Taken;
    }

    /// <summary>The number of readouts.</summary>
    public static int Readouts(ModelShape shape) => new RandomSelective(new Random(0), shape, 0).Cell().OutputWidth;

    private SelectiveCell Cell()
    {
        SelectiveCell cell = _shape.Selective switch
        {
            SelectiveKind.Mamba => Mamba(Field.Real, 1),
            SelectiveKind.MambaComplex => Mamba(Field.Complex, 1),
            SelectiveKind.MambaFixed => new RandomMamba(_random, _shape, _inputs, _signals).Fixed(),
            SelectiveKind.MambaGrouped => Mamba(Field.Real, RandomNumbers.Divisor(_shape.InnerWidth, _shape.Groups)),
            SelectiveKind.Mamba2 => Mamba2(),
            SelectiveKind.LogGatePerKey => Heads(new LogGateTransition(_signals.LogGates(_groups * _keys), PerKey: true), _groups, _heads, _groups),
            SelectiveKind.LogGate => Heads(new LogGateTransition(_signals.LogGates(_heads), PerKey: false)),
            SelectiveKind.Hgrn => Channels(new LogGateTransition(_signals.LogGates(_shape.InnerWidth), PerKey: false)),
            SelectiveKind.Retnet => Heads(new DecayTransition(_random.Tensor(r => r.Uniform(0.5, 1), _heads))),
            SelectiveKind.Rwkv6 => Rwkv6(),
            SelectiveKind.GateLoop => Heads(new GateTransition(new PolarSignal(_signals.Take(2 * _heads, "to_a")))) with { Field = Field.Complex },
            SelectiveKind.GateLoopSimple => GateLoopSimple(),
            SelectiveKind.Delta => Erasing(null),
            SelectiveKind.GatedDelta => Erasing(_signals.LogGates(_heads)),
            _ => throw new InvalidOperationException($"There are no cells of the kind {_shape.Selective}."),
        };
        return cell with { StateName = "ssm_state" };
    }

    private SelectiveCell Mamba(Field field, int groups) => new RandomMamba(_random, _shape, _inputs, _signals).Selective(field, groups);

    private SelectiveCell Mamba2() =>
        Heads(new StepTransition(_random.Tensor(r => -Math.Exp(0.5 * r.Normal()), _heads), _signals.Steps(_heads)), _groups, _groups, _heads) with { Layout = StateOrder.ValuesKeys };

    private SelectiveCell Rwkv6() => Heads(new LogGateTransition(_signals.LogGates(_heads * _keys), PerKey: true)) with
    {
        Order = ReadOrder.PreUpdate,
        Bonus = _random.Next() % 4 == 0 ? null : _random.Tensor(r => r.Normal(), _heads, _keys),
    };

    private SelectiveCell GateLoopSimple() => Channels(new GateTransition(new MappedSignal(_signals.Take(_shape.InnerWidth, "to_a"), DecoderFunctions.Sigmoid))) with
    {
        Query = new SelectiveParameter(_signals.Take(_shape.InnerWidth, "to_q")),
    };

    /// <summary>Keys have at most the length 1, with which a delta rule does not grow for any beta up to 2.</summary>
    private SelectiveCell Erasing(Signal? logGate)
    {
        SelectiveCell cell = Heads(new DeltaTransition(new MappedSignal(_signals.Take(_heads, "b_proj"), DecoderFunctions.Sigmoid), logGate));
        Signal keys = new MappedSignal(((SelectiveParameter)cell.Key!).Signal, DecoderFunctions.Tanh);
        return cell with { Key = new SelectiveParameter(new AffineSignal(keys, 1 / Math.Sqrt(_keys), null)) };
    }

    private SelectiveCell Heads(Transition transition) => Heads(transition, _heads, _heads, _heads);

    /// <summary>Cells of several keys and values, with as many blocks of keys, queries and values as said.</summary>
    private SelectiveCell Heads(Transition transition, int keys, int queries, int values) => new(
        _inputs,
        _heads,
        _keys,
        _values,
        Field.Real,
        transition,
        _signals.Take(values * _values, "v_proj"),
        _signals.Features(keys * _keys, "k_proj"),
        _signals.Features(queries * _keys, "q_proj"),
        1 / Math.Sqrt(_keys))
    {
        Skip = !_shape.Skip ? null : _random.Tensor(r => r.Normal(), _random.Next() % 2 == 0 ? [_heads] : [_heads, _values]),
    };

    /// <summary>Channels of one state each, without keys.</summary>
    private SelectiveCell Channels(Transition transition) => new(
        _inputs, _shape.InnerWidth, 1, 1, Field.Real, transition, _signals.Take(_shape.InnerWidth, "v_proj"), null, null, 1)
    {
        Skip = !_shape.Skip ? null : _random.Tensor(r => r.Normal(), _shape.InnerWidth),
        Layout = StateOrder.Cells,
    };
}
