using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Rings;

namespace OperatorGen.Tool.Signatures;

/// <summary>
/// What a cell of Mamba's kind computes of its input's signature: s(t) = e^(a Delta) s(t-1) + Delta x is driven once and then only carried, so that the words of a mode are an input and gates behind it, with the
/// powers of a as coefficients. Letter 1 is Delta, letter 2 is Delta x.
/// </summary>
/// <param name="Model">The model file's name.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Cell">The cell: the channel, or the head.</param>
/// <param name="Recurrence">The recurrence.</param>
/// <param name="Rates">a of each mode.</param>
/// <param name="PerKey">Whether modes have an a of their own; false: <paramref name="Rates"/> is the one a of all.</param>
/// <param name="Level">The length of the longest words.</param>
/// <param name="Run">The sequence; null: the coefficients alone.</param>
internal sealed record GatedWords(string Model, int Layer, int Cell, SelectiveRecurrence Recurrence, IReadOnlyList<double> Rates, bool PerKey, int Level, GatedWordsRun? Run)
{
    /// <summary>The letters of the path: the gate's step and the input.</summary>
    public const int Letters = 2;

    /// <summary>Layer and cell in words.</summary>
    public string Place => $"layer {NumberText.Format(Layer)}, {Recurrence.CellName} {NumberText.Format(Cell)}";

    /// <summary>The norm of the commutator of the matrices of both letters, with the 1 behind the state that the input multiplies: A_1 A_2 - A_2 A_1 has a in the place of each mode's 1.</summary>
    public double Commutator => Math.Sqrt(Rates.Sum(rate => rate * rate) * (PerKey ? 1 : Recurrence.Keys));

    /// <summary>The name of a mode, or <c>all</c>.</summary>
    public string Name(int mode) => PerKey ? NumberText.Format(mode) : "all";

    /// <summary>The word of a length: an input and gates behind it.</summary>
    public static string Word(int length) => "2" + new string('1', length - 1);

    /// <summary>The coefficients of the words of a mode: 1, a, a^2, ...</summary>
    public IEnumerable<double> Coefficients(int mode)
    {
        double power = 1;
        for (int length = 1; length <= Level; length++)
        {
            yield return power;
            power *= Rates[mode];
        }
    }

    /// <summary>The words of a cell.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="model">Its model.</param>
    /// <param name="operators">Its operator.</param>
    /// <param name="layer">The layer, which is selective with a step size.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="level">The length of the longest words.</param>
    /// <param name="sequence">The sequence; null: none.</param>
    /// <exception cref="UnusableInputException">There is no such cell, its eigenvalues are complex, or the sequence does not fit the model.</exception>
    public static GatedWords Of(string path, SequenceModel model, OperatorDescription operators, int layer, int cell, int level, RingSequence? sequence)
    {
        var recurrence = (SelectiveRecurrence)operators.Layers[layer].Recurrence;
        ModelCheck.Require("--channel", cell, recurrence.Cells, recurrence.CellName, $"layer {NumberText.Format(layer)} has");
        if (recurrence.IsComplex)
        {
            throw new UnusableInputException($"The eigenvalues of layer {NumberText.Format(layer)} of {path} are complex; the words are listed of real ones.");
        }

        double[] rates = ((StepGate)recurrence.Gate).Rates;
        bool perKey = rates.Length == recurrence.Cells * recurrence.Keys && recurrence.Keys > 1;
        double[] own = perKey ? rates[(cell * recurrence.Keys)..((cell + 1) * recurrence.Keys)] : [rates[cell]];
        GatedWordsRun? run = sequence is null ? null : GatedWordsRun.Of(path, model, operators, layer, cell, own, level, sequence);
        return new GatedWords(Path.GetFileName(path), layer, cell, recurrence, own, perKey, level, run);
    }
}
