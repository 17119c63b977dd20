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

    /// <summary>Characters per second of one text, each of whose large products is shared by some threads.</summary>
    public static double OfOne(TextModel model, int[] prompt, SamplingOptions sampling, int threads)
    {
        using var shared = new ComputeThreads(threads);
        TextModel.State state = model.CreateState();
        state.Threads = shared;
        return Of(model.Generate(prompt, Settings(sampling), state));
    }

    /// <summary>Characters per second of several texts together, each with a state and a thread of its own; the model is shared.</summary>
    public static double OfSeveral(TextModel model, int[] prompt, SamplingOptions sampling, int texts) =>
        Of([.. Enumerable.Range(0, texts).Select(_ => model.Generate(prompt, Settings(sampling)))]);

    private static GenerationOptions Settings(SamplingOptions sampling) => new() { Sampling = sampling, MaxTokens = Characters };

    private static double Of(params TokenGeneration<float>[] generations)
    {
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
        return generations.Length * (Characters - 1) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
