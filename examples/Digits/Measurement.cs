using System;
using System.Diagnostics;
using System.Linq;
using OperatorGen;

namespace Digits;

/// <summary>Runs a model over all digits: accuracy, throughput on one thread, latency of a single streamed sample.</summary>
internal sealed record Measurement(double Accuracy, double SequencesPerSecond, double MicrosecondsPerSample)
{
    /// <summary>Measures any generated model that streams.</summary>
    public static Measurement Of(DigitSet digits, IStreamingModel<float> model)
    {
        var scores = new float[model.Metadata.OutputWidth];
        SequenceState<float> state = model.CreateState();
        int Correct()
        {
            int correct = 0;
            for (int i = 0; i < digits.Count; i++)
            {
                model.Forward(digits[i].Span, scores);
                correct += Best(scores) == digits.Label(i) ? 1 : 0;
            }

            return correct;
        }

        void Stream(ReadOnlySpan<float> sequence)
        {
            state.Reset();
            foreach (ref readonly float sample in sequence)
            {
                model.Step(new ReadOnlySpan<float>(in sample), scores, state);
            }
        }

        // The first pass compiles, the others are timed.
        int right = Correct();
        double[] rates = [.. Enumerable.Range(0, 3).Select(_ => digits.Count / Seconds(() => Correct()))];
        Stream(digits[0].Span);
        double[] latencies = [.. Enumerable.Range(0, 9).Select(i => Seconds(() => Stream(digits[i].Span)) / DigitSet.Length * 1e6)];
        return new Measurement((double)right / digits.Count, Median(rates), Median(latencies));
    }

    public static int Best(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
