using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool.Signatures;

/// <summary>
/// What a cell of Mamba's kind computes of its input's signature: s(t) = e^(a Delta) s(t-1) + Delta x is driven once and then only carried, so that the words of a mode are an input and gates behind it, with the
/// powers of a as coefficients.
/// </summary>
internal static class GatedWordsText
{
    /// <summary>The letters of the path: the gate's step and the input.</summary>
    public const int Letters = 2;

    private const int Digits = 6;

    /// <summary>Writes the words of a cell.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="path">The model file.</param>
    /// <param name="recurrence">The recurrence of the layer.</param>
    /// <param name="gate">Its gate.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="cell">The cell: the channel, or the head.</param>
    /// <param name="level">The length of the longest words.</param>
    /// <param name="top">How many modes are listed.</param>
    /// <exception cref="UnusableInputException">There is no such cell, or its eigenvalues are complex.</exception>
    public static void Write(Terminal terminal, string path, SelectiveRecurrence recurrence, StepGate gate, int layer, int cell, int level, int top)
    {
        ModelCheck.Require("--channel", cell, recurrence.Cells, recurrence.CellName, $"layer {NumberText.Format(layer)} has");
        if (recurrence.IsComplex)
        {
            throw new UnusableInputException($"The eigenvalues of layer {NumberText.Format(layer)} of {path} are complex; the words are listed of real ones.");
        }

        double[] rates = gate.Rates;
        bool perKey = rates.Length == recurrence.Cells * recurrence.Keys && recurrence.Keys > 1;
        double[] own = perKey ? rates[(cell * recurrence.Keys)..((cell + 1) * recurrence.Keys)] : [rates[cell]];
        TextWriter output = terminal.Output;
        output.WriteLine($"{Path.GetFileName(path)}, layer {NumberText.Format(layer)}, {recurrence.CellName} {NumberText.Format(cell)}: projections of the signature of");
        output.WriteLine("the axis path of its steps, first the gate's axis, then the input's: s(t) = e^(a Delta) s(t-1) + Delta x, letter 1 = Delta, letter 2 = Delta x.");
        output.WriteLine($"s = the sum over words 2 1 ... 1 of a^(number of 1) S^word, x the input by the key; {(perKey ? "an a per " + recurrence.KeyName : "one a for all keys")}; a query that depends on the input reads s");
        int shown = Math.Min(top, own.Length);
        terminal.Table(
            [recurrence.KeyName, .. Enumerable.Range(1, level).Select(length => "2" + new string('1', length - 1))],
            [.. Enumerable.Range(0, shown).Select(key => Powers(own[key], level).Select(Number).Prepend(perKey ? NumberText.Format(key) : "all").ToArray())]);
        if (shown < own.Length)
        {
            output.WriteLine($"{NumberText.Format(own.Length - shown)} more with --top");
        }

        output.WriteLine("Each word has one ordered place, the input; gates before it do not count, and those behind it count in any order. On inputs that are longer than 1 / (|a| Delta) the");
        output.WriteLine("first words say little: study --expansion mean-gate keeps the mean gate exact and expands its deviation.");
    }

    /// <summary>1, value, value^2, ...</summary>
    private static IEnumerable<double> Powers(double value, int count)
    {
        double power = 1;
        for (int i = 0; i < count; i++)
        {
            yield return power;
            power *= value;
        }
    }

    private static string Number(double value) => NumberText.Format(value, Digits);
}
