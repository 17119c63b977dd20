using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Compiler.Tests.Plans;

/// <summary>Plans of models that take tokens.</summary>
public sealed class LanguagePlanTests
{
    public static TheoryData<ElementType> Elements => [.. Enum.GetValues<ElementType>()];

    [Theory]
    [MemberData(nameof(Elements))]
    public void A_tied_head_and_its_embedding_are_one_table(ElementType element)
    {
        EvaluationPlan plan = Plan(RandomLanguage.Of("mamba1-lm, tied"), element);
        Assert.True(plan.Parts.Embedding!.Transposed);
        Assert.Equal(plan.Parts.Head!.Weight, plan.Parts.Embedding.Table);
        Assert.DoesNotContain(plan.Tables, table => table.Name == "Embedding");
    }

    [Theory]
    [InlineData("mamba1-lm")]
    [InlineData("gateloop-transformer")]
    public void An_untied_head_has_a_table_of_its_own(string kind)
    {
        EvaluationPlan plan = Plan(RandomLanguage.Of(kind), ElementType.Single);
        EmbeddingStep embedding = plan.Parts.Embedding!;
        Assert.False(embedding.Transposed);
        Assert.NotEqual(plan.Parts.Head!.Weight, embedding.Table);
        Assert.Equal(("Embedding", embedding.Rows), (plan[embedding.Table].Name, plan[embedding.Table].Rows));
    }

    [Theory]
    [MemberData(nameof(Elements))]
    public void Logits_do_not_shorten_the_chunk(ElementType element)
    {
        EvaluationPlan small = Plan(RandomLanguage.Of("mamba1-lm, tied", vocabulary: 100), element);
        EvaluationPlan large = Plan(RandomLanguage.Of("mamba1-lm, tied", vocabulary: 50_000), element);
        Assert.True(small.ChunkLength > EvaluationPlan.HeadRows);
        Assert.Equal(small.ChunkLength, large.ChunkLength);
        PlanBuffer logits = large.Buffers.Single(buffer => buffer.HeadRows is not null);
        Assert.Equal(EvaluationPlan.HeadRows, logits.HeadRows);
        Assert.Equal(large.Pad(50_003), logits.Columns);
        Assert.Equal(EvaluationPlan.HeadRows * logits.Stride, logits.Length(large.ChunkLength));
    }

    [Fact]
    public void The_head_is_counted_among_the_operations_of_a_token()
    {
        EvaluationPlan plan = Plan(RandomLanguage.Of("gateloop-transformer"), ElementType.Double);
        Assert.Equal(plan.Steps.Sum(step => step.Operations) + (2L * 6 * 21), plan.Operations);
    }

    private static EvaluationPlan Plan(SequenceModel model, ElementType element) => Planner.Plan(model, element).Value!;
}
