using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Rings;

namespace OperatorGen.Tool.Signatures;

/// <summary>What <c>signature</c> shows: a readout as a projection of the signature of its input, and how far a sequence's truncated signature is from the recurrence.</summary>
/// <param name="Model">The model file's name.</param>
/// <param name="Layer">The layer's index.</param>
/// <param name="Channel">The readout's index.</param>
/// <param name="Recurrence">The equation.</param>
/// <param name="Projection">The coefficients.</param>
/// <param name="Run">The sequence; null: the coefficients alone.</param>
internal sealed record SignatureSubject(string Model, int Layer, int Channel, ControlledRecurrence Recurrence, SignatureProjection Projection, SignatureRun? Run)
{
    /// <summary>Layer and channel in words.</summary>
    public string Place => $"layer {NumberText.Format(Layer)}, channel {NumberText.Format(Channel)}";

    /// <summary>The path in words.</summary>
    public string Path => Recurrence.Step switch
    {
        ControlledStep.Exponential => "the piecewise linear path of its input: each step is the exponential of a matrix",
        ControlledStep.Euler => "iterated sums of its input: each step is I + M, Euler's",
        ControlledStep.Product => "iterated sums of its input, with A_i less I in the place of A_i: each step is the matrix of a token, where one number of a sample is 1 and the others 0",
        _ => throw new System.InvalidOperationException($"The step {Recurrence.Step} is not known."),
    };

    /// <summary>The words with their coefficients, the strongest first; equal ones in the order of words. The empty word, which is no word of the order, is left out.</summary>
    public IEnumerable<(Word Word, double Coefficient)> Strongest => Projection.Coefficients
        .Select((coefficient, index) => (index, coefficient))
        .Where(term => term.coefficient != 0)
        .OrderByDescending(term => System.Math.Abs(term.coefficient))
        .ThenBy(term => term.index)
        .Select(term => (Projection.Order[term.index], term.coefficient));

    /// <summary>The norm of the commutator of each pair of letters, from 0; the greatest first, equal ones in the order of the letters.</summary>
    public IEnumerable<(int First, int Second, double Norm)> Commutators =>
        Enumerable.Range(0, Projection.Order.Letters)
            .SelectMany(i => Enumerable.Range(i + 1, Projection.Order.Letters - i - 1).Select(j => (First: i, Second: j, Norm: Projection.Commutator(i, j))))
            .OrderByDescending(pair => pair.Norm);

    /// <summary>What the commutators mean, in sentences.</summary>
    public IEnumerable<string> Consequences
    {
        get
        {
            if (!Projection.LinearPartsCommute)
            {
                yield return "The matrices A_i do not commute: in which order the inputs move counts.";
            }
            else if (!Projection.IsForced)
            {
                yield return "The matrices A_i commute and B is 0: the readout knows where the path ends, and nothing of the way.";
            }
            else
            {
                yield return "The matrices A_i commute: beside where the path ends, words count with one ordered place, an input j and then others in any order.";
            }
        }
    }

    /// <summary>Projects a readout of a model.</summary>
    /// <exception cref="UnusableInputException">There is no such channel, the layer is of another kind, there are too many words, or the sequence does not fit the model.</exception>
    public static SignatureSubject Of(string path, SequenceModel model, int layer, int channel, int level, RingSequence? sequence)
    {
        ModelCheck.Require("--channel", channel, model.Layers[layer].Cell.OutputWidth, "channel", $"layer {NumberText.Format(layer)} has");
        if (OperatorDescriptions.Of(model).Layers[layer].Recurrence is not ControlledRecurrence recurrence)
        {
            throw new UnusableInputException($"Layer {NumberText.Format(layer)} of {path} is no linear controlled differential equation. This command is of the architecture linear-cde, and of selective cells with a step size (Mamba).");
        }

        SignatureProjection projection;
        try
        {
            projection = SignatureProjection.Of(recurrence, channel, level);
        }
        catch (System.ArgumentOutOfRangeException fault)
        {
            throw new UnusableInputException($"--level {NumberText.Format(level)}: {fault.Message.Split(" (Parameter")[0]}");
        }

        return new SignatureSubject(System.IO.Path.GetFileName(path), layer, channel, recurrence, projection, sequence is null ? null : SignatureRun.Of(model, layer, channel, projection, sequence));
    }
}
