using System.Linq;
using System.Text.Json;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Rendering;

public sealed class QuotedTextTests
{
    [Fact]
    public void EveryCodeUnitReadsBackAsJson()
    {
        string all = string.Concat(Enumerable.Range(0, 0xd800).Select(c => (char)c)) + "\U0001F30A";
        Assert.Equal(all, JsonSerializer.Deserialize<string>(QuotedText.Of(all)));
    }

    [Fact]
    public void NoLineBreakOrControlCharacterStandsAsItIs() =>
        Assert.DoesNotContain(QuotedText.Of("\n\r\t\0\u2028\u2029\u0085"), char.IsControl);
}
