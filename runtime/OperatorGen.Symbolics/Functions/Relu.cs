using System;

namespace OperatorGen.Symbolics;

/// <summary>The rectifier g(x) = max(x, 0). It has a corner at 0 and so no Taylor series that would hold on an interval around it.</summary>
public sealed class Relu : DecoderFunction
{
    /// <inheritdoc/>
    public override string Name => "relu";

    /// <inheritdoc/>
    public override bool HasTaylorSeries => false;

    /// <inheritdoc/>
    public override double LipschitzBound => 1;

    /// <inheritdoc/>
    public override double Value(double x) => double.IsNaN(x) ? x : x > 0 ? x : 0;

    /// <inheritdoc/>
    public override Expression Formula(Expression argument) => Eq.Function(ElementaryFunction.Maximum, argument, Expression.Zero);

    /// <summary>0: there is no series.</summary>
    public override double TaylorRadius(double centre) => 0;

    /// <inheritdoc/>
    protected override double[] TaylorCoefficients(double centre, int order) =>
        throw new InvalidOperationException("relu has no Taylor series.");
}
