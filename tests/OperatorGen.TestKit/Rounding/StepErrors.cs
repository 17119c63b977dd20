using System;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Reference;

namespace OperatorGen.TestKit;

/// <summary>Bounds on the errors of what selective cells compute from their input at one time step.</summary>
/// <param name="Gate">Of the gates, [G, K].</param>
/// <param name="Key">Of the keys, [G, K].</param>
/// <param name="Query">Of gamma times the queries, [G, K]: a rounding of gamma, or of the stored product, and one of the product.</param>
/// <param name="Step">Of Delta or beta, [G].</param>
/// <param name="Value">Of the values, [G, V].</param>
internal sealed record StepErrors(double[] Gate, double[] Key, double[] Query, double[] Step, double[] Value)
{
    public static StepErrors Of(SelectiveCell cell, Approximate v, LayerProbe trace, Arithmetic arithmetic)
    {
        var blocks = new BlockErrors(cell.Count, v, arithmetic);
        double[] query = blocks.Of(cell.Query, cell.KeyWidth);
        for (int mode = 0; mode < query.Length; mode++)
        {
            double scaled = cell.Gamma * query[mode];
            query[mode] = scaled + (2 * arithmetic.Unit * (Complex.Abs(trace.OutputWeight[mode]) + scaled));
        }

        double[] step = cell.Transition switch
        {
            StepTransition transition => blocks.Of(transition.Delta, 1),
            DeltaTransition transition => blocks.Of(transition.Beta, 1),
            _ => new double[cell.Count],
        };
        return new StepErrors(
            new GateErrors(cell, trace, arithmetic).Of(blocks, step),
            blocks.Of(cell.Key, cell.KeyWidth),
            query,
            step,
            blocks.Of(cell.Value, cell.ValueWidth));
    }
}
