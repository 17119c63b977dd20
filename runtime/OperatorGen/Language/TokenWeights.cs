using System;
using System.Globalization;
using System.Numerics;

namespace OperatorGen;

/// <summary>The steps of <see cref="SamplingOptions"/> from a row of logits to weights: probabilities up to a factor.</summary>
internal sealed class TokenWeights(int vocabulary, SamplingOptions options)
{
    private readonly double[] _logits = new double[vocabulary];
    private readonly double[] _weights = new double[vocabulary];
    private readonly TokenOrder _order = new(vocabulary);

    /// <summary>The weights that were made last, [vocabulary].</summary>
    public ReadOnlySpan<double> Values => _weights;

    /// <summary>Fills the weights, which are the probabilities up to a factor; gives their sum in the order of the ids.</summary>
    public double Weigh<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> history)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Read(logits);
        Penalise(logits, history);
        int best = 0;
        for (int i = 1; i < _logits.Length; i++)
        {
            best = _logits[i] > _logits[best] ? i : best;
        }

        double greatest = _logits[best];
        if (double.IsNegativeInfinity(greatest))
        {
            throw new ArgumentException(Text($"The logits of all {_logits.Length} tokens are -infinity, so that none can be chosen."), nameof(logits));
        }

        Array.Clear(_weights);
        if (options.Temperature == 0)
        {
            _weights[best] = 1;
            return 1;
        }

        int taken = options.TopK == 0 ? _logits.Length : Math.Min(options.TopK, _logits.Length);
        if (taken < _logits.Length || options.TopP < 1)
        {
            _order.Start(_logits);
        }

        double mass = 0;
        for (int rank = 0; rank < taken; rank++)
        {
            int token = taken < _logits.Length ? _order.At(rank) : rank;
            _weights[token] = PlainExponential.Value((_logits[token] - greatest) / options.Temperature);
            mass += _weights[token];
        }

        if (options.TopP < 1)
        {
            TakeNucleus(taken, options.TopP * mass);
        }

        double total = 0;
        foreach (double weight in _weights)
        {
            total += weight;
        }

        return total;
    }

    /// <summary>Leaves the fewest greatest weights that sum to at least so much.</summary>
    private void TakeNucleus(int taken, double least)
    {
        double sum = _weights[_order.At(0)];
        int count = 1;
        while (count < taken && sum < least)
        {
            sum += _weights[_order.At(count)];
            count++;
        }

        foreach (int token in _order.From(count))
        {
            _weights[token] = 0;
        }
    }

    private void Read<T>(ReadOnlySpan<T> logits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (logits.Length < _logits.Length)
        {
            throw new ArgumentException(Text($"The row has {logits.Length} logits; there are {_logits.Length} tokens."), nameof(logits));
        }

        for (int i = 0; i < _logits.Length; i++)
        {
            double logit = double.CreateTruncating(logits[i]);
            _logits[i] = logit < double.PositiveInfinity
                ? logit
                : throw new ArgumentException(Text($"The logit of token {i} is {(double.IsNaN(logit) ? "not a number" : "+infinity")}; a logit is finite or -infinity."), nameof(logits));
        }
    }

    private void Penalise<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> history)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double penalty = options.RepetitionPenalty;
        if (penalty == 1)
        {
            return;
        }

        int window = options.RepetitionWindow;
        ReadOnlySpan<int> counted = window == 0 || window >= history.Length ? history : history[^window..];
        TokenIds.Check(counted, _logits.Length, nameof(history));
        foreach (int token in counted)
        {
            // From the row itself, so that a second occurrence changes nothing.
            double logit = double.CreateTruncating(logits[token]);
            _logits[token] = logit > 0 ? Math.Min(logit / penalty, double.MaxValue) : logit * penalty;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
