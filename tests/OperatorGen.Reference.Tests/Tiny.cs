using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference.Tests;

/// <summary>Models small enough to compute by hand.</summary>
internal static class Tiny
{
    public static Decoder NoDecoder { get; } = new() { Activation = DecoderFunctions.Identity };

    public static Tensor Vector(params double[] values) => new(EquatableArray.Of(values.Length), values);

    public static Parameter Constant(params double[] values) => new ConstantParameter(Vector(values));

    public static Linear Map(int inputs, int outputs, double[] weight, params double[] bias) =>
        new(inputs, outputs, Vector(weight), bias.Length == 0 ? null : Vector(bias));

    /// <summary>Real cells, one mode each, with b = c = 1 and the discrete eigenvalues given.</summary>
    public static ChannelModes RealCells(params double[] eigenvalues)
    {
        double[] ones = [.. System.Linq.Enumerable.Repeat(1.0, eigenvalues.Length)];
        return new ChannelModes(eigenvalues.Length, 1, 1, Field.Real, DiscretizationRule.None, Vector(eigenvalues), Vector(1), Vector(ones), Vector(ones), 1);
    }

    /// <summary>One complex cell with the parameters given as (re, im) pairs, gamma 2.</summary>
    public static ChannelModes ComplexCell(DiscretizationRule rule, double delta, double[] a, double[] b, double[] c, double? skip) =>
        new(1, a.Length / 2, 1, Field.Complex, rule, Vector(a), Vector(delta), Vector(b), Vector(c), 2) { Skip = skip is double d ? Vector(d) : null };

    /// <summary>Selective cells of one value that pass it on: the factor 1, or another, keeps the state; key and query are 1 for every key.</summary>
    public static SelectiveCell Cells(int count, int keys, double decay = 1) => new(
        count,
        count,
        keys,
        1,
        Field.Real,
        new DecayTransition(Vector([.. System.Linq.Enumerable.Repeat(decay, count)])),
        new CellInputSignal(count),
        Ones(count * keys),
        Ones(count * keys),
        1);

    private static Parameter Ones(int count) => Constant([.. System.Linq.Enumerable.Repeat(1.0, count)]);

    public static Layer Layer(int width, Cell cell) => new("", width, null, InputStage.None, cell, NoDecoder, false, null);

    public static SequenceModel Model(int input, params Layer[] layers) =>
        new("tiny", input, EquatableArray.Of(layers));
}
