using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Generator.Tests;

/// <summary>Warnings at a type can be silenced where they are.</summary>
public sealed class SuppressionTests
{
    private const string Growing = """
        [OperatorGen.InlineModel]
        [OperatorGen.Mode(1.0, 0.0)]
        public partial class Growing;
        """;

    [Fact]
    public void A_pragma_silences_a_warning_at_a_type()
    {
        Assert.Equal("OPG0207", Assert.Single(GeneratorRun.Of(GeneratorProject.Of(Growing), default).Faults).Id);
        GeneratorRun silenced = GeneratorRun.Of(GeneratorProject.Of("#pragma warning disable OPG0207\n" + Growing), default);
        Assert.DoesNotContain(silenced.Faults, fault => !fault.IsSuppressed);
    }
}
