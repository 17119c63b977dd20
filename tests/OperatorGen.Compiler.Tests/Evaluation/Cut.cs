using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>One sequence evaluated piece by piece from a fresh state.</summary>
internal static class Cut
{
    /// <summary>By Forward, in pieces of one length; the last is shorter where they do not fill the sequence.</summary>
    public static T[] Pieces<T>(IGeneratedModel<T> model, T[] input, VectorWidth width, int piece)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int steps = input.Length / model.InputWidth;
        return At(model, input, width, Enumerable.Range(1, steps / piece).Select(i => i * piece));
    }

    /// <summary>By Forward, cut before the given time steps, in rising order; two equal ones leave an empty piece between them.</summary>
    public static T[] At<T>(IGeneratedModel<T> model, T[] input, VectorWidth width, IEnumerable<int> cuts)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int steps = input.Length / model.InputWidth;
        T[] result = Samples.Output(model, steps);
        SequenceState<T> state = model.CreateState();
        int start = 0;
        foreach (int end in cuts.Append(steps))
        {
            // A mean over no sample is refused.
            if (end > 0 || !model.Pooled)
            {
                Span<T> rows = model.Pooled ? result : result.AsSpan(start * model.OutputWidth, (end - start) * model.OutputWidth);
                model.Forward(input.AsSpan(start * model.InputWidth, (end - start) * model.InputWidth), rows, state, width);
            }

            start = end;
        }

        return result;
    }

    /// <summary>By Step.</summary>
    public static T[] Steps<T>(IGeneratedModel<T> model, T[] input, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int steps = input.Length / model.InputWidth;
        T[] result = Samples.Output(model, steps);
        SequenceState<T> state = model.CreateState();
        for (int t = 0; t < steps; t++)
        {
            Span<T> row = model.Pooled ? result : result.AsSpan(t * model.OutputWidth, model.OutputWidth);
            model.Step(input.AsSpan(t * model.InputWidth, model.InputWidth), row, state, width);
        }

        return result;
    }
}
