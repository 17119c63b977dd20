using System;

namespace OperatorGen.Tests.Language;

/// <summary>A model that knows one text: after its first n tokens, whatever they were, the logit of token n of the script is 1 and the others are 0.</summary>
internal sealed class ScriptedModel(int vocabulary, int[] script) : ILanguageModel<float>
{
    public ModelMetadata Metadata { get; } = new(new string('d', 64), 1, vocabulary, [], true, false);

    public int Vocabulary => vocabulary;

    public SequenceState<float> CreateState() => new SmallState<float>(Metadata.ModelHash);

    public void Forward(ReadOnlySpan<int> tokens, Span<float> logits, SequenceState<float> state, VectorWidth width = VectorWidth.Widest)
    {
        for (int t = 0; t < tokens.Length; t++)
        {
            Step(tokens[t], logits.Slice(t * vocabulary, vocabulary), state, width);
        }
    }

    public void Prefill(ReadOnlySpan<int> tokens, Span<float> logits, SequenceState<float> state, VectorWidth width = VectorWidth.Widest)
    {
        foreach (int token in tokens)
        {
            Step(token, logits, state, width);
        }
    }

    public void ForwardMany(ReadOnlySpan<SequenceState<float>> states, ReadOnlySpan<int> tokens, Span<float> logits, VectorWidth width = VectorWidth.Widest) =>
        throw new NotSupportedException("Nothing asks this model for many texts.");

    public void Step(int token, Span<float> logits, SequenceState<float> state, VectorWidth width = VectorWidth.Widest)
    {
        ((SmallState<float>)state).Take(token);
        logits.Clear();
        logits[script[state.Steps % script.Length]] = 1;
    }
}
