using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes what stands before the first layer and after the last.</summary>
internal static class ModelFormulas
{
    /// <summary>From the raw input to the first layer's x.</summary>
    public static IEnumerable<Formula> Before(SequenceModel model)
    {
        string source = "input(t)";
        string sourceLatex = @"\mathrm{input}(t)";
        if (model.Scaling is not null)
        {
            yield return new Formula("u(t) = scale * input(t) + offset", @"u(t) = \mathrm{scale} \odot \mathrm{input}(t) + \mathrm{offset}");
            source = sourceLatex = "u(t)";
        }

        if (model.Encoder is { } encoder)
        {
            bool bias = encoder.Bias is not null;
            yield return new Formula($"x(t) = W_enc {source}{(bias ? " + b_enc" : "")}", $@"x(t) = W_{{\mathrm{{enc}}}} {sourceLatex}{(bias ? @" + b_{\mathrm{enc}}" : "")}");
        }
        else
        {
            yield return new Formula($"x(t) = {source}", $"x(t) = {sourceLatex}");
        }
    }

    /// <summary>From the last layer's y to the output.</summary>
    public static IEnumerable<Formula> After(SequenceModel model)
    {
        string y = "y(t)";
        if (model.Pooling == Pooling.Mean)
        {
            yield return new Formula("p = mean over t of y(t)", @"p = \frac{1}{T} \sum_t y(t)");
            y = "p";
        }
        else if (model.Pooling == Pooling.Last)
        {
            yield return new Formula("p = y(T - 1)", "p = y(T - 1)");
            y = "p";
        }

        if (model.Head is { } head)
        {
            bool bias = head.Bias is not null;
            yield return new Formula($"scores = W_head {y}{(bias ? " + b_head" : "")}", $@"\mathrm{{scores}} = W_{{\mathrm{{head}}}} {y}{(bias ? @" + b_{\mathrm{head}}" : "")}");
            y = "scores";
        }

        if (model.Output != OutputFunction.Scores)
        {
            string name = model.Output == OutputFunction.LogSoftmax ? "log-softmax" : "softmax";
            string latex = y == "scores" ? @"\mathrm{scores}" : y;
            yield return new Formula($"output = {name}({y})", $@"\mathrm{{output}} = \mathrm{{{name}}}({latex})");
        }
    }
}
