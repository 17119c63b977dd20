using System.Linq;
using System.Text.Json;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Rendering;

public sealed class QuotedTextTests
{
    [Fact]
    public void Every_code_unit_reads_back_as_Json()
    {
        string all = string.Concat(Enumerable.Range(0, 0xd800).Select(c => (char)c)) + "\U0001F30A";
        Assert.Equal(all, JsonSerializer.Deserialize<string>(QuotedText.Of(all)));
    }

    [Fact]
    public void No_line_break_or_control_character_stands_as_it_is() =>
        Assert.DoesNotContain(QuotedText.Of("\n\r\t\0\u2028\u2029\u0085"), char.IsControl);
}
