using System;
using System.Linq;
using System.Text;
using System.Threading;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>Text of models that write a known text.</summary>
public sealed class TextGenerationTests
{
    private static readonly SamplingOptions s_greedy = new() { Temperature = 0 };

    [Fact]
    public void Pieces_are_whole_characters_and_together_the_text()
    {
        const string Text = "h\u00e9 \u4e16\u754c \ud83d\ude00!";
        int[] script = ByteTokens.Instance.Encode(Text);
        TextGeneration<float> generation = Write(script, new GenerationOptions { Sampling = s_greedy, MaxTokens = script.Length - 1 });
        string[] pieces = [.. generation];
        Assert.Equal(Text[1..], string.Concat(pieces));
        Assert.All(pieces, piece => Assert.Single(piece.EnumerateRunes()));
        Assert.Equal(GenerationEnd.Length, generation.End);
    }

    [Fact]
    public void A_character_that_the_length_cuts_is_the_replacement_character()
    {
        int[] script = ByteTokens.Instance.Encode("ab\u4e16");
        Assert.Equal("b\ufffd", string.Concat(Write(script, new GenerationOptions { Sampling = s_greedy, MaxTokens = 3 })));
        Assert.Equal("b\u4e16", string.Concat(Write(script, new GenerationOptions { Sampling = s_greedy, MaxTokens = 4 })));
    }

    [Theory]
    [InlineData("abcdEND...", "bcd", "END")]
    [InlineData("aaaab....", "a", "aab")]
    [InlineData("abcabd...", "bc", "abd")]
    [InlineData("abc......", "", "b", "abc")]
    [InlineData("axabc....", "xa", "b", "c")]
    [InlineData("ax\u4e16\u754c...", "x", "\u4e16\u754c")]
    public void A_stop_string_that_is_split_between_tokens_ends_the_text_before_it(string script, string expected, params string[] stops)
    {
        TextGeneration<float> generation = Write(ByteTokens.Instance.Encode(script), new GenerationOptions { Sampling = s_greedy, MaxTokens = 50, StopStrings = stops });
        Assert.Equal(expected, string.Concat(generation));
        Assert.Equal(GenerationEnd.StopString, generation.End);
        Assert.False(generation.Next(out string after));
        Assert.Equal("", after);
    }

    [Fact]
    public void A_stop_string_within_a_token_ends_the_text_within_it()
    {
        var text = new PieceTokens("a", "bc. De", "f");
        var model = new ScriptedModel(3, [0, 1, 2]);
        TextGeneration<float> generation = model.GenerateText(text, "a", new GenerationOptions { Sampling = s_greedy, StopStrings = [". "] });
        Assert.Equal(["bc"], generation);
        Assert.Equal(1, generation.Tokens.Count);
    }

    [Fact]
    public void What_was_held_back_comes_when_no_stop_string_did()
    {
        int[] script = ByteTokens.Instance.Encode("abEN");
        TextGeneration<float> generation = Write(script, new GenerationOptions { Sampling = s_greedy, MaxTokens = 3, StopStrings = ["END"] });
        Assert.Equal(["b", "EN"], generation);
        Assert.Equal(GenerationEnd.Length, generation.End);
    }

    [Fact]
    public void A_stop_token_ends_the_text_with_what_was_held_back()
    {
        int[] script = ByteTokens.Instance.Encode("abEN\0");
        TextGeneration<float> generation = Write(script, new GenerationOptions { Sampling = s_greedy, StopTokens = [0], StopStrings = ["END"] });
        Assert.Equal("bEN", string.Concat(generation));
        Assert.Equal(GenerationEnd.StopToken, generation.End);
    }

    [Fact]
    public void Tokens_without_text_give_no_piece()
    {
        var text = new PieceTokens("a", "", "b");
        TextGeneration<float> generation = new ScriptedModel(3, [0, 1, 1, 2]).GenerateText(text, "a", new GenerationOptions { Sampling = s_greedy, MaxTokens = 6 });
        Assert.Equal(["b", "a"], generation);
        Assert.Equal(6, generation.Tokens.Count);
    }

    [Fact]
    public void Tokens_of_the_model_that_have_no_text_are_never_written()
    {
        // The model has nine tokens, the text seven.
        SmallModel<float> model = SmallModel<float>.Random(9, 1);
        var text = new CharacterTokens("abcdefg");
        string written = string.Concat(model.GenerateText(text, "a", new GenerationOptions { MaxTokens = 500 }));
        Assert.Equal(500, written.Length);
        Assert.Contains("The token 8 at position 0", Assert.Throws<ArgumentException>(() => model.GenerateText(text, "a", new GenerationOptions { StopTokens = [8] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_does_not_belong_to_the_model_is_refused()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 1);
        Assert.Contains("256 tokens, and the model only 9", Assert.Throws<ArgumentException>(() => model.GenerateText(ByteTokens.Instance, "a")).Message, StringComparison.Ordinal);
        Assert.Contains("no token", Assert.Throws<ArgumentException>(() => model.GenerateText(new CharacterTokens("ab"), "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_of_text_is_that_of_its_tokens()
    {
        using var source = new CancellationTokenSource();
        TextGeneration<float> generation = new ScriptedModel(256, ByteTokens.Instance.Encode("abc"))
            .GenerateText(ByteTokens.Instance, "a", new GenerationOptions { Sampling = s_greedy }, cancellationToken: source.Token);
        Assert.True(generation.Next(out string piece));
        Assert.Equal("b", piece);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => generation.Next(out _));
        Assert.Equal(GenerationEnd.None, generation.End);
    }

    [Fact]
    public void A_state_that_read_the_beginning_goes_on_with_the_text()
    {
        int[] script = ByteTokens.Instance.Encode("one two three");
        var model = new ScriptedModel(256, script);
        SequenceState<float> state = model.CreateState();
        model.Prefill(Encoding.UTF8.GetBytes("one ").Select(b => (int)b).ToArray(), new float[256], state);
        Assert.Equal("o three", string.Concat(model.GenerateText(ByteTokens.Instance, "tw", new GenerationOptions { Sampling = s_greedy, MaxTokens = 7 }, state)));
    }

    /// <summary>What a model writes that knows a script, after the script's first token.</summary>
    private static TextGeneration<float> Write(int[] script, GenerationOptions options) =>
        new ScriptedModel(256, script).GenerateText(ByteTokens.Instance, ((char)script[0]).ToString(), options);
}
