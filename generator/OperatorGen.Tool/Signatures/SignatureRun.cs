using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Rings;

namespace OperatorGen.Tool.Signatures;

/// <summary>A sequence, level by level: the truncated projection of its signature beside the recurrence.</summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Steps">Its length.</param>
/// <param name="Exact">The readout by the recurrence, at the last step.</param>
/// <param name="Radius">R, the sum of the norms of the steps.</param>
/// <param name="Levels">What each level gives, from 0 on.</param>
internal sealed record SignatureRun(RingSequence Sequence, int Steps, double Exact, double Radius, IReadOnlyList<SignatureLevel> Levels)
{
    /// <summary>Runs the recurrence and the signature.</summary>
    /// <exception cref="UnusableInputException">The sequence does not fit the model, names no token, or a number is not finite.</exception>
    public static SignatureRun Of(SequenceModel model, ControlledRecurrence recurrence, int layer, int channel, SignatureProjection projection, RingSequence sequence)
    {
        sequence.Data.Require(model.InputWidth, model.Length);
        double[] input = sequence.Data.Sample(sequence.Index);
        var reference = new ReferenceEvaluator(model);
        ReferenceState state = reference.CreateState();
        state.Probe = new Probe();
        double[] outputs = reference.Forward(input, state);
        int steps = input.Length / model.InputWidth;
        if (steps == 0)
        {
            throw new UnusableInputException($"Sequence {NumberText.Format(sequence.Index)} of {sequence.Data.Path} has no sample.");
        }

        var signature = new Signature(projection.Kind, projection.Order);
        double radius = 0;
        for (int t = 0; t < steps; t++)
        {
            double[] increment = state.Probe.Steps[t].Layers[layer].CellInput;
            if (recurrence.Step == ControlledStep.Product && (increment.Count(value => value == 0) != increment.Length - 1 || increment.Sum() != 1))
            {
                throw new UnusableInputException($"Sample {NumberText.Format(t)} of sequence {NumberText.Format(sequence.Index)} names no token: one number is 1 and the others are 0, or the words are not those of the recurrence.");
            }

            signature.Append(increment);
            radius += projection.StepNorm(increment);
        }

        double exact = outputs[outputs.Length - model.OutputWidth + channel];
        SignatureLevel[] levels = [.. projection.ValuesOf(signature).Select(Level)];
        return double.IsFinite(exact) && levels.All(level => double.IsFinite(level.Value))
            ? new SignatureRun(sequence, steps, exact, radius, levels)
            : throw new UnusableInputException($"The readout of sequence {NumberText.Format(sequence.Index)}, or its signature, is not finite: leave out --data to see the words alone, or choose another sequence.");

        SignatureLevel Level(double value, int level) => new(level, value, Math.Abs(value - exact), projection.Remainder(radius, level));
    }
}

/// <summary>The projection of the words up to a level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Value">The projection.</param>
/// <param name="Error">Its distance from the recurrence.</param>
/// <param name="Bound">A proven bound of what the longer words add; rounding is not in it.</param>
internal sealed record SignatureLevel(int Level, double Value, double Error, double Bound);
