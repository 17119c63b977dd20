using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Which part of an operator is shown.</summary>
/// <param name="Layer">The layer; null: all.</param>
/// <param name="Channel">The channel whose waves and terms are listed; null: the first.</param>
/// <param name="Top">How many waves and how many terms are listed at most.</param>
public sealed record OperatorView(int? Layer = null, int? Channel = null, int Top = 30)
{
    /// <summary>The names of a readout's summands: waves w_0, w_1, ..., and d for the skip, which comes after the last wave.</summary>
    /// <param name="waves">The number of waves.</param>
    public static VariableNames Names(int waves)
    {
        // Terms ask for them again and again.
        string[] numbers = [.. Enumerable.Range(0, waves).Select(n => NumberText.Format(n))];
        string[] text = [.. numbers.Select(n => "w_" + n), "d"];
        string[] latex = [.. numbers.Select(n => "w_{" + n + "}"), "d"];
        return new(i => text[i], i => latex[i]);
    }

    /// <summary>The name of the readout itself.</summary>
    public static VariableNames Readout { get; } = new(_ => "o", _ => "o");

    /// <summary>The number of summands of a layer's readout; 0 where it is not a sum of waves.</summary>
    public static (int Waves, bool Skip) Summands(CellOperator cell) => cell switch
    {
        WaveCell waves => (waves.Waves.WavesPerReadout, waves.Waves.HasSkip),
        SymbolicCell symbolic => (symbolic.Modes.Count, symbolic.HasSkip),
        _ => (0, false),
    };
}
