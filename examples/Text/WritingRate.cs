using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using OperatorGen;

namespace Text;

/// <summary>How fast text is written when nothing is printed.</summary>
internal static class WritingRate
{
    private const int Characters = 1500;

    /// <summary>Characters per second of all texts together, each with a state and a thread of its own; the model is shared.</summary>
    public static double Of(TextModel model, int[] prompt, SamplingOptions sampling, int texts)
    {
        var settings = new GenerationOptions { Sampling = sampling, MaxTokens = Characters };
        TokenGeneration<float>[] generations = [.. Enumerable.Range(0, texts).Select(_ => model.Generate(prompt, settings))];
        Array.ForEach(generations, generation => generation.Next(out _)); // the prompt is read
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. generations.Select(generation => new Thread(() =>
        {
            while (generation.Next(out _))
            {
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return texts * (Characters - 1) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
