using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>What is shown of one layer, in the order in which every rendering shows it: formulas before, waves, decoder, terms, formulas after.</summary>
internal sealed class LayerView
{
    private const int GreatestMatrix = 4; // rows that are written

    private readonly SymbolicOperator _symbolic;
    private readonly int _top;

    private LayerView(SymbolicOperator symbolic, int index, OperatorView view)
    {
        _symbolic = symbolic;
        _top = view.Listed;
        Index = index;
        Layer = symbolic.Layers[index];
        Channel = Math.Min(view.Channels?[index] ?? view.Channel ?? 0, Layer.Cell.Channels - 1);
        Expansion = symbolic.ExpansionOf(index, Channel);
        (Waves, HasSkip) = OperatorView.Summands(Layer.Cell);
    }

    /// <summary>The layer's position.</summary>
    public int Index { get; }

    /// <summary>The layer.</summary>
    public LayerOperator Layer { get; }

    /// <summary>The channel that is shown.</summary>
    public int Channel { get; }

    /// <summary>The polynomial of the channel's decoder function.</summary>
    public DecoderExpansion Expansion { get; }

    /// <summary>How many waves the readout has; 0 where it is not a sum of waves.</summary>
    public int Waves { get; }

    /// <summary>Whether the readout has a skip.</summary>
    public bool HasSkip { get; }

    /// <summary>The number of the readout's summands.</summary>
    public int Summands => Waves + (HasSkip ? 1 : 0);

    /// <summary>From the layer's input to the readout.</summary>
    public IEnumerable<Formula> Before => Layer.Before.Concat(Layer.Cell.Formulas).Concat(Layer.Cell is PathCell { Waves.Count: > 0 } path ? path.MeanGateFormulas : []);

    /// <summary>The waves of the mean gate that are shown; none of a constant recurrence, or where the gates are not calibrated.</summary>
    public IReadOnlyList<MeanGateWave> MeanGateWaves => Layer.Cell is PathCell path ? [.. path.Waves.Take(_top)] : [];

    /// <summary>Per shown mode that is in no block, eigenvalue and weight as equations.</summary>
    public IEnumerable<(Formula Eigenvalue, Formula Weight)> Modes => Layer.Cell switch
    {
        WaveCell { Waves: var waves } => ShownWaves(waves).Where(n => waves.BlockOf(waves.ModeOf(Channel, n)) is null).Select(n => Mode(n, Eq.Number(waves[Channel, n].Eigenvalue), Eq.Number(waves[Channel, n].Weight))),
        SymbolicCell { Modes: var modes } => modes.Take(_top).Select((mode, n) => Mode(n, mode.Eigenvalue, mode.Weight)),
        PathCell => [],
        _ => throw new NotSupportedException($"There are no formulas for a {Layer.Cell.GetType().Name}."),
    };

    /// <summary>The channel's blocks of modes of which a component is shown: the matrix, and the weights of the shown components.</summary>
    public IEnumerable<(Formula Matrix, IEnumerable<Formula> Weights)> Blocks
    {
        get
        {
            if (Layer.Cell is not WaveCell { Waves: { Blocks.Count: > 0 } waves })
            {
                yield break;
            }

            int[] shown = [.. ShownWaves(waves)];
            foreach ((ModeBlock block, int k) in BlocksOf(waves))
            {
                int[] components = [.. shown.Where(n => waves.BlockOf(waves.ModeOf(Channel, n)) == block)];
                if (components.Length > 0)
                {
                    yield return (Matrix(waves, block, k), components.Select(n => (Formula)Eq.Symbol("weight_" + NumberText.Format(n)).Is(Eq.Number(waves[Channel, n].Weight))));
                }
            }
        }
    }

    /// <summary>The decoder function where it is no polynomial, its polynomial where it has one, and that of the gate.</summary>
    public IEnumerable<Formula> Decoder
    {
        get
        {
            if (!Expansion.Function.IsPolynomial)
            {
                yield return Decoded(Expansion.Function.Formula(Readout), Relation.Equal);
            }

            if (Expansion.IsAvailable)
            {
                yield return Polynomial(Expansion);
                foreach (Formula formula in GateFormulas.Of(_symbolic, Index, Channel))
                {
                    yield return formula;
                }
            }
        }
    }

    /// <summary>The polynomial as the sum of its first terms in the waves, and how many terms it has; null where there is none.</summary>
    public (RelationExpression Equation, BigInteger Count)? Terms
    {
        get
        {
            if (!Expansion.IsAvailable || Waves == 0)
            {
                return null;
            }

            BigInteger count = Expansion.TermCount(Summands);
            VariableNames names = OperatorView.Names(Waves);
            IEnumerable<Expression> terms = Expansion.Terms(Summands).Take(_top).Select(term => term.Tree(names));
            Expression[] rest = count > _top ? [new EllipsisExpression(count - _top)] : [];
            return (Decoded(new SumExpression(terms.Concat(rest).ToEquatableArray()), Sign(Expansion)), count);
        }
    }

    private static VariableExpression Readout { get; } = Eq.Symbol("o");

    /// <summary>The layers that a view shows.</summary>
    public static IEnumerable<LayerView> Of(SymbolicOperator symbolic, OperatorView view) => Enumerable.Range(0, symbolic.Layers.Count)
        .Where(i => view.Layer is null || view.Layer == i).Select(i => new LayerView(symbolic, i, view));

    /// <summary>The polynomial of the readout, and how it was made: <c>g(o) ~ 1/2 o + 1/4 o^2   (order 2, Taylor about 0, ...)</c>.</summary>
    public static Formula Polynomial(DecoderExpansion expansion) =>
        new(Decoded(expansion.Formula(Readout), Sign(expansion)), ExpansionText.Of(expansion.Polynomial!, Readout.Name));

    /// <summary>The waves of the channel that are shown, those with the largest reach first; ties by index.</summary>
    public IEnumerable<int> ShownWaves(ModeBank waves) =>
        Enumerable.Range(0, waves.WavesPerReadout).OrderByDescending(n => waves.WaveReach(Channel, n)).ThenBy(n => n).Take(_top);

    /// <summary>The blocks of the channel's modes, numbered.</summary>
    public IEnumerable<(ModeBlock Block, int Number)> BlocksOf(ModeBank waves) =>
        waves.Blocks.Where(block => waves.GroupOf(block.First) == waves.GroupOf(waves.ModeOf(Channel, 0))).Select((block, k) => (block, k));

    /// <summary>Which waves are the components of a block: <c>w_4 and w_5</c>, or the first and the last of more.</summary>
    public static string Components(ModeBank waves, ModeBlock block)
    {
        string first = "w_" + NumberText.Format(block.First % waves.WavesPerReadout), last = "w_" + NumberText.Format((block.First % waves.WavesPerReadout) + block.Size - 1);
        return block.Size switch { 1 => first, 2 => first + " and " + last, _ => first + " to " + last };
    }

    private static Formula Matrix(ModeBank waves, ModeBlock block, int number)
    {
        string name = "T_" + NumberText.Format(number), components = Components(waves, block);
        return block.Size > GreatestMatrix
            ? new WordsExpression($"{name} is a matrix of {NumberText.Format(block.Size)} x {NumberText.Format(block.Size)}, which moves the states of {components}")
            : new Formula(
                Eq.Symbol(name).Is(Eq.Matrix([.. Enumerable.Range(0, block.Size).Select(row => (Expression[])[.. Enumerable.Range(0, block.Size).Select(column => Eq.Number(block[row, column]))])])),
                $"moves the states of {components}");
    }

    private static (Formula Eigenvalue, Formula Weight) Mode(int n, Expression eigenvalue, Expression weight) =>
        (Eq.Symbol("lambda_" + NumberText.Format(n)).Is(eigenvalue), Eq.Symbol("weight_" + NumberText.Format(n)).Is(weight));

    private static RelationExpression Decoded(Expression value, Relation relation) => Eq.Symbol("g").At(Readout).Is(value, relation);

    private static Relation Sign(DecoderExpansion expansion) => expansion.IsExact ? Relation.Equal : Relation.Approximate;
}
