using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>One channel as text: what ranks it, the polynomial of its decoder function, its furthest-reaching waves and its strongest terms.</summary>
internal sealed class ChannelText(LayerDescription layer, LayerExpansion? expansion, RankedChannel channel)
{
    private const int Margin = 4;
    private const int GreatestMatrix = 4; // rows that are written

    private readonly ModeBank _bank = layer.Bank!;
    private readonly int _channel = channel.Channel;
    private readonly ModeBlock[] _blocks = [.. layer.Bank!.Blocks.Where(block => layer.Bank.GroupOf(block.First) == layer.Bank.GroupOf(layer.Bank.ModeOf(channel.Channel, 0)))];
    private readonly double[]? _coefficients = expansion?.Readouts[channel.Channel].Monomials();

    /// <summary>In so many lines.</summary>
    /// <param name="room">How many there are at most.</param>
    public IReadOnlyList<string> Lines(int room)
    {
        List<string> lines = [.. PlainText.Wrap(Title(), 2)];
        string[] polynomial = [.. Polynomial()];
        if (lines.Count + polynomial.Length <= room)
        {
            lines.AddRange(polynomial);
        }

        int left = Math.Max(room - lines.Count, 0);
        string[] terms = [.. Terms(left)];
        IReadOnlyList<string> waves = PlainText.Fitting(Waves(left), Margin, Math.Max(left / 2, left - PlainText.Fitting(terms, Margin, left).Count));
        return [.. lines.Take(room), .. waves, .. PlainText.Fitting(terms, Margin, left - waves.Count)];
    }

    /// <summary>With so many waves and terms, and how many more there are.</summary>
    public IReadOnlyList<string> Lines(int waves, int terms)
    {
        string margin = new(' ', Margin);
        List<string> lines = [.. PlainText.Wrap(Title(), 2), .. Polynomial(), .. PlainText.Fitting(Waves(waves), Margin, int.MaxValue)];
        if (_bank.WavesPerReadout > waves)
        {
            lines.Add($"{margin}and {PlainText.Count(_bank.WavesPerReadout - waves, "more wave")}");
        }

        lines.AddRange(PlainText.Fitting(_blocks.Select(Matrix).OfType<string>(), Margin, int.MaxValue));

        lines.AddRange(PlainText.Fitting(Terms(terms), Margin, int.MaxValue));
        if (_coefficients is { } coefficients && MonomialsOf(coefficients) - terms is { Sign: > 0 } more)
        {
            lines.Add($"{margin}and {PlainText.Count(more, "more term")}");
        }

        return lines;
    }

    private static System.Numerics.BigInteger MonomialsOf(double[] coefficients, int variables) => new MultinomialExpansion<double, DoubleRing>(coefficients, variables).TermCount;

    private System.Numerics.BigInteger MonomialsOf(double[] coefficients) => MonomialsOf([0, .. coefficients.Skip(1)], _bank.Summands);

    private string Title()
    {
        string size = channel.Measured is { } measured
            ? $"mean {PlainText.Number(measured.Mean)}, deviation {PlainText.Number(measured.Deviation)}"
            : $"reach {PlainText.Number(channel.Reach)}";
        return $"channel {NumberText.Format(_channel)}: {size}, weight {PlainText.Number(channel.Weight)}{(_bank.HasSkip ? $", D = {PlainText.Number(_bank.Skip(_channel))}" : "")}";
    }

    private IEnumerable<string> Polynomial()
    {
        if (_coefficients is not { } coefficients)
        {
            return [];
        }

        var text = new StringBuilder(expansion!.Readouts[_channel].IsExact ? "g(o) =" : "g(o) ~");
        bool first = true;
        for (int k = 0; k < coefficients.Length; k++)
        {
            if (coefficients[k] == 0 && !(first && k == coefficients.Length - 1))
            {
                continue;
            }

            string power = k switch { 0 => "", 1 => "o", _ => "o^" + NumberText.Format(k) };
            string size = PlainText.Number(first ? coefficients[k] : Math.Abs(coefficients[k]));
            string sign = first ? " " : coefficients[k] < 0 ? " - " : " + ";
            text.Append(sign).Append(power.Length == 0 ? size : size is "1" ? power : size + " " + power);
            first = false;
        }

        return PlainText.Wrap(text.ToString(), Margin);
    }

    private IEnumerable<string> Waves(int count) => Enumerable.Range(0, _bank.WavesPerReadout)
        .OrderByDescending(n => _bank.WaveReach(_channel, n)).ThenBy(n => n).Take(count)
        .Select(WaveLine);

    private string WaveLine(int n)
    {
        Wave wave = _bank[_channel, n];
        int mode = _bank.ModeOf(_channel, n);
        string motion = _bank.BlockOf(mode) is { } block ? $"in block T_{NumberText.Format(Array.IndexOf(_blocks, block))}" : "lambda " + PlainText.Complex(wave.Eigenvalue);
        return $"{Name(n)}: {motion}, weight {PlainText.Complex(wave.Weight)}, lifetime {PlainText.Number(wave.Lifetime)}, {InteractionText.Period(wave.Period)}, reach {PlainText.Number(_bank.WaveReach(_channel, n))}{(_bank.Timing(mode).Backward ? ", backward" : "")}";
    }

    /// <summary>The matrix of a block and the waves whose states it mixes; null where it is a large one.</summary>
    private string? Matrix(ModeBlock block, int number)
    {
        if (block.Size > GreatestMatrix)
        {
            return null;
        }

        int first = block.First % _bank.WavesPerReadout;
        IEnumerable<string> rows = Enumerable.Range(0, block.Size).Select(row => string.Join(", ", Enumerable.Range(0, block.Size).Select(column => PlainText.Number(block[row, column]))));
        return $"T_{NumberText.Format(number)} = [{string.Join("; ", rows)}], which moves {Name(first)} to {Name(first + block.Size - 1)}";
    }

    private IEnumerable<string> Terms(int count)
    {
        if (_coefficients is not { } coefficients)
        {
            return [];
        }

        double[] sizes = [.. Enumerable.Range(0, _bank.Summands).Select(Size)];
        return StrongestMonomials.Of(coefficients, sizes, count).Select(TermLine);
    }

    private string TermLine(RankedMonomial term)
    {
        string product = string.Join(" ", term.Factors.Select(factor => Name(factor.Variable) + (factor.Power == 1 ? "" : "^" + NumberText.Format(factor.Power))));
        string coefficient = PlainText.Number(term.Coefficient);
        string waves = term.Degree == 1 ? "" : WaveProducts.Of(_bank, [.. term.Factors.Select(factor => (Wave: factor.Variable == _bank.WavesPerReadout ? -1 : _bank.ModeOf(_channel, factor.Variable), factor.Power))]) is { Count: > 0 } found
            ? ": " + InteractionText.Of(found)
            : "";
        return (coefficient == "1" ? product : $"{coefficient} {product}") + waves;
    }

    private double Size(int summand) => summand == _bank.WavesPerReadout ? Math.Abs(_bank.Skip(_channel)) : _bank.WaveReach(_channel, summand);

    private string Name(int summand) => summand == _bank.WavesPerReadout ? "d" : "w_" + NumberText.Format(summand);
}
