using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Xunit;

namespace OperatorGen.Tests.Language;

/// <summary>Generated tokens against a loop that evaluates the whole text from the start for each of them.</summary>
public sealed class TokenGenerationTests
{
    private static readonly int[] s_prompt = [3, 1, 4, 1, 5];

    public static TheoryData<double, double, int> Sampling => new()
    {
        { 0, 1, 0 },
        { 1, 1, 0 },
        { 0.7, 1.4, 0 },
        { 0.7, 1.4, 1 },
        { 0.7, 1.4, 3 },
        { 0, 1.4, 100 },
    };

    [Theory]
    [MemberData(nameof(Sampling))]
    public void Tokens_are_those_of_a_loop_over_whole_texts(double temperature, double penalty, int window)
    {
        SmallModel<double> model = SmallModel<double>.Random(9, 1);
        var options = new SamplingOptions { Temperature = temperature, RepetitionPenalty = penalty, RepetitionWindow = window, Seed = 3 };
        var sampler = new TokenSampler(9, options);
        var text = new List<int>(s_prompt);
        for (int i = 0; i < 300; i++)
        {
            text.Add(sampler.Sample<double>(Logits(model, text), text.ToArray()));
        }

        TokenGeneration<double> generation = model.Generate(s_prompt, new GenerationOptions { Sampling = options, MaxTokens = 300 });
        Assert.Equal(text.Skip(s_prompt.Length), generation);
        Assert.Equal(GenerationEnd.Length, generation.End);
        Assert.Equal(300, generation.Count);
        Assert.Equal(State(model, text), generation.State.Save());
    }

    [Fact]
    public void A_stop_token_ends_it_and_is_not_given_out()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 2);
        var sampling = new SamplingOptions { Seed = 8 };
        int[] free = [.. model.Generate(s_prompt, new GenerationOptions { Sampling = sampling, MaxTokens = 60 })];
        int stop = free[20];
        TokenGeneration<float> generation = model.Generate(s_prompt, new GenerationOptions { Sampling = sampling, MaxTokens = 60, StopTokens = [stop] });
        int[] tokens = [.. generation];
        Assert.Equal(free.TakeWhile(token => token != stop), tokens);
        Assert.Equal(GenerationEnd.StopToken, generation.End);
        Assert.Equal(State(model, [.. s_prompt, .. tokens]), generation.State.Save());
        Assert.False(generation.Next(out int after));
        Assert.Equal(-1, after);
    }

    [Fact]
    public void Who_enumerates_again_goes_on()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 3);
        int[] all = [.. model.Generate(s_prompt, new GenerationOptions { MaxTokens = 10 })];
        TokenGeneration<float> generation = model.Generate(s_prompt, new GenerationOptions { MaxTokens = 10 });
        int[] first = [.. generation.Take(4)];
        Assert.Equal(GenerationEnd.None, generation.End);
        Assert.Equal(State(model, [.. s_prompt, .. first[..3]]), generation.State.Save());
        Assert.Equal(all, first.Concat(generation));
    }

    [Fact]
    public void A_copied_prefix_gives_what_the_whole_prompt_gives()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 4);
        SequenceState<float> prefix = model.CreateState();
        model.Prefill(s_prompt.AsSpan(0, 3), new float[model.Metadata.OutputWidth], prefix);
        byte[] before = prefix.Save();
        for (int seed = 0; seed < 5; seed++)
        {
            var options = new GenerationOptions { Sampling = new SamplingOptions { Seed = seed }, MaxTokens = 20 };
            SequenceState<float> state = model.CreateState();
            state.CopyFrom(prefix);
            TokenGeneration<float> generation = model.Generate(s_prompt.AsSpan(3), options, state);
            Assert.Same(state, generation.State);
            Assert.Equal(model.Generate(s_prompt, options).ToArray(), generation);
        }

        Assert.Equal(before, prefix.Save());
    }

    [Fact]
    public void Without_tokens_to_give_out_only_the_prompt_is_read()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 5);
        TokenGeneration<float> generation = model.Generate(s_prompt, new GenerationOptions { MaxTokens = 0 });
        Assert.Empty(generation);
        Assert.Equal(GenerationEnd.Length, generation.End);
        Assert.Equal(State(model, s_prompt), generation.State.Save());
    }

    [Fact]
    public void A_long_prompt_is_read_in_pieces_and_gives_the_same()
    {
        SmallModel<double> model = SmallModel<double>.Random(9, 6);
        int[] prompt = [.. Enumerable.Range(0, 1300).Select(i => i * i % 9)];
        TokenGeneration<double> generation = model.Generate(prompt, new GenerationOptions { Sampling = new SamplingOptions { Temperature = 0 }, MaxTokens = 1 });
        int token = Assert.Single(generation);
        Assert.InRange(model.LongestCall, 1, 512);
        double[] logits = Logits(model, prompt);
        Assert.Equal(Array.IndexOf(logits, logits[..9].Max()), token);
    }

    [Fact]
    public void Cancellation_comes_between_tokens_and_loses_none()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 7);
        using var source = new CancellationTokenSource();
        var given = new List<int>();
        TokenGeneration<float> generation = model.Generate(s_prompt, cancellationToken: source.Token);
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (int token in generation)
            {
                given.Add(token);
                if (given.Count == 3)
                {
                    source.Cancel();
                }
            }
        });
        Assert.Equal(3, given.Count);
        Assert.Equal(3, generation.Count);
        Assert.Equal(GenerationEnd.None, generation.End);
        Assert.Equal(State(model, [.. s_prompt, .. given[..2]]), generation.State.Save());
    }

    [Fact]
    public void Cancellation_comes_within_a_long_prompt()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 8);
        using var source = new CancellationTokenSource();
        model.BeforeCall = source.Cancel;
        TokenGeneration<float> generation = model.Generate(new int[5000], cancellationToken: source.Token);
        Assert.Throws<OperationCanceledException>(() => generation.Next(out _));
        Assert.InRange(generation.State.Steps, 1, 512);
    }

    [Fact]
    public void A_token_allocates_nothing()
    {
        SmallModel<float> model = SmallModel<float>.Random(50, 9);
        var sampling = new SamplingOptions { TopK = 20, TopP = 0.9, RepetitionPenalty = 1.1, RepetitionWindow = 16 };
        TokenGeneration<float> generation = model.Generate(s_prompt, new GenerationOptions { Sampling = sampling, MaxTokens = 1000 });
        for (int i = 0; i < 100; i++)
        {
            generation.Next(out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 800; i++)
        {
            generation.Next(out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Prompts_and_stop_tokens_that_do_not_fit_are_refused_before_anything_runs()
    {
        SmallModel<float> model = SmallModel<float>.Random(9, 10);
        Assert.Contains("no token", Assert.Throws<ArgumentException>(() => model.Generate([])).Message, StringComparison.Ordinal);
        Assert.Contains("The token 9 at position 1", Assert.Throws<ArgumentException>(() => model.Generate([1, 9])).Message, StringComparison.Ordinal);
        Assert.Contains("The token -1 at position 0", Assert.Throws<ArgumentException>(() => model.Generate([1], new GenerationOptions { StopTokens = [-1] })).Message, StringComparison.Ordinal);
        Assert.Equal(0, model.LongestCall);
    }

    private static double[] Logits(SmallModel<double> model, IReadOnlyList<int> text)
    {
        var logits = new double[text.Count * model.Metadata.OutputWidth];
        model.Forward(text.ToArray(), logits, model.CreateState());
        return logits[^model.Metadata.OutputWidth..];
    }

    private static byte[] State<T>(SmallModel<T> model, IReadOnlyList<int> text)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        SequenceState<T> state = model.CreateState();
        model.Prefill(text.ToArray(), new T[model.Metadata.OutputWidth], state);
        return state.Save();
    }
}
