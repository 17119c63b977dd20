using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>What can be wrong with the embedding and the head of a plan of tokens.</summary>
internal sealed partial record PlanDamage
{
    private const string Takes = "a plan takes tokens or numbers, as it says";
    private const string HasRows = "every token has a row in the embedding";

    private static IEnumerable<PlanDamage> Tokens() =>
    [
        new("a plan of tokens says that it takes numbers", Takes, plan => plan.Vocabulary is null ? null : plan with { Vocabulary = null }),
        new("a plan of numbers says that it takes tokens", Takes, plan => plan.Vocabulary is null ? plan with { Vocabulary = 5 } : null),
        new("a plan of tokens loads numbers too", Takes, plan => Before<EmbeddingStep>(plan, embedding => new LoadInputStep(embedding.Target with { Value = NewValue }, null))),
        new("a later pass embeds tokens", "only the first pass loads the input", plan => Passes(plan, plan => Ending(plan, 1, new EmbeddingStep(plan.Parts.Input!.Target with { Value = NewValue }, new TableHandle(0), 1, false)))),
        new("a token has no row", HasRows, plan => plan.Parts.Embedding is { } embedding ? plan with { Vocabulary = embedding.Rows + 1 } : null),
        new("there are no tokens", HasRows, plan => plan.Vocabulary is null ? null : plan with { Vocabulary = 0 }),
        new("the rows of tokens are loaded in another width", "the rows of tokens are loaded whole", plan => Step<EmbeddingStep>(plan, step => step.Transposed ? null : step with { Target = Narrower(step.Target) })),
        new("the rows of tokens are loaded behind another column", "the rows of tokens are loaded whole", plan => plan.Parts.Embedding is { } embedding
            ? Step<EmbeddingStep>(Laid(Buffer(plan, embedding.Target.Buffer, buffer => buffer with { Columns = buffer.Columns + plan.Lanes, Stride = buffer.Stride + (2 * plan.Lanes) })), step => step with { Target = step.Target with { Column = plan.Lanes } })
            : null),
        new("an embedding has more rows than its table", Table, plan => Step<EmbeddingStep>(plan, step => step with { Rows = step.Rows + plan.Lanes })),
        new("an embedding reads the head's table by rows", Table, plan => Step<EmbeddingStep>(plan, step => step.Transposed ? step with { Transposed = false } : null)),
        new("an embedding reads a table that is not there", Table, plan => Step<EmbeddingStep>(plan, step => step with { Table = new TableHandle(plan.Tables.Count) })),
        new("the tokens are never embedded", Written, plan => plan.Vocabulary is null ? null : Without<EmbeddingStep>(plan)),
        new("a layer uses a buffer of the head's rows", "only the head uses buffers that have the head's rows", plan => plan.Parts.Embedding is { } embedding
            ? Laid(Buffer(plan, embedding.Target.Buffer, buffer => buffer with { HeadRows = EvaluationPlan.HeadRows }))
            : null),
        new("a plan of tokens pools", "a plan of tokens is causal and has logits for every token", plan => plan.Vocabulary is null ? null : plan with { Pooled = true }),
        new("a plan of tokens has two passes", "a plan of tokens is causal and has logits for every token", plan => plan.Vocabulary is null
            ? null
            : plan with { Passes = plan.Passes.Append(new PlanPass(TimeDirection.Forward, EquatableArray<PlanStep>.Empty)).ToEquatableArray() }),
        new("the head of a plan of tokens has a state", "the head of a plan of tokens needs no row but its own", plan => plan.Vocabulary is not null && plan.Steps.OfType<ConvolutionStep>().FirstOrDefault() is { } convolution
            ? plan with { HeadSteps = plan.HeadSteps.Append(convolution).ToEquatableArray() }
            : null),
        new("a plan of tokens has no head", "the head of a plan of tokens makes the logits", plan => plan.Vocabulary is null
            ? null
            : Pass(plan, 0, pass => pass with { Steps = pass.Steps.Concat(plan.HeadSteps).ToEquatableArray() }) with { HeadSteps = EquatableArray<PlanStep>.Empty, Buffers = plan.Buffers.Select(buffer => buffer with { HeadRows = null }).ToEquatableArray() } is { } broken ? Laid(broken) : null),
        new("the head reads what no layer left", Held, plan => plan.Vocabulary is null
            ? null
            : plan with { HeadSteps = Change(plan.HeadSteps, 0, step => step is LinearStep head ? head with { Sources = Change(head.Sources, 0, source => source with { Value = NewValue }) } : step) }),
    ];
}
