using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
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
        _ => throw new InvalidOperationException($"The step {Recurrence.Step} is not known."),
    };

    /// <summary>The words that have a coefficient, the strongest first; equal ones in the order of words. The empty word is not among them.</summary>
    public IReadOnlyList<(Word Word, double Coefficient)> Words { get; } =
    [
        .. Projection.Coefficients
            .Select((coefficient, index) => (index, coefficient))
            .Where(term => term.coefficient != 0)
            .OrderByDescending(term => Math.Abs(term.coefficient))
            .ThenBy(term => term.index)
            .Select(term => (Projection.Order[term.index], term.coefficient)),
    ];

    /// <summary>The norm of the commutator of each pair of letters, from 0; the greatest first, equal ones in the order of the letters.</summary>
    public IEnumerable<(int First, int Second, double Norm)> Commutators =>
        Enumerable.Range(0, Projection.Order.Letters)
            .SelectMany(i => Enumerable.Range(i + 1, Projection.Order.Letters - i - 1).Select(j => (First: i, Second: j, Norm: Projection.Commutator(i, j))))
            .OrderByDescending(pair => pair.Norm);

    /// <summary>Projects a readout of a model.</summary>
    /// <exception cref="UnusableInputException">There is no such channel, the layer is of another kind, there are too many words, or the sequence does not fit the model.</exception>
    /// <param name="path">The model file.</param>
    /// <param name="model">Its model.</param>
    /// <param name="description">The recurrence of the layer.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="channel">The readout.</param>
    /// <param name="level">The length of the longest words.</param>
    /// <param name="sequence">The sequence; null: none.</param>
    public static SignatureSubject Of(string path, SequenceModel model, RecurrenceDescription description, int layer, int channel, int level, RingSequence? sequence)
    {
        ModelCheck.Require("--channel", channel, model.Layers[layer].Cell.OutputWidth, "channel", $"layer {NumberText.Format(layer)} has");
        if (description is not ControlledRecurrence recurrence)
        {
            throw new UnusableInputException($"Layer {NumberText.Format(layer)} of {path} is no linear controlled differential equation. This command is for models of the architecture linear-cde, and for selective cells with a step size (Mamba).");
        }

        SignatureProjection projection;
        try
        {
            projection = SignatureProjection.Of(recurrence, channel, level);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new UnusableInputException($"--level {NumberText.Format(level)}: {fault.Message.Split(" (Parameter")[0]}");
        }

        return new SignatureSubject(System.IO.Path.GetFileName(path), layer, channel, recurrence, projection, sequence is null ? null : SignatureRun.Of(model, recurrence, layer, channel, projection, sequence));
    }

    /// <summary>The longest words where nothing is said: 4 letters, or less where there would be more than 100,000 words.</summary>
    public static int UsualLevel(int letters)
    {
        const int Most = 4, MostWords = 100_000;
        int level = 1;
        for (long words = letters, all = letters; level < Most && all + (words * letters) <= MostWords; level++)
        {
            words *= letters;
            all += words;
        }

        return level;
    }
}
