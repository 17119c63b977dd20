using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>A model of selective layers, evaluated for one sequence in double precision, with everything that happens on the way.</summary>
public sealed class SelectivePass
{
    private readonly OperatorDescription _operator;
    private readonly SelectiveLayerPass[] _layers;

    /// <summary>Evaluates.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="readouts">How the readouts of recurrences are made; null: exactly.</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">A layer is not selective, or has a gated linear unit.</exception>
    public SelectivePass(OperatorDescription operators, ReadOnlySpan<double> input, SelectiveReadouts? readouts = null)
        : this(operators, input, null, readouts)
    {
    }

    /// <summary>Evaluates an input in single precision.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="InvalidOperationException">A layer is not selective, or has a gated linear unit.</exception>
    public SelectivePass(OperatorDescription operators, ReadOnlySpan<float> input)
        : this(operators, Widening.Of(input))
    {
    }

    private SelectivePass(OperatorDescription operators, ReadOnlySpan<double> input, SelectivePass? scales, SelectiveReadouts? readouts)
    {
        ArgumentNullException.ThrowIfNull(operators);
        if (Refusal(operators) is { } reason)
        {
            throw new InvalidOperationException($"The model is not passed through as a selective one: {reason}.");
        }

        _operator = operators;
        Steps = operators.StepsOf(input);
        double[] x = operators.Scaled(input);
        x = operators.Encoder is { } encoder ? Rows.Map(encoder, x, Steps) : x;
        _layers = new SelectiveLayerPass[operators.Layers.Count];
        for (int l = 0; l < _layers.Length; l++)
        {
            int layer = l;
            _layers[l] = new SelectiveLayerPass(operators.Layers[l], x, Steps, scales?._layers[l].Scales, readouts is null ? null : path => readouts(layer, path));
            x = _layers[l].Output;
        }

        x = SequenceRows.Pooled(operators.Pooling, x, Steps);
        Scores = operators.Head is { } head ? Rows.Map(head, x, operators.Pooled ? 1 : Steps) : x;
    }

    /// <summary>The number of time steps.</summary>
    public int Steps { get; }

    /// <summary>The scores, [time, output]; of a pooled model [output]. An output function is not applied.</summary>
    public double[] Scores { get; }

    /// <summary>The recurrence of a layer with its numbers.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public SelectivePath Layer(int layer) => (uint)layer < (uint)_layers.Length
        ? _layers[layer].Path
        : throw new ArgumentOutOfRangeException(nameof(layer), $"A layer is 0 to {_layers.Length - 1}.");

    /// <summary>Why a model is not passed through here; null where it is.</summary>
    /// <param name="operators">The operator.</param>
    public static string? Refusal(OperatorDescription operators) => operators?.Layers.Select(SelectiveLayerPass.Refusal).FirstOrDefault(reason => reason is not null);

    /// <summary>The same model for another input, with the scales of this sequence's norms.</summary>
    /// <param name="input">[time, InputWidth], as long as this one.</param>
    internal SelectivePass WithScales(ReadOnlySpan<double> input) => new(_operator, input, this, null);

    /// <summary>The derivative of a number by the raw input, [time, InputWidth]; the scales of norms are held.</summary>
    /// <param name="weights">The derivative of the number by the outputs: by the scores, of a model without pooling by those of <paramref name="step"/>.</param>
    /// <param name="step">The time step; unused with pooling.</param>
    /// <param name="valuesOnly">Whether all gates are held.</param>
    internal double[] InputDerivative(double[] weights, int step, bool valuesOnly)
    {
        double[] derivative = OutputDerivative(weights, step);
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            derivative = _layers[l].InputDerivative(derivative, valuesOnly);
        }

        if (_operator.Encoder is { } encoder)
        {
            var encoded = new double[Steps * encoder.Inputs];
            LinearAdjoint.Add(encoder, derivative, encoded, Steps);
            derivative = encoded;
        }

        for (int i = 0; i < derivative.Length && _operator.Scaling is { } scaling; i++)
        {
            derivative[i] *= scaling.Scale(i % _operator.InputWidth);
        }

        return derivative;
    }

    /// <summary>What each input adds to a number through the waves of the last layer, its gates held; see <see cref="SelectivePath.Contributions"/>.</summary>
    internal double[] Contributions(double[] weights, int step, out double[] direct)
    {
        SelectiveLayerPass last = _layers[^1];
        return last.Path.Contributions(last.ReadoutDerivative(OutputDerivative(weights, step), out _), out direct);
    }

    private double[] OutputDerivative(double[] weights, int step)
    {
        int width = _layers[^1].Output.Length / Steps;
        var pooled = new double[_operator.Head?.Inputs ?? width];
        if (_operator.Head is { } head)
        {
            LinearAdjoint.Add(head, weights, pooled, 1);
        }
        else
        {
            weights.CopyTo(pooled, 0);
        }

        var derivative = new double[Steps * width];
        switch (_operator.Pooling)
        {
            case Pooling.None:
                pooled.CopyTo(derivative, step * width);
                break;
            case Pooling.Last:
                pooled.CopyTo(derivative, (Steps - 1) * width);
                break;
            case Pooling.Mean:
                for (int i = 0; i < derivative.Length; i++)
                {
                    derivative[i] = pooled[i % width] / Steps;
                }

                break;
            default:
                throw new InvalidOperationException($"The pooling {_operator.Pooling} is not known.");
        }

        return derivative;
    }
}
