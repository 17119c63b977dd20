using System;
using System.Linq;
using System.Text;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>Tokens as text and text as tokens.</summary>
public sealed class TokenTextTests
{
    private const string Text = "z\u00df\u6c34\ud834\udd0b \ufeff!";

    [Fact]
    public void Bytes_of_a_text_are_its_utf8()
    {
        int[] tokens = ByteTokens.Instance.Encode(Text);
        Assert.Equal(Encoding.UTF8.GetBytes(Text).Select(b => (int)b), tokens);
        Assert.Equal(Enumerable.Range(0, 256), Enumerable.Range(0, 256).Select(token => (int)ByteTokens.Instance.GetBytes(token)[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteTokens.Instance.GetBytes(256).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteTokens.Instance.GetBytes(-1).Length);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text()
    {
        Assert.ThrowsAny<ArgumentException>(() => ByteTokens.Instance.Encode("a\ud834"));
        Assert.Contains("U+D834, at position 1", Assert.Throws<ArgumentException>(() => new CharacterTokens("a\ud834b")).Message, StringComparison.Ordinal);
        Assert.Contains("U+DD0B, at position 0", Assert.Throws<ArgumentException>(() => new CharacterTokens("ab").Encode("\udd0b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_have_the_ids_of_their_places_in_the_alphabet()
    {
        var tokens = new CharacterTokens(Text);
        Assert.Equal(Text.EnumerateRunes().Count(), tokens.Vocabulary);
        int[] reversed = [.. Enumerable.Range(0, tokens.Vocabulary).Reverse()];
        string text = string.Concat(Text.EnumerateRunes().Reverse());
        Assert.Equal(reversed, tokens.Encode(text));
        Assert.Equal(text, new TokenDecoder(tokens).Append(reversed));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokens.GetBytes(tokens.Vocabulary).Length);
    }

    [Fact]
    public void An_unknown_character_is_named_with_its_position()
    {
        string message = Assert.Throws<ArgumentException>(() => new CharacterTokens("ab").Encode("a\u00e9b")).Message;
        Assert.Contains("U+00E9 \"\u00e9\" at position 1, which is not in the alphabet of 2 characters", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alphabet_is_not_empty_and_has_no_character_twice()
    {
        Assert.Contains("U+1D10B \"\ud834\udd0b\" twice, the second time at position 3", Assert.Throws<ArgumentException>(() => new CharacterTokens("a\ud834\udd0b\ud834\udd0b")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CharacterTokens(""));
    }

    [Fact]
    public void A_character_comes_with_its_last_byte()
    {
        var decoder = new TokenDecoder(ByteTokens.Instance);
        string[] pieces = [.. ByteTokens.Instance.Encode("a\u6c34\ud834\udd0b").Select(decoder.Append)];
        Assert.Equal(["a", "", "", "\u6c34", "", "", "", "\ud834\udd0b"], pieces);
        Assert.Equal("", decoder.Flush());
    }

    [Fact]
    public void Flush_tells_of_an_incomplete_character_and_starts_anew()
    {
        var decoder = new TokenDecoder(ByteTokens.Instance);
        Assert.Equal("", decoder.Append([0xE6, 0xB0]));
        Assert.Equal("\ufffd", decoder.Flush());
        Assert.Equal("a", decoder.Append('a'));
        Assert.Equal("", decoder.Flush());
    }

    [Fact]
    public void Bytes_of_any_kind_give_what_the_whole_gives_wherever_tokens_end()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);

            // Leading and trailing bytes of UTF-8 and ASCII, in any order.
            byte[] bytes = [.. Enumerable.Range(0, random.Next(20)).Select(_ => (byte)(random.Next(3) switch { 0 => random.Next(128), 1 => random.Next(128, 192), _ => random.Next(192, 256) }))];
            var decoder = new TokenDecoder(ByteTokens.Instance);
            string text = string.Concat(bytes.Select(b => decoder.Append(b))) + decoder.Flush();
            Assert.Equal(Encoding.UTF8.GetString(bytes), text);
        }
    }

    [Fact]
    public void An_unknown_token_leaves_the_decoder_as_it_was()
    {
        var decoder = new TokenDecoder(ByteTokens.Instance);
        Assert.Contains("The token 256 at position 1", Assert.Throws<ArgumentException>(() => decoder.Append([0xC3, 256])).Message, StringComparison.Ordinal);
        Assert.Equal("\u00e9", decoder.Append([0xC3, 0xA9]));
    }
}
