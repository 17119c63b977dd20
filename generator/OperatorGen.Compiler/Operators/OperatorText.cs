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
        foreach (LayerView layer in LayerView.Of(symbolic, view))
        {
            // Terms are listed for the last layer shown: they are alike in all others.
            RenderLayer(text, symbolic, layer, view, view.Layer == layer.Index || layer.Index == symbolic.Layers.Count - 1);
        }

        Lines(text, 1, symbolic.After);
        RenderProof(text, symbolic);
        return text.ToString();
    }

    private static void RenderLayer(StringBuilder text, SymbolicOperator symbolic, LayerView view, OperatorView shown, bool listed)
    {
        LayerOperator layer = view.Layer;
        string name = layer.Name.Length == 0 ? "layer" : "layer " + layer.Name;
        Line(text, 0, $"{name}: {Describe(layer.Cell)}");
        if (view.Index == 0 || listed)
        {
            Lines(text, 1, view.Before);
        }

        if (listed)
        {
            RenderWaves(text, view, shown.Top);
            RenderExpansion(text, symbolic, view, shown.Top);
        }
        else
        {
            Line(text, 1, $"g = {layer.Decoder}");
        }

        if (view.Index == 0 || listed)
        {
            Lines(text, 1, layer.After);
        }
    }

    private static string Describe(CellOperator cell) => cell switch
    {
        WaveCell waves => $"{Count(waves.Channels, "channel")} of {Count(waves.Waves.WavesPerReadout, "wave")}{Backward(waves.Waves)}",
        SymbolicCell symbolic => $"{Count(symbolic.Modes.Count, "wave")} in the symbols {string.Join(", ", symbolic.Symbols)}",
        PathCell paths => $"{Count(paths.Channels, "channel")} of {Count(paths.Modes, "mode")}, selective: path form",
        _ => throw new NotSupportedException($"There is no description of a {cell.GetType().Name}."),
    };

    private static string Backward(ModeBank waves) =>
        waves.IsCausal ? "" : $", {NumberText.Format(Enumerable.Range(0, waves.WavesPerReadout).Count(n => waves.Timing(n).Backward))} of them backward in time";

    private static void RenderWaves(StringBuilder text, LayerView view, int top)
    {
        switch (view.Layer.Cell)
        {
            case WaveCell { Waves: var waves }:
                Line(text, 1, $"waves of channel {NumberText.Format(view.Channel)}, those with the largest reach {(waves.IsShared ? "|b| |weight|" : "|weight|")} / (1 - |lambda|) first (lifetime and period in steps, frequency in radians per step):");
                foreach (int n in view.ShownWaves(waves))
                {
                    Line(text, 2, WaveLine(view, waves, n) + (waves.IsShared ? $", |b| {Number(waves.DriveMagnitude(n))}" : "") + Timing(waves.Timing(waves.ModeOf(view.Channel, n))));
                }

                More(text, waves.WavesPerReadout, top, "wave");
                Lines(text, 2, view.Blocks.Select(block => block.Matrix));
                if (waves.HasSkip)
                {
                    Line(text, 2, $"d: D = {Number(waves.Skip(view.Channel))}");
                }

                break;
            case SymbolicCell symbolic:
                Lines(text, 2, view.Modes.SelectMany(mode => new[] { mode.Eigenvalue, mode.Weight }));
                More(text, symbolic.Modes.Count, top, "wave");
                break;
        }
    }

    private static string Timing(ModeTiming timing) => !timing.Backward ? "" : timing.Delay == 0 ? ", runs backward" : ", runs backward from the next sample";

    private static string WaveLine(LayerView view, ModeBank waves, int n)
    {
        Wave wave = waves[view.Channel, n];
        string times = $"lifetime {Number(wave.Lifetime)}, frequency {Number(wave.Frequency)}, period {Number(wave.Period)}";
        if (waves.BlockOf(waves.ModeOf(view.Channel, n)) is not { } block)
        {
            return $"w_{NumberText.Format(n)}: lambda = {Complex(wave.Eigenvalue)}, weight = {Complex(wave.Weight)}, |lambda| = {Number(wave.Magnitude)}, {times}, reach {Number(wave.Reach)}";
        }

        int number = view.BlocksOf(waves).First(each => each.Block == block).Number;
        return $"w_{NumberText.Format(n)}: a component of the block T_{NumberText.Format(number)}, weight = {Complex(wave.Weight)}, eigenvalue of the block, or of its diagonal part, {Complex(wave.Eigenvalue)}, {times}, reach from the input {Number(waves.WaveReach(view.Channel, n))}";
    }

    private static void RenderExpansion(StringBuilder text, SymbolicOperator symbolic, LayerView view, int top)
    {
        Lines(text, 1, view.Decoder);
        if (!view.Expansion.IsAvailable)
        {
            Line(text, 1, $"{view.Layer.Decoder} has no Taylor series about 0: it stays a function of o.");
            return;
        }

        if (symbolic.Proof?.Layers[view.Index] is { } proof)
        {
            Line(text, 1, $"proven for inputs of the declared range: o in {ExpansionText.Range(proof.Readouts[view.Channel])}" + (proof.Functions.Count == 0 ? "" : $", polynomial less g(o) in {ExpansionText.Range(proof.Functions[view.Channel])}"));
        }

        if (view.Terms is not { } terms)
        {
            return;
        }

        string place = view.Layer.Cell.Channels == 1 ? "" : $" of channel {NumberText.Format(view.Channel)}";
        Line(text, 1, $"terms{place}, {Integer(terms.Count)} in all:");
        foreach (Expression term in ((SumExpression)terms.Equation.Right).Summands)
        {
            Line(text, 2, term is EllipsisExpression more ? $"and {Integer(more.Remaining)} more" : ExpressionText.Render(term));
        }

        RenderGatedTerms(text, symbolic, view.Index, view.Channel, top);
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
            Line(text, 2, ExpressionText.Render(PolynomialExpressions.Of(term, gated.Names)));
        }

        if (gated.Count > top)
        {
            Line(text, 2, $"and up to {Integer(gated.Count - top)} more");
        }
    }

    /// <summary>The bounds of the whole.</summary>
    private static void RenderProof(StringBuilder text, SymbolicOperator symbolic)
    {
        if (symbolic.Proof is not { } proof)
        {
            return;
        }

        Line(text, 0, $"proven for every input in [{Number(symbolic.Options.InputLow!.Value)}, {Number(symbolic.Options.InputHigh!.Value)}] (real arithmetic):");
        (string noun, string one) = symbolic.Output == OutputFunction.Scores ? ("output", "an output") : ("score", "a score");
        string outputs = proof.Outputs.Count == 1 ? "the " + noun : $"the {NumberText.Format(proof.Outputs.Count)} {noun}s";
        Line(text, 1, $"{outputs} in {ExpansionText.Range(proof.Outputs.Aggregate((a, b) => a.Hull(b)))}");
        Line(text, 1, proof.Truncation.Value is { } bound
            ? $"the expansion changes {one} by at most {Number(bound)}"
            : $"no bound of what the expansion changes: {proof.Truncation.Reason}");
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
