using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes what comes before the first layer and after the last.</summary>
internal static class ModelFormulas
{
    /// <summary>From the raw input to the first layer's x.</summary>
    public static IEnumerable<Formula> Before(SequenceModel model)
    {
        Expression source = Formula.At("input");
        if (model.Embedding is not null)
        {
            yield return Formula.At("e").Is(Eq.Symbol("E").At(Formula.At("token")));
            source = Formula.At("e");
        }

        if (model.Scaling is not null)
        {
            yield return Formula.At("u").Is(Eq.Symbol("scale").Hadamard(source) + Eq.Symbol("offset"));
            source = Formula.At("u");
        }

        yield return Formula.At("x").Is(model.Encoder is { } encoder ? LayerFormulas.Affine(encoder, "enc", source) : source);
    }

    /// <summary>From the last layer's y to the output.</summary>
    public static IEnumerable<Formula> After(SequenceModel model)
    {
        Expression y = Formula.At("y");
        if (model.Pooling == Pooling.Mean)
        {
            VariableExpression p = Eq.Symbol("p");
            yield return p.Is(new MeanExpression(Eq.All(Eq.Symbol("t"), Eq.Symbol("T")), y));
            y = p;
        }

        else if (model.Pooling == Pooling.Last)
        {
            VariableExpression p = Eq.Symbol("p");
            yield return p.Is(Eq.Symbol("y").At(Eq.Symbol("T") - 1));
            y = p;
        }

        if (model.Head is { } head)
        {
            VariableExpression scores = Eq.Symbol("scores");
            Expression made = model.Embedding is null ? scores : Formula.At("logits");
            yield return made.Is(model.Embedding is { } tied && ReferenceEquals(tied.Weight, head.Weight) ? (Eq.Symbol("E") * y) : LayerFormulas.Affine(head, "head", y));
            y = made;
        }

        if (model.Output != OutputFunction.Scores)
        {
            yield return Eq.Symbol("output").Is(Eq.Name(model.Output == OutputFunction.LogSoftmax ? "log-softmax" : "softmax").At(y));
        }
    }
}
