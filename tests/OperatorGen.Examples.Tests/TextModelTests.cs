using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using OperatorGen.Packing;
using OperatorGen.Safetensors;
using Text;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>The trained model of the example: its numbers beside PyTorch's, and what it writes.</summary>
public sealed class TextModelTests : IDisposable
{
    /// <summary>What <c>operatorgen check</c> allows float, relative to the greatest output.</summary>
    private const double Float = 2e-5;

    private readonly TextModel _model = CheckpointFile.Load<TextModel>(Files.Weights);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Every_loss_is_that_of_PyTorch_in_double_precision_with_the_same_weights()
    {
        var file = SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "losses.safetensors")));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Files.Weights))), file.Metadata["checkpoint_sha256"]);
        double[] expected = file.Find("losses")!.ToDoubles();
        int[] tokens = [.. Files.HeldOut.Take(Files.Part).Select(value => (int)value)];
        var logits = new float[tokens.Length * TextModel.OutputWidth];
        _model.Forward(tokens, logits);
        var found = new double[tokens.Length];
        double sum = TokenScore.PerToken(_model, tokens, _model.CreateState(), found);
        Assert.Equal(expected.Length + 1, found.Length);

        // A loss is the logarithm of a sum of exponentials less a logit: a change of every logit by at most d changes it by at most 2 d.
        double tolerance = 2 * Float * logits.Max(Math.Abs);
        Assert.All(expected.Zip(found.Skip(1)), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Equal(expected.Average(), sum / expected.Length, tolerance);
    }

    [Fact]
    public void The_model_foretells_the_held_out_text_better_than_every_n_gram_model_of_the_excerpt()
    {
        double bits = HeldOut.BitsPerByte(_model, Files.HeldOut);
        double[] orders = new NGrams(Files.Excerpt).BitsPerByte(Files.HeldOut, Files.Part);
        Assert.InRange(bits, 1, orders.Min());
    }

    [Fact]
    public void Bits_per_byte_are_the_scores_of_the_parts()
    {
        byte[] text = Files.HeldOut[..(Files.Part + 100)];
        int[] tokens = Array.ConvertAll(text, value => (int)value);
        double nats = _model.Score(tokens.AsSpan(0, Files.Part)) + _model.Score(tokens.AsSpan(Files.Part));
        Assert.Equal(nats / Math.Log(2) / (Files.Part - 1 + 99), HeldOut.BitsPerByte(_model, text), 1e-12);
    }

    [Fact]
    public void The_excerpts_follow_each_other_and_have_nothing_in_common()
    {
        Assert.Equal((262_144, 65_536), (Files.Excerpt.Length, Files.HeldOut.Length));
        Assert.All(Files.Excerpt.Concat(Files.HeldOut), value => Assert.InRange(value, (byte)'\n', (byte)'~'));
        Assert.Equal(-1, Files.Excerpt.AsSpan().IndexOf(Files.HeldOut.AsSpan(0, 64)));
    }

    [Fact]
    public void A_whole_text_is_learned_from_without_its_last_tenth_and_never_from_what_is_held_out()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("operatorgen-text-");
        try
        {
            string path = Path.Combine(folder.FullName, "whole.txt");
            byte[] whole = [.. new byte[900].Select((_, i) => (byte)('a' + (i % 26))), .. Files.HeldOut[..100]];
            File.WriteAllBytes(path, whole);
            Assert.Equal(whole[..900], HeldOut.TrainingPart(path, Files.HeldOut));
            File.WriteAllBytes(path, Files.HeldOut);
            Assert.Contains("have the beginning of the held-out text at byte 0", Assert.Throws<UnusableException>(() => HeldOut.TrainingPart(path, Files.HeldOut)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_last_character_is_explained_by_columns_that_sum_to_the_difference_of_the_logits()
    {
        int[] tokens = ByteTokens.Instance.Encode("In the beginning God created the heaven and the eart");
        var explanation = CharacterExplanation.Of(_model, [.. tokens, 'h']);
        Assert.Equal(tokens, explanation.Before);
        Assert.Equal('h', explanation.Chosen);
        Assert.NotEqual('h', explanation.RunnerUp);

        var logits = new float[TextModel.OutputWidth];
        _model.Prefill(tokens, logits, _model.CreateState());
        double difference = logits['h'] - logits[explanation.RunnerUp];
        Assert.Equal(logits.Where((_, token) => token != 'h').Max(), logits[explanation.RunnerUp]);

        // The attribution has double precision, the logits that of float.
        Assert.Equal(difference, explanation.Attribution.Score, 2 * Float * logits.Max(Math.Abs));

        // The gap is what the columns miss, so that the sum holds but for rounding of some hundred additions; it is within the tolerance that was asked for.
        double size = explanation.Added.Sum(Math.Abs) + 1;
        Assert.Equal(explanation.Attribution.Score, explanation.Added.Sum() + explanation.Attribution.ZeroScore + explanation.Attribution.Gap, 1e-13 * size);
        double columns = explanation.Attribution.Value.Sum(Math.Abs) + explanation.Attribution.Gate.Sum(Math.Abs);
        Assert.True(Math.Abs(explanation.Attribution.Gap) <= CharacterExplanation.Tolerance * Math.Max(Math.Abs(explanation.Attribution.Score - explanation.Attribution.ZeroScore), columns));

        // The row of the attention is that of the last character.
        double[] matrix = _model.Attention(tokens, explanation.Layer, explanation.Head);
        Assert.Equal(matrix.Skip(matrix.Length - tokens.Length), explanation.Attention);
    }

    [Fact]
    public void A_long_text_is_explained_by_its_last_characters()
    {
        int[] tokens = [.. Files.HeldOut.Take(CharacterExplanation.MostCharacters + 20).Select(value => (int)value)];
        Assert.Equal(tokens[19..^1], CharacterExplanation.Of(_model, tokens).Before);
    }
}
