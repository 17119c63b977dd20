using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace OperatorGen.Analysis.Tests.Signatures;

/// <summary>Words, their texts and their numbers.</summary>
public sealed class WordOrderTests
{
    [Fact]
    public void Words_are_ordered_by_level_then_lexicographically()
    {
        var order = new WordOrder(2, 3);
        Word[] words = [.. Enumerable.Range(0, order.Count).Select(index => order[index])];
        Assert.Equal("1 2 11 12 21 22 111 112 121 122 211 212 221 222", string.Join(' ', words));
        Assert.Equal(words, words.Reverse().Order());
        Assert.Equal(Enumerable.Range(0, 14), words.Select(order.IndexOf));
        Assert.Equal((2, 4, 8), (order.SizeOf(1), order.SizeOf(2), order.SizeOf(3)));
        Assert.Equal((0, 2, 6), (order.StartOf(1), order.StartOf(2), order.StartOf(3)));
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(3, 5)]
    [InlineData(11, 3)]
    public void A_word_has_the_number_at_which_it_stands(int letters, int level)
    {
        var order = new WordOrder(letters, level);
        for (int index = 0; index < order.Count; index++)
        {
            Assert.Equal(index, order.IndexOf(order[index]));
            Assert.True(index == 0 || order[index - 1] < order[index]);
        }
    }

    [Fact]
    public void A_word_counts_its_letters_from_1_and_tells_long_numbers_apart()
    {
        Assert.Equal("12", Word.Of(0, 1).ToString());
        Assert.Equal("(12)", Word.Of(11).ToString());
        Assert.Equal("9(10)1", Word.Of(8, 9, 0).ToString());
        Assert.Equal("()", Word.Empty.ToString());
    }

    [Fact]
    public void Parts_of_words_are_words()
    {
        Word word = Word.Of(0, 1).Concat(Word.Of(2));
        Assert.Equal(Word.Of(0, 1, 2), word);
        Assert.Equal(Word.Of(0, 1, 2).GetHashCode(), word.GetHashCode());
        Assert.NotEqual(Word.Of(0, 2, 1), word);
        Assert.Equal(Word.Of(2, 1, 0), word.Reversed());
        Assert.Equal(Word.Of(1, 2), word.Slice(1, 2));
        Assert.Equal((Word.Empty, default), (word.Slice(3, 0), Word.Of()));
        Assert.True(Word.Of(1) < Word.Of(0, 0) && Word.Of(0, 1) < Word.Of(1, 0) && Word.Empty < Word.Of(0));
    }

    [Fact]
    public void Orders_that_explode_are_refused_with_the_limit()
    {
        Assert.Equal(16777214 - 8388608, new WordOrder(2, 22).Count);
        ArgumentOutOfRangeException many = Assert.Throws<ArgumentOutOfRangeException>("level", () => new WordOrder(3, 40));
        Assert.StartsWith("There are 21523359 words of 3 letters up to level 15, and level 40 was asked for; the limit is 16777216 words. Take a lower level or fewer letters.", many.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("level", () => new WordOrder(int.MaxValue, 2));
        Assert.Equal(1 << 24, new WordOrder(1 << 24, 1).Count);
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_every_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("fi-FI");
            Assert.StartsWith("-2 letters: ", Assert.Throws<ArgumentOutOfRangeException>("letters", () => new WordOrder(-2, 1)).Message, StringComparison.Ordinal);
            Assert.StartsWith("Level -1: ", Assert.Throws<ArgumentOutOfRangeException>("level", () => new WordOrder(2, -1)).Message, StringComparison.Ordinal);
            Assert.StartsWith("Letter -1 at position 1: ", Assert.Throws<ArgumentOutOfRangeException>("letters", () => Word.Of(0, -1)).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        var order = new WordOrder(2, 2);
        Assert.Throws<ArgumentException>("word", () => order.IndexOf(Word.Empty));
        Assert.Throws<ArgumentException>("word", () => order.IndexOf(Word.Of(0, 0, 0)));
        Assert.Throws<ArgumentException>("word", () => order.IndexOf(Word.Of(2)));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => order[6]);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => order[-1]);
        Assert.Throws<ArgumentOutOfRangeException>("level", () => order.SizeOf(3));
        Assert.Throws<ArgumentOutOfRangeException>("level", () => order.StartOf(0));
    }
}
