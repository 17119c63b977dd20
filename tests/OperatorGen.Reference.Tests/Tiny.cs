using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference.Tests;

/// <summary>Models small enough to compute by hand.</summary>
internal static class Tiny
{
    public static Decoder NoDecoder { get; } = new(DecoderFunctions.Identity, null, null, false);

    public static Tensor Vector(params double[] values) => new(EquatableArray.Of(values.Length), values);

    public static Parameter Constant(params double[] values) => new ConstantParameter(Vector(values));

    public static Linear Map(int inputs, int outputs, double[] weight, params double[] bias) =>
        new(inputs, outputs, Vector(weight), bias.Length == 0 ? null : Vector(bias));

    /// <summary>Real cells, one mode each, with b = c = 1 and the discrete eigenvalues given.</summary>
    public static Cell RealCells(params double[] eigenvalues)
    {
        double[] ones = [.. System.Linq.Enumerable.Repeat(1.0, eigenvalues.Length)];
        return new Cell(eigenvalues.Length, 1, 1, Field.Real, new DiagonalTransition(Constant(eigenvalues)), DiscretizationRule.None, Constant(1), Constant(ones), Constant(ones), 1, ReadOrder.PostUpdate, null, null);
    }

    /// <summary>One complex cell with the parameters given as (re, im) pairs, gamma 2.</summary>
    public static Cell ComplexCell(DiscretizationRule rule, double delta, double[] a, double[] b, double[] c, double? skip) => new(
        1, a.Length / 2, 1, Field.Complex, new DiagonalTransition(Constant(a)), rule, Constant(delta), Constant(b), Constant(c), 2, ReadOrder.PostUpdate, skip is double d ? Vector(d) : null, null);

    public static Layer Layer(int width, Cell cell) => new("", width, null, InputStage.None, cell, NoDecoder, false, null);

    public static SequenceModel Model(int input, params Layer[] layers) =>
        new("tiny", input, null, null, EquatableArray.Of(layers), Pooling.None, null, EquatableArray<string>.Empty);
}
