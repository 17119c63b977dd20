using System;
using System.Collections;
using System.Collections.Generic;
using System.Numerics;
using System.Threading;

namespace OperatorGen;

/// <summary>
/// The tokens that a model writes after a prompt, one at a time, each computed when it is asked for. It is passed through once: whoever enumerates it again goes
/// on where the last one stopped.
/// </summary>
/// <remarks>
/// A token costs one <see cref="ILanguageModel{T}.Step"/> and one row of logits to choose from, in memory that is made once. Nothing is allocated per token; only with a
/// repetition penalty over all tokens the memory of the history doubles now and then.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TokenGeneration<T> : IEnumerable<int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Tokens of the prompt between two looks at the cancellation.</summary>
    private const int PromptPiece = 512;

    private readonly ILanguageModel<T> _model;
    private readonly GenerationOptions _options;
    private readonly int[] _prompt;
    private readonly int[] _stops;
    private readonly T[] _logits;
    private readonly TokenSampler _sampler;
    private readonly TokenHistory _history;
    private readonly CancellationToken _cancellation;
    private int _read;
    private int _last;

    internal TokenGeneration(ILanguageModel<T> model, ReadOnlySpan<int> prompt, GenerationOptions? options, SequenceState<T>? state, int vocabulary, CancellationToken cancellation)
    {
        if (prompt.IsEmpty)
        {
            throw new ArgumentException("The prompt has no token; one at least is needed to write after.", nameof(prompt));
        }

        TokenIds.Check(prompt, model.Vocabulary, nameof(prompt));
        _model = model;
        _options = options ?? new GenerationOptions();
        _stops = [.. _options.StopTokens];
        TokenIds.Check(_stops, vocabulary, nameof(options));
        _prompt = prompt.ToArray();
        _logits = new T[model.Metadata.OutputWidth];
        _sampler = new TokenSampler(vocabulary, _options.Sampling);
        _history = new TokenHistory(_options.Sampling, prompt);
        _cancellation = cancellation;
        State = state ?? model.CreateState();
    }

    /// <summary>
    /// The state, which has seen the prompt and all tokens that were given out before the newest one, and the newest too once the generation has ended. A stop token is
    /// not in it.
    /// </summary>
    public SequenceState<T> State { get; }

    /// <summary>Why there is nothing more, or None.</summary>
    public GenerationEnd End { get; private set; }

    /// <summary>How many tokens were given out.</summary>
    public int Count { get; private set; }

    /// <summary>Computes the next token.</summary>
    /// <param name="token">Its id; -1 where there is none.</param>
    /// <returns>False where the generation has ended; <see cref="End"/> says why.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; no token is lost.</exception>
    /// <exception cref="ArgumentException">The state is another model's, or the model gave logits that nothing can be chosen from (<see cref="TokenSampler.Sample{T}"/>).</exception>
    public bool Next(out int token)
    {
        token = -1;
        if (End != GenerationEnd.None)
        {
            return false;
        }

        _cancellation.ThrowIfCancellationRequested();
        Read();
        if (Count == _options.MaxTokens)
        {
            End = GenerationEnd.Length;
            return false;
        }

        int chosen = _sampler.Sample<T>(_logits, _history.Tokens);
        if (_stops.AsSpan().Contains(chosen))
        {
            End = GenerationEnd.StopToken;
            return false;
        }

        _history.Add(chosen);
        _last = chosen;
        Count++;
        token = chosen;
        return true;
    }

    /// <summary>The tokens from here on.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        while (Next(out int token))
        {
            yield return token;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes in what was not yet: the prompt, or the newest token.</summary>
    private void Read()
    {
        if (_read == _prompt.Length)
        {
            _model.Step(_last, _logits, State, _options.Width);
            return;
        }

        while (_read < _prompt.Length)
        {
            _cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(PromptPiece, _prompt.Length - _read);
            _model.Prefill(_prompt.AsSpan(_read, count), _logits, State, _options.Width);
            _read += count;
        }
    }
}
