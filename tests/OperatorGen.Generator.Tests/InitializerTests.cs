using System.Reflection;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>A type may use its generated part in its own static initialisers: nothing there depends on their order.</summary>
public sealed class InitializerTests
{
    [Fact]
    public void A_static_initializer_of_the_type_may_evaluate_the_model()
    {
        const string Source = """
            [OperatorGen.InlineModel]
            [OperatorGen.Mode(0.5, 0.0)]
            public partial class Halving
            {
                internal static readonly float[] Impulse = Evaluate();
                internal static readonly int LabelCount = Labels.Count;
                internal static readonly string Architecture = Operator.Architecture;

                private static float[] Evaluate()
                {
                    var output = new float[3];
                    new Halving().Forward(new float[] { 1, 0, 0 }, output);
                    return output;
                }
            }
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(Source), default);
        Assert.Empty(run.Faults);
        FieldInfo field = run.Load().GetType("Halving", throwOnError: true)!.GetField("Impulse", BindingFlags.NonPublic | BindingFlags.Static)!;
        Assert.Equal([1f, 0.5f, 0.25f], (float[])field.GetValue(null)!);
    }

    [Fact]
    public void A_member_named_like_the_generated_helper_does_not_shadow_it()
    {
        const string Source = """
            [OperatorGen.InlineModel]
            [OperatorGen.Mode(0.5, 0.0)]
            public partial class Halving
            {
                private static class HalvingSingleCode;
            }
            """;
        GeneratorRun run = GeneratorRun.Of(GeneratorProject.Of(Source), default);
        Assert.Empty(run.Faults);
        Assert.Empty(run.CompilerFaults);
    }
}
