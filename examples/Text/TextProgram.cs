using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using OperatorGen;
using OperatorGen.Packing;
using OperatorGen.Safetensors;

namespace Text;

/// <summary>What the program does: the model and how good it is, a text, and why its last character.</summary>
internal sealed class TextProgram(Page page, TextOptions options)
{
    public void Run()
    {
        if (options.Tokenizer is { } tokenizer)
        {
            TokenizerDemonstration.Show(page, tokenizer, options.Prompt);
            return;
        }

        int[] prompt = Encoded(options.Prompt);
        long start = Stopwatch.GetTimestamp();
        using TextModel model = CheckpointFile.Load<TextModel>(Files.Weights);
        Describe(model, Stopwatch.GetElapsedTime(start));
        Compare(model);
        page.Line();
        int[] tokens = [.. prompt, .. Write(model, prompt)];
        page.Line();
        if (options.Length > 1)
        {
            Rates(model, prompt);
        }

        if (options.Explain)
        {
            Explain(model, tokens);
        }
    }

    private static int[] Encoded(string prompt)
    {
        if (prompt.Length == 0)
        {
            throw new UnusableException("--prompt is empty; the model needs at least one character to go on from.");
        }

        try
        {
            return ByteTokens.Instance.Encode(prompt);
        }
        catch (ArgumentException)
        {
            throw new UnusableException("--prompt has half of a surrogate pair, which is no character; leave it out.");
        }
    }

    private void Describe(TextModel model, TimeSpan load)
    {
        using var checkpoint = MappedSafetensors.Open(Files.Weights);
        page.Line($"{checkpoint.Tensors.Sum(tensor => tensor.Count):N0} parameters, {checkpoint.DataLength:N0} bytes of weights, {model.CreateState().MemoryBytes:N0} bytes of a state");
        page.Line($"upstream's own file, packed in memory and loaded in {load.TotalMilliseconds:0} ms; trained for {checkpoint.Metadata.GetValueOrDefault("steps", "?")} steps");
    }

    /// <summary>How well the model foretells a text that it has never seen, beside n-gram models.</summary>
    private void Compare(TextModel model)
    {
        byte[] held = Files.HeldOut;
        NGrams grams = new(options.TextFile is { } path ? HeldOut.TrainingPart(path, held) : Files.Excerpt);
        double[] orders = grams.BitsPerByte(held, Files.Part);
        int best = Array.IndexOf(orders, orders.Min());
        page.Line();
        page.Line($"bits per byte of a held-out text of {held.Length:N0} bytes, in parts of {Files.Part:N0}");
        page.Line($"  the model                {HeldOut.BitsPerByte(model, held):0.000}");
        for (int k = 0; k < orders.Length; k++)
        {
            page.Line($"  n-gram model of order {k + 1}  {orders[k]:0.000}{(k == best ? "  the best of them" : "")}");
        }

        if (options.TextFile is { } file)
        {
            page.Line($"  The n-gram models learned from the first nine tenths of {file}.");
        }
        else
        {
            page.Line($"  The n-gram models learned from {Files.Excerpt.Length:N0} bytes, the model from the whole training text; --text FILE gives them all of it.");
        }
    }

    /// <summary>Writes the text as it comes.</summary>
    private int[] Write(TextModel model, int[] prompt)
    {
        TokenGeneration<float> generation = model.Generate(prompt, new GenerationOptions { Sampling = options.Sampling, MaxTokens = options.Length });
        var decoder = new TokenDecoder(ByteTokens.Instance);
        var written = new int[options.Length];
        int count = 0;
        page.Text(options.Prompt);
        foreach (int token in generation)
        {
            written[count++] = token;
            page.Text(decoder.Append([token]));
        }

        page.Text(decoder.Flush());
        page.Line();
        return written;
    }

    /// <summary>How fast text is written when nothing is printed: one text on one thread, one whose large products two threads share, and two texts, each on a thread of its own.</summary>
    private void Rates(TextModel model, int[] prompt)
    {
        page.Line($"characters per second, nothing printed");
        page.Line($"  one text on one thread                {WritingRate.OfOne(model, prompt, options.Sampling, threads: 1):0}");
        page.Line($"  one text on two threads               {WritingRate.OfOne(model, prompt, options.Sampling, threads: 2):0}");
        page.Line($"  two texts, each on a thread, together {WritingRate.OfSeveral(model, prompt, options.Sampling, texts: 2):0}");
    }

    private void Explain(TextModel model, int[] tokens)
    {
        if (tokens.Length < 2)
        {
            throw new UnusableException("--explain needs a character before the last one: give a longer --prompt or --length.");
        }

        long start = Stopwatch.GetTimestamp();
        var explanation = CharacterExplanation.Of(model, tokens);
        ExplanationText.Write(page, explanation);
        File.WriteAllText(options.Svg, CharacterMap.Draw(explanation), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        page.Line($"{options.Svg} has the picture; all of it took {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
    }
}
