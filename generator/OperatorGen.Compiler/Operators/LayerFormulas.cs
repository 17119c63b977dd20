using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes what stands around a layer's cells, named and not expanded: norms, projections, convolution, mixing, gates, residual.</summary>
internal static class LayerFormulas
{
    /// <summary>From the layer's input x to the cells' input v.</summary>
    public static IEnumerable<Formula> Before(Layer layer)
    {
        string source = "x(t)";
        if (layer.PreNorm is { } pre)
        {
            yield return new Formula($"n(t) = {pre.GetType().Name}(x(t))", $@"n(t) = \mathrm{{{pre.GetType().Name}}}(x(t))");
            source = "n(t)";
        }

        if (layer.Input.Projection is { } projection)
        {
            string bias = projection.Bias is null ? "" : " + b_in";
            yield return layer.Input.GateWidth == 0
                ? new Formula($"p(t) = W_in {source}{bias}", $@"p(t) = W_{{\mathrm{{in}}}} {source}{Latex(bias)}")
                : new Formula($"(p(t), z(t)) = split(W_in {source}{bias})", $@"(p(t), z(t)) = \mathrm{{split}}(W_{{\mathrm{{in}}}} {source}{Latex(bias)})");
            source = "p(t)";
        }

        if (layer.Input.Convolution is { } convolution)
        {
            string last = NumberText.Format(convolution.Width - 1);
            string bias = convolution.Bias is null ? "" : "b_conv + ";
            string name = source.Substring(0, 1);
            yield return new Formula(
                $"q(t) = {bias}sum_(j = 0..{last}) w_conv(j) {name}(t - {last} + j)",
                $@"q(t) = {(convolution.Bias is null ? "" : @"b_{\mathrm{conv}} + ")}\sum_{{j=0}}^{{{last}}} w_{{\mathrm{{conv}}}}(j)\, {name}(t - {last} + j)");
            source = "q(t)";
        }

        string function = layer.Input.Activation.Name;
        yield return function == DecoderFunctions.Identity.Name
            ? new Formula($"v(t) = {source}", $"v(t) = {source}")
            : new Formula($"v(t) = {function}({source})", $@"v(t) = \mathrm{{{function}}}({source})");
    }

    /// <summary>From the readout o to the layer's output y.</summary>
    public static IEnumerable<Formula> After(Layer layer)
    {
        Decoder decoder = layer.Decoder;
        string h = "g(o(t))";
        if (decoder.Gate is { } gate)
        {
            yield return new Formula($"h(t) = {h} * {gate.Name}(z(t))", $@"h(t) = {h} \odot \mathrm{{{gate.Name}}}(z(t))");
            h = "h(t)";
        }

        if (decoder.Mixing is { } mixing)
        {
            string bias = mixing.Bias is null ? "" : " + b_out";
            yield return new Formula($"m(t) = W_out {h}{bias}", $@"m(t) = W_{{\mathrm{{out}}}} {h}{(bias.Length == 0 ? "" : @" + b_{\mathrm{out}}")}");
            h = "m(t)";
        }

        if (decoder.Unit is { } unit)
        {
            yield return Unit(unit, decoder.Gate is null ? "g(o(t))" : "h(t)", h, layer.OutputWidth);
            h = "r(t)";
        }

        string sum = layer.Residual ? $"{h} + x(t)" : h;
        yield return layer.PostNorm is { } post
            ? new Formula($"y(t) = {post.GetType().Name}({sum})", $@"y(t) = \mathrm{{{post.GetType().Name}}}({sum})")
            : new Formula($"y(t) = {sum}", $"y(t) = {sum}");
    }

    private static Formula Unit(DecoderUnit unit, string h, string m, int width)
    {
        string name = unit.Function.Name;
        string latex = name == DecoderFunctions.Sigmoid.Name ? @"\sigma" : $@"\mathrm{{{name}}}";
        string half = NumberText.Format(width);
        return unit switch
        {
            SplitGlu => new Formula($"r(t) = {m}[:{half}] * {name}({m}[{half}:])", $@"r(t) = {m}_{{[:{half}]}} \odot {latex}({m}_{{[{half}:]}})"),
            HalfGlu { Value: GluValue.Activated } => new Formula($"r(t) = {h} * {name}({m})", $@"r(t) = {h} \odot {latex}({m})"),
            HalfGlu { Value: GluValue.Readout } => new Formula($"r(t) = o(t) * {name}({m})", $@"r(t) = o(t) \odot {latex}({m})"),
            FinalActivation => new Formula($"r(t) = {name}({m})", $@"r(t) = {latex}({m})"),
            _ => throw new System.ArgumentException($"No formula is known for a {unit.GetType().Name}.", nameof(unit)),
        };
    }

    private static string Latex(string bias) => bias.Length == 0 ? "" : @" + b_{\mathrm{in}}";
}
