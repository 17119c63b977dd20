using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The formulas around a layer's cells, from what a description holds: named and not expanded.</summary>
internal static class FormulaText
{
    /// <summary>From the raw input to the first layer's x.</summary>
    public static IEnumerable<string> Before(OperatorDescription operators)
    {
        string source = operators.Vocabulary is null ? "input(t)" : "E[token(t)]";
        if (operators.Scaling is not null)
        {
            yield return $"u(t) = scale * {source} + offset";
            source = "u(t)";
        }

        yield return "x(t) = " + (operators.Encoder is { } encoder ? Affine(encoder, "enc", source) : source);
    }

    /// <summary>From the last layer's y to the output.</summary>
    public static IEnumerable<string> After(OperatorDescription operators)
    {
        string y = "y(t)";
        switch (operators.Pooling)
        {
            case Pooling.None:
                break;
            case Pooling.Mean:
                yield return "p = mean over t of y(t)";
                y = "p";
                break;
            case Pooling.Last:
                yield return "p = y(T - 1)";
                y = "p";
                break;
            default:
                throw new System.ArgumentException($"The pooling {operators.Pooling} is not known.", nameof(operators));
        }

        if (operators.Head is { } head)
        {
            string scores = operators.Vocabulary is null ? "scores" : "logits(t)";
            yield return $"{scores} = " + Affine(head, "head", y);
            y = scores;
        }

        if (operators.Output != OutputFunction.Scores)
        {
            yield return $"output = {(operators.Output == OutputFunction.LogSoftmax ? "log-softmax" : "softmax")}({y})";
        }
    }

    /// <summary>From the layer's input x to the cells' input v.</summary>
    public static IEnumerable<string> Before(LayerDescription layer)
    {
        string source = "x";
        if (layer.PreNorm is { } norm)
        {
            yield return $"n(t) = {Name(norm)}(x(t))";
            if (Groups(norm) is { } groups)
            {
                yield return groups;
            }

            source = "n";
        }

        if (layer.Input.Projection is { } projection)
        {
            string projected = Affine(projection, "in", source + "(t)");
            yield return layer.Input.Parts is { Count: > 1 } parts ? $"({string.Join(", ", parts.Select(part => part + "(t)"))}) = split({projected})" : "p(t) = " + projected;
            source = "p";
        }
        else if (layer.Input.Parts is { Count: > 1 } parts)
        {
            yield return $"({string.Join(", ", parts.Select(part => part + "(t)"))}) = split({source}(t))";
            source = "p";
        }

        if (layer.Input.Convolution is { } convolution)
        {
            string last = NumberText.Format(convolution.Width - 1);
            yield return $"f(t) = {(convolution.HasBias ? "b_conv + " : "")}sum_(j = 0..{last}) w_conv(j) {source}(t - {last} + j)";
            source = "f";
        }

        string activated = Call(layer.Input.Activation, source + "(t)");
        yield return "v(t) = " + (layer.Input.PassedWidth == 0 ? activated : $"({activated}, e(t))");
    }

    /// <summary>From the readout o to the layer's output y.</summary>
    public static IEnumerable<string> After(LayerDescription layer)
    {
        string h = "g(o(t))";
        if (layer.DecoderNorm is { } first && !layer.NormAfterGate)
        {
            h = $"{Name(first)}({h})";
        }

        if (layer.Gate is { } gate)
        {
            h = $"{h} * {gate.Name}(z(t))";
        }

        if (layer.DecoderNorm is { } gated && layer.NormAfterGate)
        {
            h = $"{Name(gated)}({h})";
        }

        if (layer.Side is { } side)
        {
            h = $"({side.Name}(a(t)) * b(t), {h})";
        }

        if (h != "g(o(t))")
        {
            yield return "h(t) = " + h;
            h = "h(t)";
        }

        if (layer.DecoderNorm is { } grouped && Groups(grouped) is { } groups)
        {
            yield return groups;
        }

        string m = h;
        GluForm form = layer.Glu is null ? GluForm.Split : GluForms.Of(layer.Mixing!);
        if (layer.Mixing is { } mixing)
        {
            bool identity = form != GluForm.Split && GluForms.ArgumentIsWhole(mixing);
            m = identity ? h : "m(t)";
            if (!identity)
            {
                yield return "m(t) = " + Affine(mixing, "out", h, form == GluForm.Split ? mixing.HasBias : GluForms.ArgumentHasBias(mixing));
            }
        }

        if (layer.Glu is { } glu)
        {
            string width = NumberText.Format(layer.OutputWidth), f = glu.Gate.Name;
            yield return form switch
            {
                GluForm.Split => $"r(t) = {m}[:{width}] * {f}({m}[{width}:])",
                GluForm.Value => $"r(t) = {(glu.ReadsReadouts ? "o(t)" : h)} * {f}({m})",
                GluForm.One => $"r(t) = {f}({m})",
                _ => throw new System.ArgumentException($"The form {form} is not known.", nameof(layer)),
            };
            m = "r(t)";
        }

        string sum = layer.Residual ? m + " + x(t)" : m;
        if (layer.FeedForward is { } part)
        {
            yield return "s(t) = " + sum;
            yield return $"f(t) = {Call(part.Function, Affine(part.Up, "up", part.Norm is { } before ? $"{Name(before)}(s(t))" : "s(t)"))}";
            sum = $"s(t) + {Affine(part.Down, "down", "f(t)")}";
        }

        yield return "y(t) = " + (layer.PostNorm is { } post ? $"{Name(post)}({sum})" : sum);
        if (layer.PostNorm is { } last && Groups(last) is { } lastGroups)
        {
            yield return lastGroups;
        }
    }

    private static string? Groups(NormDescription norm) => norm is RmsNormDescription rms ? RmsNormDescription.GroupText(rms.Width, rms.GroupWidth) : null;

    private static string Affine(LinearDescription map, string name, string source, bool? bias = null) => $"W_{name} {source}{(bias ?? map.HasBias ? " + b_" + name : "")}";

    private static string Call(DecoderFunction function, string argument) => function.Equals(DecoderFunctions.Identity) ? argument : $"{function.Name}({argument})";

    private static string Name(NormDescription norm) => norm switch
    {
        LayerNormDescription => "LayerNorm",
        BatchNormDescription => "BatchNorm",
        RmsNormDescription => "RmsNorm",
        LengthNormDescription => "LengthNorm",
        _ => throw new System.ArgumentException($"The norm {norm.GetType().Name} has no name.", nameof(norm)),
    };
}
