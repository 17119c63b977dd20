using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference.Tests;

/// <summary>Selective cells in the arithmetic of T, as generated code evaluates them: the step multiplies the value, gamma the query, and keys are summed one after the other.</summary>
/// <param name="cell">The cells.</param>
internal sealed class PlainSelective<T>(SelectiveCell cell)
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly (T Re, T Im)[,,] _state = new (T Re, T Im)[cell.Count, cell.KeyWidth, cell.ValueWidth];

    public T[] Step(T[] v)
    {
        var o = new T[cell.OutputWidth];
        T[] values = Signal(cell.Value, v);
        for (int g = 0; g < cell.Count; g++)
        {
            (T Re, T Im)[] gates = Gates(v, g), key = Numbers(cell.Key, v, g), query = Numbers(cell.Query, v, g);
            query = Array.ConvertAll(query, q => (Cast(cell.Gamma) * q.Re, Cast(cell.Gamma) * q.Im));
            T step = cell.Transition switch
            {
                StepTransition transition => Number(transition.Delta, v, g),
                DeltaTransition transition => Number(transition.Beta, v, g),
                _ => T.One,
            };
            T[] value = PlainSignals<T>.Block(values, cell.ValueWidth, g, cell.Count);
            for (int j = 0; j < cell.ValueWidth; j++)
            {
                int i = (g * cell.ValueWidth) + j;
                o[i] = cell.Skip is null ? T.Zero : Cast(cell.Skip.Values[cell.Skip.Count == cell.Count ? g : i]) * value[j];
                o[i] += cell.Order == ReadOrder.PostUpdate ? T.Zero : Read(query, g, j) + (Bonus(query, key, g) * value[j]);
                Update(gates, key, step, value[j], g, j);
                o[i] += cell.Order == ReadOrder.PostUpdate ? Read(query, g, j) : T.Zero;
            }
        }

        return o;
    }

    private void Update((T Re, T Im)[] gates, (T Re, T Im)[] key, T step, T value, int g, int j)
    {
        if (cell.Transition is DeltaTransition)
        {
            T read = T.Zero;
            for (int k = 0; k < key.Length; k++)
            {
                read += key[k].Re * _state[g, k, j].Re;
            }

            value -= gates[0].Re * read;
        }

        T added = step * value;
        for (int k = 0; k < key.Length; k++)
        {
            ((T re, T im), (T a, T b)) = (_state[g, k, j], gates[k]);
            _state[g, k, j] = ((a * re) - (b * im) + (key[k].Re * added), (a * im) + (b * re) + (key[k].Im * added));
        }
    }

    private T Read((T Re, T Im)[] query, int g, int j)
    {
        T sum = T.Zero;
        for (int k = 0; k < query.Length; k++)
        {
            sum += (query[k].Re * _state[g, k, j].Re) - (query[k].Im * _state[g, k, j].Im);
        }

        return sum;
    }

    private T Bonus((T Re, T Im)[] query, (T Re, T Im)[] key, int g)
    {
        T sum = T.Zero;
        for (int k = 0; k < key.Length && cell.Bonus is not null; k++)
        {
            sum += query[k].Re * Cast(cell.Bonus.Values[(g * key.Length) + k]) * key[k].Re;
        }

        return sum;
    }

    private (T Re, T Im)[] Gates(T[] v, int g)
    {
        int keys = cell.KeyWidth, parts = cell.Field == Field.Complex ? 2 : 1;
        switch (cell.Transition)
        {
            case StepTransition { A: Tensor a } transition:
                T delta = Number(transition.Delta, v, g);
                int perCell = a.Count / cell.Count / parts;
                return [.. Enumerable.Range(0, keys).Select(k =>
                {
                    int at = ((g * perCell) + (k % perCell)) * parts;
                    T size = T.Exp(delta * Cast(a.Values[at])), angle = parts == 2 ? delta * Cast(a.Values[at + 1]) : T.Zero;
                    return (size * T.Cos(angle), size * T.Sin(angle));
                })];
            case LogGateTransition { PerKey: true } transition:
                return [.. PlainSignals<T>.Block(Signal(transition.LogGate, v), keys, g, cell.Count).Select(x => (T.Exp(x), T.Zero))];
            case LogGateTransition transition:
                return Same((T.Exp(Number(transition.LogGate, v, g)), T.Zero));
            case GateTransition transition:
                T[] gate = PlainSignals<T>.Block(Signal(transition.Gate, v), parts, g, cell.Count);
                return Same((gate[0], parts == 2 ? gate[1] : T.Zero));
            case DecayTransition transition:
                return Same((Cast(transition.A.Values[g]), T.Zero));
            case DeltaTransition transition:
                return Same((transition.LogGate is null ? T.One : T.Exp(Number(transition.LogGate, v, g)), T.Zero));
            default:
                throw new NotSupportedException($"A {cell.Transition.GetType().Name} is not known.");
        }

        (T Re, T Im)[] Same((T Re, T Im) number) => [.. Enumerable.Repeat(number, keys)];
    }

    private (T Re, T Im)[] Numbers(Parameter? parameter, T[] v, int g)
    {
        int keys = cell.KeyWidth, parts = parameter?.Field == Field.Complex ? 2 : 1;
        T[] numbers = parameter switch
        {
            null => [T.One],
            ConstantParameter constant => [.. constant.Value.Values.Slice(g * keys * parts, keys * parts).ToArray().Select(Cast)],
            SelectiveParameter selective => PlainSignals<T>.Block(Signal(selective.Signal, v), keys * parts, g, cell.Count),
            _ => throw new NotSupportedException($"A {parameter.GetType().Name} is not known."),
        };
        return [.. Enumerable.Range(0, keys).Select(k => (numbers[k * parts], parts == 2 ? numbers[(k * parts) + 1] : T.Zero))];
    }

    private T Number(Signal signal, T[] v, int g) => PlainSignals<T>.Block(Signal(signal, v), 1, g, cell.Count)[0];

    private static T[] Signal(Signal signal, T[] v) => PlainSignals<T>.Of(signal, v);

    private static T Cast(double value) => T.CreateChecked(value);
}
