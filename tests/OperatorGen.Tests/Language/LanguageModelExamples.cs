using System;

namespace OperatorGen.Tests.Language;

/// <summary>The examples of docs/language-models.md, line by line.</summary>
internal static class LanguageModelExamples
{
    public static string Run(ILanguageModel<float> model)
    {
        var text = new CharacterTokens("abcdefghijklmnopqrstuvwxyz .,");
        int[] tokens = text.Encode("a fox");
        var decoder = new TokenDecoder(text);
        string again = decoder.Append(tokens) + decoder.Flush();

        var options = new SamplingOptions { Temperature = 0.8, TopK = 40, TopP = 0.95, RepetitionPenalty = 1.1, RepetitionWindow = 64, Seed = 7 };
        var sampler = new TokenSampler(model.Vocabulary, options);
        var logits = new float[model.Metadata.OutputWidth];
        SequenceState<float> state = model.CreateState();
        model.Prefill(tokens, logits, state);
        var probabilities = new double[model.Vocabulary];
        sampler.Distribution<float>(logits, tokens, probabilities);
        int next = sampler.Sample<float>(logits, tokens);

        var settings = new GenerationOptions { Sampling = new SamplingOptions { Temperature = 0.8, Seed = 7 }, MaxTokens = 100, StopTokens = [0] };
        TokenGeneration<float> generation = model.Generate(tokens, settings);
        foreach (int token in generation)
        {
            Console.Write(token + " ");
        }

        Console.WriteLine(generation.End);

        var stopping = new GenerationOptions { MaxTokens = 200, StopStrings = ["\n\n", "The end"] };
        TextGeneration<float> story = model.GenerateText(text, "once upon a time", stopping);
        foreach (string piece in story)
        {
            Console.Write(piece);
        }

        double score = TokenScore.Of(model, tokens);
        double perplexity = Math.Exp(score / (tokens.Length - 1));

        SequenceState<float> place = model.CreateState();
        var values = new double[tokens.Length];
        double sum = TokenScore.PerToken(model, tokens, place, values);

        SequenceState<float> prefix = model.CreateState();
        model.Prefill(text.Encode("a long beginning that all prompts have. "), logits, prefix);

        SequenceState<float> copy = model.CreateState();
        copy.CopyFrom(prefix);
        string answer = string.Concat(model.GenerateText(text, "and a question", stopping, copy));

        bool fine = again == "a fox" && probabilities[next] > 0 && generation.End != GenerationEnd.None && story.End == GenerationEnd.Length && perplexity > 1 && sum == score;
        return fine ? answer : "";
    }
}
