using System;
using Xunit;

namespace OperatorGen.Models.Tests;

public class PlaceTests
{
    private const string Marked3 = "{ \"format\": \"operatorgen/1\",\n  \"architecture\": \"modes\",\n  \"tensors\": {}, ⟦\"lables\"⟧: 1 }";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_end_with_LF_CRLF_or_CR(string lineEnd)
    {
        Marked expected = Marked.Parse(Marked3);
        Fault[] faults = Marked.FaultsOf(expected.Text.Replace("\n", lineEnd, StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Kind == FaultKinds.UnknownTopLevelKey && fault.Place == expected.Place && fault.Place!.Line == 3);
    }

    [Fact]
    public void A_byte_order_mark_does_not_count()
    {
        Marked expected = Marked.Parse("⟦#⟧");
        Assert.Equal(expected.Place, Assert.Single(Marked.FaultsOf("\uFEFF" + expected.Text)).Place);
    }

    [Theory]
    [InlineData("ä")]
    [InlineData("€")]
    [InlineData("𝛌")]
    [InlineData("\uD800")]
    public void Columns_count_UTF16_code_units(string character)
    {
        Marked expected = Marked.Parse($$"""{ "format": "operatorgen/1", "architecture": "modes", "source": { "{{character}}": "{{character}}" }, "tensors": {}, ⟦"{{character}}x"⟧: 1 }""");
        Assert.Contains(Marked.FaultsOf(expected.Text), fault => fault.Kind == FaultKinds.UnknownTopLevelKey && fault.Place == expected.Place);
    }

    [Fact]
    public void The_declaration_knows_where_its_parts_stand()
    {
        const string Text = "{ \"format\": \"operatorgen/1\", \"architecture\": \"modes\",\n  \"hyper\": { \"gamma\": 12 },\n  \"labels\": [],\n \"tensors\": {\n    \"D\": { \"shape\": [1], \"values\": [0] } } }";
        ModelDeclaration declaration = ModelFileReader.Read(Text, default).Value!;
        Assert.Equal(new TextPlace(1, 1 + Text.IndexOf("\"modes\"", StringComparison.Ordinal), 7), declaration.Places.Architecture);
        Assert.Equal(new TextPlace(2, 23, 2), declaration.Hyper[0].Place);
        Assert.Equal(new TextPlace(3, 3, 8), declaration.Places.Labels);
        Assert.Equal(new TextPlace(5, 5, 3), declaration.Tensors[0].Place);
    }
}
