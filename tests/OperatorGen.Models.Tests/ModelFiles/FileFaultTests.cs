using System;
using System.Linq;
using System.Text;
using Xunit;

namespace OperatorGen.Models.Tests;

public class FileFaultTests
{
    private const string Start = """{ "format": "operatorgen/1", "architecture": "modes", "hyper": { "discretization": "none", "gamma": 1 }, """;
    private const string Tensors = """
         "tensors": { "eigenvalue": { "shape": [1, 2], "values": [0.5, 0] }, "input": { "shape": [1, 2], "values": [1, 0] },
           "output": { "shape": [1, 2], "values": [1, 0] } }
        """;

    [Fact]
    public void The_text_that_the_other_tests_spoil_is_without_fault() => Assert.Empty(Marked.FaultsOf(Start + Tensors + "}"));

    [Theory]
    [InlineData("""{ "format": ⟦#⟧""")]
    [InlineData("{ \"format\": \"operatorgen/1\",\n  ⟦/⟧/ a comment\n }")]
    [InlineData("{ \"format\": \"operatorgen/1\",\r\n  \"labels\": [ \"a\", ⟦]⟧ }")]
    [InlineData("{ \"format\": \"operatorgen/1\", ⟦}⟧")]
    [InlineData("{ } ⟦{⟧ }")]
    [InlineData("{ \"a\": 0⟦1⟧ }")]
    [InlineData("{ \"a\": ⟦N⟧aN }")]
    [InlineData("{ \"a\": ⟦\"\\uD800\"⟧ }")]
    [InlineData("{ ⟦\"\\uDC00\"⟧: 1 }")]
    public void Text_that_is_not_JSON_is_refused_at_its_place(string marked) => Marked.Expect(FaultKinds.JsonSyntax, marked);

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("{ \"a\": [1, 2")]
    [InlineData("{ \"a\": \"b")]
    public void A_text_that_ends_early_is_refused(string text)
    {
        Fault fault = Assert.Single(Marked.FaultsOf(text));
        Assert.Equal(FaultKinds.JsonSyntax, fault.Kind);
        Assert.NotNull(fault.Place);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_named()
    {
        Assert.Contains("comments are not allowed", Assert.Single(Marked.FaultsOf("{ /* no */ }")).Message, StringComparison.Ordinal);
        Assert.Contains("a comma after the last", Assert.Single(Marked.FaultsOf("{ \"a\": [1,\n] }")).Message, StringComparison.Ordinal);
        Assert.Contains("a comma after the last", Assert.Single(Marked.FaultsOf("{ \"a\": 1, }")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_of_64_is_read_and_of_65_refused_at_its_bracket()
    {
        // The outermost object is level 1, "source" level 2.
        string Nested(int levels, string deepest) => Start + "\"source\": { \"x\": " + new string('[', levels - 2) + deepest + new string(']', levels - 2) + " }, " + Tensors + "}";
        Assert.Empty(Marked.FaultsOf(Nested(64, "0")));
        Marked.Expect(FaultKinds.JsonNesting, Nested(64, "⟦[⟧]"));
        Marked.Expect(FaultKinds.JsonNesting, Nested(64, "⟦{⟧}"));
        Assert.Equal(FaultKinds.JsonNesting, Assert.Single(Marked.FaultsOf(new string('[', 1_000_000))).Kind);
    }

    [Theory]
    [InlineData("""{ "format": "operatorgen/1", ⟦"format"⟧: "operatorgen/1", "architecture": "modes", "tensors": {} }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "hyper": { "gamma": 1, ⟦"g\u0061mma"⟧: 1 }, "tensors": {} }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "a": { "shape": [1], "values": [0], ⟦"shape"⟧: [1] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "source": { "deep": [[{ "x": 1, ⟦"x"⟧: 2 }]] }, "tensors": {} }""")]
    public void A_key_that_stands_twice_is_an_error_at_any_level(string marked) => Marked.Expect(FaultKinds.DuplicateKey, marked);

    [Fact]
    public void An_unknown_key_at_the_top_is_a_warning()
    {
        Fault fault = Marked.Expect(FaultKinds.UnknownTopLevelKey, Start + "⟦\"lables\"⟧: 1, " + Tensors + "}");
        Assert.Equal(FaultSeverity.Warning, fault.Kind.Severity);
    }

    [Theory]
    [InlineData("\"operatorgen/2\"")]
    [InlineData("\"operatorgen/0\"")]
    [InlineData("\"operatorgen/1.\"")]
    [InlineData("\"operatorgen/1.0.0\"")]
    [InlineData("\"operatorgen/ 1\"")]
    [InlineData("\"OperatorGen/1\"")]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void An_unknown_format_is_an_error_that_names_the_supported_one(string format)
    {
        Fault fault = Marked.Expect(FaultKinds.UnsupportedFormat, "{ \"format\": ⟦" + format + "⟧, \"anything\": 1 }");
        Assert.Contains("operatorgen/1'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_minor_format_is_a_warning()
    {
        Fault fault = Marked.Expect(FaultKinds.NewerMinorFormat, (Start + Tensors + "}").Replace("\"operatorgen/1\"", "⟦\"operatorgen/1.3\"⟧", StringComparison.Ordinal));
        Assert.Equal(FaultSeverity.Warning, fault.Kind.Severity);
        Assert.Empty(Marked.FaultsOf((Start + Tensors + "}").Replace("operatorgen/1", "operatorgen/1.0", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""⟦{⟧ "architecture": "modes", "tensors": {} }""", "'format'")]
    [InlineData("""⟦{⟧ "format": "operatorgen/1", "tensors": {} }""", "'architecture'")]
    [InlineData("""⟦{⟧ "format": "operatorgen/1", "architecture": "modes" }""", "'tensors'")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { ⟦"D"⟧: { "shape": [1] } } }""", "'data'")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { ⟦"D"⟧: { "values": [1] } } }""", "'shape'")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { ⟦"D"⟧: { "shape": [1], "data": "AAAAAA==" } } }""", "'dtype'")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, ⟦"input"⟧: {} }""", "'scale'")]
    public void A_missing_key_is_named(string marked, string key) =>
        Assert.Contains(key, Marked.Expect(FaultKinds.MissingKey, marked).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("⟦[⟧1]")]
    [InlineData("⟦\"text\"⟧")]
    [InlineData("⟦null⟧")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": ⟦3⟧, "tensors": {} }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": ⟦[⟧] }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "hyper": ⟦"x"⟧ }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "hyper": { "a": ⟦[⟧"1", 1] } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "hyper": { "a": ⟦[⟧1, 1e999] } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "hyper": { "a": { "b": ⟦[⟧[1]] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "labels": ⟦"x"⟧ }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "labels": ["a", ⟦1⟧] }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "source": ⟦"x"⟧ }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "input": { "scale": ⟦2⟧ } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "input": { "scale": [1, ⟦true⟧] } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "input": { "scale": ⟦[⟧"alpha"] } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "input": { "scale": [1, 2], "offset": ⟦[⟧1] } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "options": { "order": ⟦2.5⟧ } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "options": { "order": ⟦3000000000⟧ } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "options": { "inputRange": ⟦[⟧1, 1] } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "options": { "inputRange": ⟦[⟧0, 1e999] } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "options": { "precision": ⟦"float"⟧ } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": ⟦[⟧] } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { ⟦"D"⟧: { "dtype": "F32", "shape": [1], "data": "", "values": [] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "dtype": ⟦"I32"⟧, "shape": [1], "data": "AAAAAA==" } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": ⟦1⟧, "values": [1] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [1, ⟦0⟧], "values": [] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [⟦-1⟧], "values": [] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [⟦1.5⟧], "values": [] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [1], "values": ⟦"1"⟧ } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [1], "values": [⟦null⟧] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [1], "values": [⟦"1 / 3"⟧] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [1], "values": [⟦"NaN"⟧] } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "dtype": "F32", "shape": [1], "data": ⟦12⟧ } } }""")]
    public void A_value_that_cannot_be_used_is_refused_at_its_place(string marked) => Marked.Expect(FaultKinds.WrongValue, marked);

    [Theory]
    [InlineData("[1,\n -0.5]", "'inputRange' is the array [1, -0.5]; a pair of different numbers, the lower one first, here [-0.5, 1], is expected.")]
    [InlineData("[1, 1]", "'inputRange' is the array [1, 1]; a pair of different numbers, the lower one first, is expected.")]
    [InlineData("[1, 2, 3]", "'inputRange' is an array; a pair of different numbers, the lower one first, is expected.")]
    public void A_range_that_cannot_be_used_is_shown_and_corrected(string range, string message) => Assert.Equal(
        message,
        Marked.Expect(FaultKinds.WrongValue, $$"""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "options": { "inputRange": ⟦[⟧{{range[1..]}} } }""").Message);

    [Theory]
    [InlineData("F32", "⟦\"AAAA\"⟧")]
    [InlineData("F32", "⟦\"AAAAAAAAAA==\"⟧")]
    [InlineData("F32", "⟦\"\"⟧")]
    [InlineData("F32", "\"AA⟦?⟧AAA==\"")]
    [InlineData("F32", "\"AAAA⟦=⟧A==\"")]
    [InlineData("F32", "\"AAAAAA⟦A⟧A\"")]
    [InlineData("F32", "\"AAAAA⟦B⟧==\"")]
    [InlineData("F32", "\"AAA⟦ä⟧AA==\"")]
    [InlineData("F32", "⟦\"AAAAA\\u0041?=\"⟧")]
    [InlineData("F16", "⟦\"AAAA====\"⟧")]
    public void Data_that_does_not_fit_is_refused(string type, string data)
    {
        // A letter of two bytes makes the length wrong: then the whole string is the place.
        string marked = data.Contains('ä', StringComparison.Ordinal) ? "⟦\"AAAäAA==\"⟧" : data;
        Marked.Expect(FaultKinds.MalformedTensorData, $$"""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "dtype": "{{type}}", "shape": [1], "data": {{marked}} } } }""");
    }

    [Theory]
    [InlineData("⟦[⟧1]")]
    [InlineData("⟦[⟧1, 2, 3]")]
    [InlineData("⟦[⟧]")]
    public void The_number_of_values_must_be_the_shapes(string values) =>
        Marked.Expect(FaultKinds.MalformedTensorData, $$"""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [2], "values": {{values}} } } }""");

    [Theory]
    [InlineData("F16", new byte[] { 0, 0, 0x00, 0x7C }, "infinite")]
    [InlineData("F16", new byte[] { 0, 0, 0x01, 0x7C }, "not a number")]
    [InlineData("BF16", new byte[] { 0, 0, 0x80, 0xFF }, "minus infinity")]
    [InlineData("F32", new byte[] { 0, 0, 0, 0, 0, 0, 0xC0, 0x7F }, "not a number")]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F }, "infinite")]
    public void A_number_that_is_not_finite_is_named_by_tensor_and_index(string type, byte[] bytes, string what)
    {
        Fault fault = Marked.Expect(FaultKinds.NotFinite, $$"""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "kernel.C": { "dtype": "{{type}}", "shape": [1, 2], "data": ⟦"{{Convert.ToBase64String(bytes)}}"⟧ } } }""");
        Assert.Contains("[0, 1] of tensor 'kernel.C' is " + what, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("⟦1e999⟧")]
    [InlineData("⟦-1e309⟧")]
    [InlineData("⟦\"1e999\"⟧")]
    public void A_number_beyond_the_range_of_a_double_is_named(string value)
    {
        Fault fault = Marked.Expect(FaultKinds.NotFinite, $$"""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [3, 1], "values": [0, 1, {{value}}] } } }""");
        Assert.Contains("Element [2, 0] of tensor 'D'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 1, 1, 1, 1, 1, 1, 1, 1]")]
    public void A_tensor_of_too_many_axes_is_refused(string shape) =>
        Marked.Expect(FaultKinds.TooLarge, $$"""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": ⟦[⟧{{shape[1..]}}, "values": [1] } } }""");

    [Fact]
    public void A_text_above_the_limit_is_refused_unread()
    {
        var text = new StringBuilder("{ \"format\": \"operatorgen/1\" }");
        text.Append(' ', (64 << 20) - text.Length);
        Assert.DoesNotContain(Marked.FaultsOf(text.ToString()), fault => fault.Kind == FaultKinds.TooLarge);
        Assert.Equal(FaultKinds.TooLarge, Assert.Single(Marked.FaultsOf(text.Append(' ').ToString())).Kind);
    }

    [Fact]
    public void A_file_of_too_many_keys_is_refused()
    {
        string keys = string.Join(",", Enumerable.Range(0, 100_001).Select(i => $"\"k{i}\":0"));
        Assert.Equal(FaultKinds.TooLarge, Assert.Single(Marked.FaultsOf("{" + keys + "}")).Kind);
        Assert.Equal(FaultKinds.TooLarge, Assert.Single(Marked.FaultsOf(Start + "\"labels\": [\"\"" + string.Concat(Enumerable.Repeat(",\"\"", 100_000)) + "]," + Tensors + "}")).Kind);
    }

    [Theory]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { "D": { "shape": [1], "values": [1], ⟦"type"⟧: "F32" } } }""")]
    [InlineData("""{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "input": { "scale": [1], ⟦"shift"⟧: [1] } }""")]
    public void An_unknown_key_below_the_top_is_an_error(string marked) => Marked.Expect(FaultKinds.UnknownKey, marked);

    [Fact]
    public void An_unknown_option_is_refused() =>
        Marked.Expect(FaultKinds.UnsupportedOption, """{ "format": "operatorgen/1", "architecture": "modes", "tensors": {}, "options": { ⟦"presicion"⟧: "both" } }""");

    [Theory]
    [InlineData("single", 1 << 20)]
    [InlineData("double", 1 << 19)]
    [InlineData("both", (4 << 20) / 12)]
    public void Weights_above_4_MiB_are_refused_by_their_shapes_before_their_data_is_read(string precision, int most)
    {
        string Text(string first, int elements) => $$"""
            { "format": "operatorgen/1", "architecture": "modes", "options": { "precision": "{{precision}}" },
              "tensors": { "a": { "shape": [{{elements}}], "values": [] }, {{first}}: { "shape": [1], "values": [0] } } }
            """;
        Assert.Equal(FaultKinds.MalformedTensorData, Assert.Single(Marked.FaultsOf(Text("\"b\"", most - 1))).Kind);
        Fault[] faults = Marked.FaultsOf(Text("\"b\"", most));
        Assert.Equal([FaultKinds.MalformedTensorData, FaultKinds.WeightsTooLarge], faults.Select(fault => fault.Kind));
        Assert.Equal(Marked.Parse(Text("⟦\"b\"⟧", most)).Place, faults[1].Place);
    }

    [Theory]
    [InlineData("[2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647]")]
    [InlineData("[65536, 65536]")]
    [InlineData("[1048577]")]
    public void A_shape_whose_product_overflows_is_too_large(string shape) =>
        Marked.Expect(FaultKinds.WeightsTooLarge, $$"""{ "format": "operatorgen/1", "architecture": "modes", "tensors": { ⟦"D"⟧: { "dtype": "F32", "shape": {{shape}}, "data": "" } } }""");

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("17")]
    public void An_order_out_of_1_to_16_is_refused_at_its_number(string order) =>
        Assert.Contains(
            $"is {order}; 1 to 16 is possible",
            Marked.Expect(FaultKinds.OrderOutOfRange, $"{Start}\n\"options\": {{ \"order\": ⟦{order}⟧ }}, {Tensors}}}").Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("1")]
    [InlineData("16")]
    public void The_least_and_the_greatest_order_are_read(string order) =>
        Assert.Empty(Marked.FaultsOf($"{Start}\"options\": {{ \"order\": {order} }}, {Tensors}}}"));

    [Fact]
    public void Several_faults_are_reported_together_in_the_order_of_the_text()
    {
        Fault[] faults = Marked.FaultsOf("""
            { "format": "operatorgen/1", "lables": 1, "architecture": 3,
              "tensors": { "a": { "shape": [0], "values": [] },
                           "b": { "shape": [2], "values": [1] } },
              "options": { "order": "x" } }
            """);
        Assert.Equal(["OPG0105", "OPG0108", "OPG0108", "OPG0109", "OPG0108"], faults.Select(fault => fault.Kind.Id));
    }

    [Fact]
    public void At_most_20_faults_of_a_kind_are_listed()
    {
        string labels = string.Join(",", Enumerable.Repeat("1", 1000));
        Fault[] faults = Marked.FaultsOf("{ \"format\": \"operatorgen/1\", \"architecture\": \"modes\", \"tensors\": {}, \"labels\": [" + labels + "] }");
        Assert.Equal(20, faults.Length);
        Assert.EndsWith("Further faults of this kind are not listed.", faults[^1].Message, StringComparison.Ordinal);
    }
}
