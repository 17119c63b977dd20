using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Which part of an operator is shown.</summary>
/// <param name="Layer">The layer; null: all.</param>
/// <param name="Channel">The channel whose waves and terms are listed; null: the strongest ones in text, the first in other formats.</param>
/// <param name="Top">How many waves and how many terms are listed at most; null: in text what 40 lines a layer have room for, in other formats 30.</param>
public sealed record OperatorView(int? Layer = null, int? Channel = null, int? Top = null)
{
    private const int DefaultTop = 30;

    /// <summary>How many waves and how many terms are listed at most in other formats than text.</summary>
    public int Listed => Top ?? DefaultTop;

    /// <summary>Per layer the channel that is listed, in the place of <see cref="Channel"/>; null: the same in all.</summary>
    public IReadOnlyList<int>? Channels { get; init; }

    /// <summary>How many digits of a coefficient are written in MathML; null: the shortest that read back the same.</summary>
    public int? Digits { get; init; }

    /// <summary>Whether MathML lists terms.</summary>
    public bool HasTerms { get; init; } = true;

    /// <summary>The names of a readout's summands: waves w_0, w_1, ..., and d for the skip, which comes after the last wave.</summary>
    /// <param name="waves">The number of waves.</param>
    public static VariableNames Names(int waves)
    {
        // Terms ask for them again and again.
        Expression[] names = [.. Enumerable.Range(0, waves).Select(n => Eq.Symbol("w_" + NumberText.Format(n))), Eq.Symbol("d")];
        return new(i => names[i]);
    }

    /// <summary>The number of summands of a layer's readout; 0 where it is not a sum of waves.</summary>
    public static (int Waves, bool Skip) Summands(CellOperator cell) => cell switch
    {
        WaveCell waves => (waves.Waves.WavesPerReadout, waves.Waves.HasSkip),
        SymbolicCell symbolic => (symbolic.Modes.Count, symbolic.Skip is not null),
        PathCell => (0, false),
        _ => throw new System.NotSupportedException($"The summands of a {cell.GetType().Name} are not known."),
    };
}
