using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes what is around a layer's cells, named and not expanded: norms, projections, convolution, mixing, gates, residual.</summary>
internal static class LayerFormulas
{
    /// <summary>From the layer's input x to the cells' input v.</summary>
    public static IEnumerable<Formula> Before(Layer layer)
    {
        VariableExpression t = Eq.Symbol("t"), j = Eq.Symbol("j"), source = Eq.Symbol("x");
        if (layer.PreNorm is { } pre)
        {
            yield return Formula.At("n").Is(Eq.Name(pre.GetType().Name).At(source.At(t)));
            source = Eq.Symbol("n");
            foreach (Formula groups in Groups(pre))
            {
                yield return groups;
            }
        }

        InputStage input = layer.Input;
        Expression[] parts = [.. new[] { ("p", 1), ("e", input.PassedWidth), ("z", input.GateWidth), ("a", input.SideWidth), ("b", input.SideWidth) }.Where(part => part.Item2 > 0).Select(part => Formula.At(part.Item1))];
        if (input.Projection is { } projection)
        {
            Expression projected = Affine(projection, "in", source.At(t));
            yield return parts.Length == 1 ? Formula.At("p").Is(projected) : Eq.Tuple(parts).Is(Eq.Name("split").At(projected));
            source = Eq.Symbol("p");
        }
        else if (parts.Length > 1)
        {
            yield return Eq.Tuple(parts).Is(Eq.Name("split").At(source.At(t)));
            source = Eq.Symbol("p");
        }

        if (layer.Input.Convolution is { } convolution)
        {
            int last = convolution.Width - 1;
            Expression sum = Eq.Sum(Eq.Between(j, 0, last), Eq.Symbol("w_conv").At(j) * source.At(t - last + j));
            yield return Formula.At("f").Is((convolution.Bias is null ? 0 : Eq.Symbol("b_conv")) + sum);
            source = Eq.Symbol("f");
        }

        Expression activated = Function(input.Activation, source.At(t));
        yield return Formula.At("v").Is(input.PassedWidth == 0 ? activated : Eq.Tuple(activated, Formula.At("e")));
    }

    /// <summary>From the readout o to the layer's output y.</summary>
    public static IEnumerable<Formula> After(Layer layer)
    {
        Decoder decoder = layer.Decoder;
        Expression h = Eq.Symbol("g").At(Formula.At("o"));
        Expression decoded = h;
        h = decoder.NormAfterGate ? h : Normed(decoder.Norm, h);
        h = decoder.Gate is { } gate ? h.Hadamard(Eq.Name(gate.Name).At(Formula.At("z"))) : h;
        h = decoder.NormAfterGate ? Normed(decoder.Norm, h) : h;
        h = decoder.Side is { } side ? Eq.Tuple(Eq.Name(side.Name).At(Formula.At("a")).Hadamard(Formula.At("b")), h) : h;
        if (h != decoded)
        {
            yield return Formula.At("h").Is(h);
            h = Formula.At("h");
        }

        foreach (Formula groups in Groups(decoder.Norm))
        {
            yield return groups;
        }

        Expression m = h;
        if (decoder.Mixing is { } mixing)
        {
            m = Formula.At("m");
            yield return m.Is(Affine(mixing, "out", h));
        }

        if (decoder.Unit is { } unit)
        {
            yield return Formula.At("r").Is(Unit(unit, h, m, layer.OutputWidth));
            m = Formula.At("r");
        }

        Expression sum = layer.Residual ? m + Formula.At("x") : m;
        if (layer.FeedForward is { } part)
        {
            yield return Formula.At("s").Is(sum);
            Expression up = Affine(part.Up, "up", Normed(part.Norm, Formula.At("s")));
            sum = Formula.At("s") + Affine(part.Down, "down", Function(part.Function, up));
        }

        yield return Formula.At("y").Is(Normed(layer.PostNorm, sum));
        foreach (Formula groups in Groups(layer.PostNorm))
        {
            yield return groups;
        }
    }

    /// <summary>That a norm is taken of groups of channels; nothing where it is of all.</summary>
    private static IEnumerable<Formula> Groups(Norm? norm) =>
        norm is RmsNorm rms && RmsNormDescription.GroupText(rms.Width, rms.GroupWidth) is { } text ? [new WordsExpression(text)] : [];

    private static Expression Normed(Norm? norm, Expression x) => norm is null ? x : Eq.Name(norm.GetType().Name).At(x);

    private static Expression Unit(DecoderUnit unit, Expression h, Expression m, int width)
    {
        Expression f = unit.Function.Equals(DecoderFunctions.Sigmoid) ? Eq.Symbol("sigmoid", typeset: "sigma") : Eq.Name(unit.Function.Name);
        return unit switch
        {
            SplitGlu => m.Slice(null, width).Hadamard(f.At(m.Slice(width, null))),
            HalfGlu { Value: GluValue.Activated } => h.Hadamard(f.At(m)),
            HalfGlu { Value: GluValue.Readout } => Formula.At("o").Hadamard(f.At(m)),
            FinalActivation => f.At(m),
            _ => throw new System.ArgumentException($"No formula is known for a {unit.GetType().Name}.", nameof(unit)),
        };
    }

    /// <summary>A linear map of a vector: W x + b.</summary>
    /// <param name="map">The map.</param>
    /// <param name="name">The subscript of its matrix and bias.</param>
    /// <param name="source">The vector.</param>
    public static Expression Affine(Linear map, string name, Expression source) =>
        (Eq.Symbol("W_" + name) * source) + (map.Bias is null ? 0 : Eq.Symbol("b_" + name));

    private static Expression Function(DecoderFunction function, Expression argument) =>
        function.Equals(DecoderFunctions.Identity) ? argument : Eq.Name(function.Name).At(argument);
}
