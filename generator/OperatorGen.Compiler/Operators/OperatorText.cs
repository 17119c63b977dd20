using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>The operator as plain text, for people.</summary>
public static class OperatorText
{
    /// <summary>The operator with at most the given number of interaction terms; waves are listed for small layers only.</summary>
    public static string Summary(SymbolicOperator symbolic, int terms) => Render(symbolic, new OperatorView(Top: terms));

    /// <summary>The part of an operator that a view shows.</summary>
    public static string Render(SymbolicOperator symbolic, OperatorView view)
    {
        var text = new StringBuilder();
        Line(text, 0, $"{symbolic.Architecture}, decoder functions expanded to order {NumberText.Format(symbolic.Order)}");
        Lines(text, 1, symbolic.Before);
        for (int i = 0; i < symbolic.Layers.Count; i++)
        {
            if (view.Layer is null || view.Layer == i)
            {
                // Terms are listed for the last layer shown: they are alike in all others.
                bool listed = view.Layer == i || i == symbolic.Layers.Count - 1;
                RenderLayer(text, symbolic, i, view, listed);
            }
        }

        Lines(text, 1, symbolic.After);
        RenderProof(text, symbolic);
        return text.ToString();
    }

    private static void RenderLayer(StringBuilder text, SymbolicOperator symbolic, int index, OperatorView view, bool listed)
    {
        LayerOperator layer = symbolic.Layers[index];
        string name = layer.Name.Length == 0 ? "layer" : "layer " + layer.Name;
        Line(text, 0, $"{name}: {Describe(layer.Cell)}");
        if (index == 0 || listed)
        {
            Lines(text, 1, layer.Before);
            Lines(text, 1, layer.Cell.Formulas);
        }

        if (listed)
        {
            int channel = Math.Min(view.Channel ?? 0, layer.Cell.Channels - 1);
            RenderWaves(text, layer.Cell, channel, view.Top);
            RenderExpansion(text, symbolic, index, channel, view.Top);
        }
        else
        {
            Line(text, 1, $"g = {layer.Decoder}");
        }

        if (index == 0 || listed)
        {
            Lines(text, 1, layer.After);
        }
    }

    private static string Describe(CellOperator cell) => cell switch
    {
        WaveCell waves => $"{Count(waves.Channels, "channel")} of {Count(waves.Waves.WavesPerReadout, "wave")}",
        SymbolicCell symbolic => $"{Count(symbolic.Modes.Count, "wave")} in the symbols {string.Join(", ", symbolic.Symbols)}",
        PathCell paths => $"{Count(paths.Channels, "channel")} of {Count(paths.Modes, "mode")}, selective: path form",
        _ => "",
    };

    private static void RenderWaves(StringBuilder text, CellOperator cell, int channel, int top)
    {
        switch (cell)
        {
            case WaveCell waves:
                Line(text, 1, $"waves of channel {NumberText.Format(channel)}, those with the largest reach |weight| / (1 - |lambda|) first (lifetime and period in steps, frequency in radians per step):");
                foreach (int n in FurthestReaching(waves.Waves, channel).Take(top))
                {
                    Line(text, 2, WaveLine(n, waves.Waves[channel, n]));
                }

                More(text, waves.Waves.WavesPerReadout, top, "wave");
                if (waves.Waves.HasSkip)
                {
                    Line(text, 2, $"d: D = {Number(waves.Waves.Skip(channel))}");
                }

                break;
            case SymbolicCell symbolic:
                for (int n = 0; n < Math.Min(top, symbolic.Modes.Count); n++)
                {
                    Line(text, 2, $"lambda_{NumberText.Format(n)} = {symbolic.Modes[n].Eigenvalue.Text}");
                    Line(text, 2, $"weight_{NumberText.Format(n)} = {symbolic.Modes[n].Weight.Text}");
                }

                More(text, symbolic.Modes.Count, top, "wave");
                break;
        }
    }

    /// <summary>The modes of a channel, those with the largest reach first; ties by index.</summary>
    public static IEnumerable<int> FurthestReaching(ModeBank waves, int channel) =>
        Enumerable.Range(0, waves.WavesPerReadout).OrderByDescending(n => waves[channel, n].Reach).ThenBy(n => n);

    private static string WaveLine(int n, Wave wave) =>
        $"w_{NumberText.Format(n)}: lambda = {Complex(wave.Eigenvalue)}, weight = {Complex(wave.Weight)}, |lambda| = {Number(wave.Magnitude)}, lifetime {Number(wave.Lifetime)}, frequency {Number(wave.Frequency)}, period {Number(wave.Period)}, reach {Number(wave.Reach)}";

    private static void RenderExpansion(StringBuilder text, SymbolicOperator symbolic, int index, int channel, int top)
    {
        LayerOperator layer = symbolic.Layers[index];
        DecoderExpansion expansion = symbolic.ExpansionOf(index, channel);
        if (!expansion.Function.IsPolynomial)
        {
            Line(text, 1, $"g(o) = {expansion.Function.FormulaText("o")}");
        }

        if (!expansion.IsAvailable)
        {
            Line(text, 1, $"{layer.Decoder} has no Taylor series about 0: it stays a function of o.");
            return;
        }

        Line(text, 1, Origin(expansion));
        Lines(text, 1, GateFormulas.Of(symbolic, index, channel));
        if (symbolic.Proof?.Layers[index] is { } proof)
        {
            Line(text, 1, $"proven for inputs of the declared range: o in {ExpansionText.Range(proof.Readouts[channel])}" + (proof.Functions.Count == 0 ? "" : $", polynomial less g(o) in {ExpansionText.Range(proof.Functions[channel])}"));
        }

        (int waves, bool skip) = OperatorView.Summands(layer.Cell);
        if (waves == 0)
        {
            return;
        }

        int summands = waves + (skip ? 1 : 0);
        BigInteger count = expansion.TermCount(summands);
        VariableNames names = OperatorView.Names(waves);
        string place = layer.Cell.Channels == 1 ? "" : $" of channel {NumberText.Format(channel)}";
        Line(text, 1, $"terms{place}, {Integer(count)} in all:");
        foreach (DecoderTerm term in expansion.Terms(summands).Take(top))
        {
            Line(text, 2, Term(term, names));
        }

        if (count > top)
        {
            Line(text, 2, $"and {Integer(count - top)} more");
        }

        RenderGatedTerms(text, symbolic, index, channel, top);
    }

    /// <summary>The terms of an output of a layer with a gate: waves of all channels.</summary>
    private static void RenderGatedTerms(StringBuilder text, SymbolicOperator symbolic, int index, int channel, int top)
    {
        if (GatedTerms.Of(symbolic, index, channel) is not { } gated)
        {
            return;
        }

        Line(text, 1, $"terms of output {NumberText.Format(gated.Output)} after the gate, {Integer(gated.Count)} monomials up to the total order; w(c,n) is wave n of channel c, d(c) its skip:");
        foreach (Term<double> term in gated.Terms().Take(top))
        {
            Line(text, 2, Term(new DecoderTerm(term.Monomial, term.Coefficient, null), gated.Names));
        }

        if (gated.Count > top)
        {
            Line(text, 2, $"and up to {Integer(gated.Count - top)} more");
        }
    }

    /// <summary>The polynomial of the readout, and how it was made: <c>g(o) ~ 1/2 o + 1/4 o^2   (order 2, Taylor about 0, ...)</c>.</summary>
    internal static string Origin(DecoderExpansion expansion)
    {
        string truth = ExpansionText.Of(expansion.Polynomial!, "o");
        return $"g(o) {(expansion.IsExact ? "=" : "~")} {expansion.Text(OperatorView.Readout)}   ({truth})";
    }

    /// <summary>The bounds of the whole.</summary>
    private static void RenderProof(StringBuilder text, SymbolicOperator symbolic)
    {
        if (symbolic.Proof is not { } proof)
        {
            return;
        }

        Line(text, 0, $"proven for every input in [{Number(symbolic.Options.InputLow!.Value)}, {Number(symbolic.Options.InputHigh!.Value)}] (real arithmetic):");
        string outputs = proof.Outputs.Count == 1 ? "the output" : $"the {NumberText.Format(proof.Outputs.Count)} outputs";
        Line(text, 1, $"{outputs} in {ExpansionText.Range(proof.Outputs.Aggregate((a, b) => a.Hull(b)))}");
        Line(text, 1, proof.Truncation.Value is { } bound
            ? $"the expansion changes an output by at most {Number(bound)}"
            : $"no bound of what the expansion changes: {proof.Truncation.Reason}");
    }

    private static string Term(DecoderTerm term, VariableNames names)
    {
        if (term.Monomial.IsOne)
        {
            return term.CoefficientText;
        }

        string factor = term.CoefficientText switch
        {
            "1" => "",
            "-1" => "-",
            var coefficient => coefficient + " ",
        };
        return factor + ExpressionText.Render(term.Monomial, names);
    }

    private static void More(StringBuilder text, int count, int top, string noun)
    {
        if (count > top)
        {
            Line(text, 2, $"and {Count(count - top, "more " + noun)}");
        }
    }

    private static void Lines(StringBuilder text, int depth, IEnumerable<Formula> formulas)
    {
        foreach (Formula formula in formulas)
        {
            Line(text, depth, formula.Text);
        }
    }

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');

    private static string Number(double value) => ExpansionText.Number(value);

    private static string Complex(ComplexNumber value) =>
        value.Im == 0 ? Number(value.Re) : $"{Number(value.Re)} {(value.Im < 0 ? "-" : "+")} {Number(Math.Abs(value.Im))}i";

    private static string Count(int count, string noun) => $"{NumberText.Format(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Integer(BigInteger value) => ((BigRational)value).ToString();
}
