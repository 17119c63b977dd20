using System;

namespace OperatorGen;

/// <summary>The last tokens of a text, as many as the repetition penalty looks at; none where there is no penalty.</summary>
/// <remarks>With a window its memory is made once. Without one it doubles when it is full.</remarks>
internal sealed class TokenHistory
{
    private readonly int _window;
    private int[] _tokens;
    private int _start;
    private int _end;

    public TokenHistory(SamplingOptions options, ReadOnlySpan<int> prompt)
    {
        _window = options.RepetitionPenalty == 1 ? 0 : options.RepetitionWindow == 0 ? Array.MaxLength : options.RepetitionWindow;
        ReadOnlySpan<int> counted = prompt[Math.Max(0, prompt.Length - _window)..];
        _tokens = new int[_window == 0 ? 0 : Math.Max(64, 2 * counted.Length)];
        counted.CopyTo(_tokens);
        _end = counted.Length;
    }

    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(_start.._end);

    public void Add(int token)
    {
        if (_window == 0)
        {
            return;
        }

        if (_end == _tokens.Length)
        {
            int[] to = 2 * (_end - _start) > _tokens.Length ? new int[2 * _tokens.Length] : _tokens;
            Tokens.CopyTo(to);
            (_tokens, _start, _end) = (to, 0, _end - _start);
        }

        _tokens[_end++] = token;
        _start = Math.Max(_start, _end - _window);
    }
}
