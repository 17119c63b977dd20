using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>The operator as JSON; docs/operator.md documents the schema. Every double is written as a decimal and, exactly, as a hexadecimal float.</summary>
public static class OperatorJson
{
    /// <summary>The part of an operator that a view shows.</summary>
    public static string Render(SymbolicOperator symbolic, OperatorView view)
    {
        var json = new StringBuilder();
        json.Append("{\n  \"format\": \"operatorgen-operator/1\",\n  \"architecture\": ").Append(QuotedText.Of(symbolic.Architecture));
        json.Append(",\n  \"order\": ").Append(NumberText.Format(symbolic.Order));
        json.Append(",\n  \"expansion\": ").Append(symbolic.Expansion is null ? "null" : QuotedText.Of(OptionNames.Expansions.Of(symbolic.Expansion.Kind)));
        json.Append(",\n  \"before\": ").Append(Formulas(symbolic.Before));
        json.Append(",\n  \"layers\": [");
        bool first = true;
        foreach (LayerView layer in LayerView.Of(symbolic, view))
        {
            json.Append(first ? "\n" : ",\n");
            Layer(json, symbolic, layer, view.Listed);
            first = false;
        }

        json.Append("\n  ],\n  \"after\": ").Append(Formulas(symbolic.After));
        json.Append(",\n  \"bounds\": ").Append(Bounds(symbolic)).Append("\n}\n");
        return json.ToString();
    }

    /// <summary>What is proven of the whole; null where no input range is declared.</summary>
    private static string Bounds(SymbolicOperator symbolic) => symbolic.Proof is not { } proof
        ? "null"
        : $"{{ \"input\": {Range(new Interval(symbolic.Options.InputLow!.Value, symbolic.Options.InputHigh!.Value))}, \"outputs\": [{string.Join(", ", proof.Outputs.Select(Range))}], \"truncation\": {Number(proof.Truncation.Value ?? double.NaN)}, \"reason\": {(proof.Truncation.Reason is { } reason ? QuotedText.Of(reason) : "null")} }}";

    private static string Range(Interval range) => $"[{Number(range.Low)}, {Number(range.High)}]";

    private static void Layer(StringBuilder json, SymbolicOperator symbolicOperator, LayerView view, int top)
    {
        LayerOperator layer = view.Layer;
        json.Append("    {\n      \"index\": ").Append(NumberText.Format(view.Index));
        json.Append(",\n      \"name\": ").Append(QuotedText.Of(layer.Name));
        json.Append(",\n      \"channels\": ").Append(NumberText.Format(layer.Cell.Channels));
        json.Append(",\n      \"before\": ").Append(Formulas(layer.Before));
        json.Append(",\n      \"cell\": ").Append(Formulas(layer.Cell.Formulas));
        if (layer.Cell is WaveCell { Waves: var waves })
        {
            json.Append(",\n      \"channel\": ").Append(NumberText.Format(view.Channel));
            json.Append(",\n      \"skip\": ").Append(waves.HasSkip ? Number(waves.Skip(view.Channel)) : "null");
            json.Append(",\n      \"waves\": [");
            json.Append(string.Join(",", view.ShownWaves(waves).Select(n => "\n        " + WaveObject(n, waves, view.Channel))));
            json.Append("\n      ]");
            Blocks(json, waves, view);
        }
        else if (layer.Cell is SymbolicCell symbolic)
        {
            json.Append(",\n      \"symbols\": [").Append(string.Join(", ", symbolic.Symbols.Select(QuotedText.Of))).Append(']');
            json.Append(",\n      \"waves\": [");
            json.Append(string.Join(",", symbolic.Modes.Take(top).Select((m, n) =>
                $"\n        {{ \"index\": {NumberText.Format(n)}, \"eigenvalue\": {QuotedText.Of(ExpressionText.Render(m.Eigenvalue))}, \"weight\": {QuotedText.Of(ExpressionText.Render(m.Weight))} }}")));
            json.Append("\n      ]");
        }

        else if (layer.Cell is PathCell path)
        {
            json.Append(",\n      \"meanGate\": ").Append(MeanGateRows.Json(path, view.MeanGateWaves));
        }

        Decoder(json, symbolicOperator, view, top);
        json.Append(",\n      \"after\": ").Append(Formulas(layer.After)).Append("\n    }");
    }

    private static void Decoder(StringBuilder json, SymbolicOperator symbolic, LayerView view, int top)
    {
        DecoderExpansion expansion = view.Expansion;
        json.Append(",\n      \"decoder\": { \"function\": ").Append(QuotedText.Of(view.Layer.Decoder));
        json.Append(", \"formula\": ").Append(QuotedText.Of(ExpressionText.Render(expansion.Function.Formula(Eq.Symbol("o")))));
        if (!expansion.IsAvailable)
        {
            json.Append(", \"expansion\": null }");
            return;
        }

        json.Append(", \"expansion\": \"").Append(expansion.IsExact ? "exact" : OptionNames.Expansions.Of(expansion.Polynomial!.Kind)).Append('"');
        json.Append(", \"radius\": ").Append(Number(expansion.Radius));
        json.Append(", \"coefficients\": [").Append(string.Join(", ", Coefficients(expansion))).Append("] }");
        Gate(json, symbolic, view.Index, view.Channel);
        if (symbolic.Proof?.Layers[view.Index] is { } proof)
        {
            json.Append(",\n      \"readoutRange\": ").Append(Range(proof.Readouts[view.Channel]));
            json.Append(",\n      \"functionError\": ").Append(proof.Functions.Count == 0 ? "null" : Range(proof.Functions[view.Channel]));
        }

        if (view.Waves == 0)
        {
            return;
        }

        int summands = view.Summands;
        BigInteger count = expansion.TermCount(summands);
        json.Append(",\n      \"termCount\": ").Append(((BigRational)count).ToString());
        json.Append(",\n      \"variables\": [").Append(string.Join(", ", Enumerable.Range(0, summands).Select(i => QuotedText.Of(OperatorView.Names(view.Waves).Text(i))))).Append(']');
        json.Append(",\n      \"terms\": [");
        json.Append(string.Join(",", expansion.Terms(summands).Zip(ExactTerms.Of(expansion, summands), (term, exact) => Term(term, exact, view)).Take(top).Select(t => "\n        " + t)));
        json.Append("\n      ]");
        GatedTermList(json, symbolic, view.Index, view.Channel, top);
    }

    /// <summary>The terms of an output of a layer with a gate, in variables of their own: the waves of all channels.</summary>
    private static void GatedTermList(StringBuilder json, SymbolicOperator symbolic, int layer, int channel, int top)
    {
        if (GatedTerms.Of(symbolic, layer, channel) is { } gated)
        {
            json.Append(",\n      \"outputTerms\": { \"output\": ").Append(NumberText.Format(gated.Output));
            json.Append(", \"monomialCount\": ").Append(((BigRational)gated.Count).ToString()).Append(", \"terms\": [");
            json.Append(string.Join(",", gated.Terms().Take(top).Select(term =>
                $"\n        {{\"coefficient\":{Plain(term.Coefficient)},\"exact\":{QuotedText.Of(NumberText.FormatHex(term.Coefficient))},\"monomial\":{QuotedText.Of(ExpressionText.Render(PolynomialExpressions.Of(term.Monomial, gated.Names)))}{Waves(gated.Waves(term.Monomial))}}}")));
            json.Append("\n      ] }");
        }
    }

    /// <summary>The polynomial of the gate that is shown with the channel, in powers of its argument less the centre.</summary>
    private static void Gate(StringBuilder json, SymbolicOperator symbolic, int layer, int channel)
    {
        if (symbolic.Expansion?.Layers[layer] is { Gates.Count: > 0 } expansion)
        {
            int argument = GateFormulas.Argument(expansion, channel);
            json.Append(",\n      \"gate\": { \"function\": ").Append(QuotedText.Of(expansion.Gates[argument].Function.Name));
            json.Append(", \"argument\": ").Append(NumberText.Format(argument));
            json.Append(", \"centre\": ").Append(Number(GateFormulas.Centre(expansion, argument)));
            json.Append(", \"coefficients\": [").Append(string.Join(", ", GateFormulas.Powers(expansion, argument).Select(Number))).Append("] }");
        }
    }

    private static IEnumerable<string> Coefficients(DecoderExpansion expansion) => expansion.ExactCoefficients is { } exact
        ? exact.Select(c => $"{{ \"value\": {Plain(c.ToDouble())}, \"exact\": {QuotedText.Of(c.ToString())} }}")
        : expansion.Coefficients.Select(Number);

    /// <summary>
    /// One term. Coefficients that are doubles times a multinomial coefficient need more bits than a double has; the exact text has all of them.
    /// </summary>
    private static string Term(DecoderTerm term, Term<BigRational> exact, LayerView view) =>
        $"{{\"coefficient\":{Plain(term.Coefficient)},\"exact\":{(term.Exact is null ? QuotedText.Of(DyadicText.Of(exact.Coefficient)!) : QuotedText.Of(exact.Coefficient.ToString()))},\"monomial\":{Pairs(term.Monomial)}{Waves(view, term.Monomial)}}}";

    private static string Waves(LayerView view, Monomial monomial) => view.Layer.Cell is WaveCell { Waves: var bank }
        ? Waves(TermWaves.Of(bank, monomial, variable => variable < bank.WavesPerReadout ? bank.ModeOf(view.Channel, variable) : -1))
        : "";

    /// <summary>The waves that a product is, one per choice of conjugates; nothing where there are none.</summary>
    private static string Waves(IReadOnlyList<InteractionWave> waves) => waves.Count == 0
        ? ""
        : $",\"waves\":[{string.Join(", ", waves.Select(wave => $"{{ \"signs\": \"{wave.Signs}\", \"eigenvalue\": {Complex(wave.Eigenvalue)}, \"frequency\": {Number(wave.Frequency)}, \"period\": {Number(wave.Period)}, \"lifetime\": {Number(wave.Lifetime)}, \"share\": {Plain(wave.Share)} }}"))}]";

    /// <summary>Pairs of variable index and power: <c>[[0,1],[3,2]]</c>.</summary>
    private static string Pairs(Monomial monomial)
    {
        var pairs = new List<string>();
        foreach (Factor factor in monomial)
        {
            pairs.Add("[" + NumberText.Format(factor.Variable) + "," + NumberText.Format(factor.Power) + "]");
        }

        return "[" + string.Join(",", pairs) + "]";
    }

    /// <summary>The blocks of the channel's modes, all of them with their matrices; nothing where there are none.</summary>
    private static void Blocks(StringBuilder json, ModeBank waves, LayerView view)
    {
        (ModeBlock Block, int Number)[] blocks = [.. view.BlocksOf(waves)];
        if (blocks.Length > 0)
        {
            json.Append(",\n      \"blocks\": [").Append(string.Join(",", blocks.Select(each => "\n        " + BlockObject(each.Block, waves.WavesPerReadout)))).Append("\n      ]");
        }
    }

    private static string BlockObject(ModeBlock block, int waves) =>
        $"{{ \"first\": {NumberText.Format(block.First % waves)}, \"size\": {NumberText.Format(block.Size)}, \"transition\": [{string.Join(", ", Enumerable.Range(0, block.Size).Select(row => "[" + string.Join(", ", Enumerable.Range(0, block.Size).Select(column => Number(block[row, column]))) + "]"))}] }}";

    private static string WaveObject(int n, ModeBank waves, int channel)
    {
        Wave wave = waves[channel, n];
        ModeBlock? block = waves.BlockOf(waves.ModeOf(channel, n));
        double reach = block is null ? wave.Reach : waves.WaveReach(channel, n);
        string ownDrive = block is not null && !waves.IsShared ? $", \"drive\": [{Complex(waves.Drive(waves.ModeOf(channel, n), waves.InputOf(channel)))}]" : "";
        string drive = waves.IsShared ? $", \"drive\": [{string.Join(", ", Enumerable.Range(0, waves.Inputs).Select(i => Complex(waves.Drive(n, i))))}]" : "";
        ModeTiming timing = waves.Timing(waves.ModeOf(channel, n));
        string direction = waves.IsCausal ? "" : $", \"backward\": {(timing.Backward ? "true" : "false")}, \"delay\": {NumberText.Format(timing.Delay)}";
        return $"{{ \"index\": {NumberText.Format(n)}, \"eigenvalue\": {Complex(wave.Eigenvalue)}, \"weight\": {Complex(wave.Weight)}, \"magnitude\": {Number(wave.Magnitude)}, \"lifetime\": {Number(wave.Lifetime)}, \"frequency\": {Number(wave.Frequency)}, \"period\": {Number(wave.Period)}, \"reach\": {Number(reach)}{drive}{ownDrive}{(block is null ? "" : ", \"inBlock\": true")}{direction} }}";
    }

    /// <summary>A complex number as a pair.</summary>
    internal static string Complex(ComplexNumber value) => $"[{Number(value.Re)}, {Number(value.Im)}]";

    /// <summary>A double: null where it is infinite, else decimal and exact.</summary>
    internal static string Number(double value) =>
        IsFinite(value) ? $"{{ \"value\": {NumberText.Format(value)}, \"exact\": \"{NumberText.FormatHex(value)}\" }}" : "null";

    private static string Plain(double value) => IsFinite(value) ? NumberText.Format(value) : "null";

    private static bool IsFinite(double value) => !double.IsInfinity(value) && !double.IsNaN(value);

    /// <summary>Formulas as texts.</summary>
    internal static string Formulas(IEnumerable<Formula> formulas) => "[" + string.Join(", ", formulas.Select(f => QuotedText.Of(f.Text))) + "]";
}
