using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Tests;

/// <summary>Models of one constant cell, given by their numbers, and of one selective layer.</summary>
internal static class TestModels
{
    /// <summary>One complex cell; A, B and C as (re, im) pairs.</summary>
    public static SequenceModel OneCell(string decoder, DiscretizationRule rule, double delta, double[] a, double[] b, double[] c, double gamma, double? skip)
    {
        int modes = a.Length / 2;
        Tensor Pairs(double[] values) => new(EquatableArray.Of(1, modes, 2), values);
        var cell = new ChannelModes(1, modes, 1, Field.Complex, rule, Pairs(a), new Tensor(EquatableArray.Of(1), [delta]), Pairs(b), Pairs(c), gamma)
        {
            Skip = skip is double d ? new Tensor(EquatableArray.Of(1), [d]) : null,
        };
        DecoderFunction function = DecoderFunctions.Find(decoder) ?? throw new ArgumentException($"There is no decoder function {decoder}.", nameof(decoder));
        var layer = new Layer("", 1, null, InputStage.None, cell, new Decoder { Activation = function }, false, null);
        return new SequenceModel("tiny", 1, EquatableArray.Of(layer));
    }

    /// <summary>Waves with the discrete eigenvalues and weights given as (re, im) pairs.</summary>
    public static SequenceModel Waves(string decoder, double[] eigenvalues, double[] weights, double? skip = null) => OneCell(
        decoder, DiscretizationRule.None, 1, eigenvalues, [.. Enumerable.Range(0, eigenvalues.Length).Select(i => i % 2 == 0 ? 1.0 : 0.0)], weights, 1, skip);

    /// <summary>A model declared inline: modes as eigenvalue, input, output, each "re" and "im" as a user writes them.</summary>
    public static SequenceModel Inline(string decoder, DiscretizationRule rule, string? step, string? skip, params string[][] modes)
    {
        static Scalar Parse(string text) => Scalar.TryParse(text, out Scalar value) ? value : throw new ArgumentException($"{text} is no number and no symbol.", nameof(text));
        Scalar? Optional(string? text) => text is null ? null : Parse(text);
        var inline = new InlineModel(
            modes.Select(m => new InlineMode(Parse(m[0]), Parse(m[1]), Parse(m[2]), Parse(m[3]), Parse(m[4]), Parse(m[5]))).ToEquatableArray(),
            Optional(skip),
            Optional(step),
            rule,
            decoder,
            2,
            ModelOptions.None);
        StageResult<SequenceModel> result = CompilerStages.Resolve(inline.ToDeclaration(), default);
        return result.Value ?? throw new InvalidOperationException(string.Join("\n", result.Faults.Select(fault => fault.Message)));
    }
}
