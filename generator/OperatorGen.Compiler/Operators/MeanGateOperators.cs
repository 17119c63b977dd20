using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Puts the waves of the mean gate into the operator.</summary>
internal static class MeanGateOperators
{
    /// <summary>A solved recurrence with its waves where it is selective and its gates are known.</summary>
    /// <param name="solved">The recurrence.</param>
    /// <param name="recurrence">The same with its numbers.</param>
    /// <param name="measures">The calibration of the layer; null: none.</param>
    public static CellOperator WithWaves(CellOperator solved, RecurrenceDescription recurrence, ArgumentMeasures? measures) =>
        solved is PathCell path && recurrence is SelectiveRecurrence selective
            ? path with { Waves = MeanGateWave.Of(selective, measures?.GateRanges).ToEquatableArray(), WavesReason = MeanGateWave.Obstacle(selective, measures?.GateRanges) }
            : solved;
}
