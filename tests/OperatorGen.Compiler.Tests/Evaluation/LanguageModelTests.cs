using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>Generated models of tokens, asked through the interface that they share and through members of their own.</summary>
public sealed class LanguageModelTests
{
    // More than two chunks, which have at most 256 tokens, and no whole number of the head's rows.
    private const int Long = 523;

    private static readonly ConcurrentDictionary<(string Kind, Type Type), Lazy<object>> s_loaded = new();

    private delegate double[] AttentionOf(ReadOnlySpan<int> tokens, int layer, int cell, int value);

    private delegate SelectiveAttribution ExplainOf(ReadOnlySpan<int> tokens, int? score, int? against, int? step, double tolerance = SelectiveAttribution.UsualTolerance);

    private delegate void EmbedOf<T>(ReadOnlySpan<int> tokens, Span<T> rows);

    private delegate double ScoreOf(ReadOnlySpan<int> tokens);

    public static TheoryData<string> Kinds => [.. RandomLanguage.Kinds];

    public static TheoryData<string, VectorWidth> KindsAndWidths
    {
        get
        {
            var data = new TheoryData<string, VectorWidth>();
            foreach (string kind in RandomLanguage.Kinds)
            {
                data.Add(kind, VectorWidth.Bits128);
                data.Add(kind, VectorWidth.Bits256);
                data.Add(kind, VectorWidth.Bits512);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndWidths))]
    public void Forward_is_step_is_the_last_row_of_prefill_is_any_cut_in_float(string kind, VectorWidth width) => Agree<float>(kind, width);

    [Theory]
    [MemberData(nameof(KindsAndWidths))]
    public void Forward_is_step_is_the_last_row_of_prefill_is_any_cut_in_double(string kind, VectorWidth width) => Agree<double>(kind, width);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Logits_are_those_of_the_reference_within_the_rounding_bound(string kind)
    {
        Near<float>(kind, RoundingBound.SingleEpsilon);
        Near<double>(kind, RoundingBound.DoubleEpsilon);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_does_not_fit_is_refused_and_the_state_stays(string kind)
    {
        ILanguageModel<float> model = Load<float>(kind);
        int outputs = model.Metadata.OutputWidth, vocabulary = model.Vocabulary;
        SequenceState<float> state = model.CreateState();
        model.Prefill(Text(vocabulary, 5), new float[outputs], state);
        byte[] before = state.Save();
        float[] row = new float[outputs], rows = new float[3 * outputs];
        Action[] calls =
        [
            () => model.Step(-1, row, state),
            () => model.Step(vocabulary, row, state), // the first row that pads the embedding, where there is one
            () => model.Step(vocabulary + 3, row, state),
            () => model.Step(0, rows, state),
            () => model.Step(0, row.AsSpan(1), state),
            () => model.Prefill([0, 1, vocabulary], row, state),
            () => model.Prefill([0, 1, 2], rows, state),
            () => model.Prefill([], row, state),
            () => model.Forward([0, int.MinValue, 1], rows, state),
            () => model.Forward([0, 1], rows, state),
            () => model.Forward([], row, state),
        ];
        Assert.All(calls, call => Assert.Throws<ArgumentException>(call));
        Assert.Equal(before, state.Save());
        Assert.All(row.Concat(rows), number => Assert.Equal(0, number));
        string message = Assert.Throws<ArgumentException>(() => model.Forward([0, vocabulary], rows.AsSpan(0, 2 * outputs), state)).Message;
        Assert.StartsWith($"Token 1 is {vocabulary}, but the vocabulary has the ids 0 to {vocabulary - 1}.", message, StringComparison.Ordinal);
        model.Forward([], [], state); // no token changes nothing
        Assert.Equal(before, state.Save());
    }

    [Fact]
    public void A_state_of_another_model_is_refused()
    {
        ILanguageModel<float> model = Load<float>("mamba2-lm");
        SequenceState<float> other = Load<float>("mamba1-lm").CreateState();
        float[] row = new float[model.Metadata.OutputWidth];
        Assert.Throws<ArgumentException>(() => model.Step(0, row, other));
        Assert.Throws<ArgumentException>(() => model.CreateState().CopyFrom(other));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_state_that_has_read_a_prefix_serves_every_text_that_begins_with_it(string kind)
    {
        ILanguageModel<float> model = Load<float>(kind);
        int outputs = model.Metadata.OutputWidth;
        int[] text = Text(model.Vocabulary, Long);
        SequenceState<float> prefix = model.CreateState();
        model.Prefill(text.AsSpan(0, 300), new float[outputs], prefix);
        byte[] kept = prefix.Save();
        SequenceState<float> copy = model.CreateState();
        model.Prefill([1, 2], new float[outputs], copy); // what it saw before is gone
        copy.CopyFrom(prefix);
        var clone = (SequenceState<float>)prefix.GetType().GetMethod("Clone")!.Invoke(prefix, null)!;
        float[] whole = new float[outputs], row = new float[outputs];
        model.Prefill(text, whole, model.CreateState());
        foreach (SequenceState<float> state in new[] { copy, clone })
        {
            model.Prefill(text.AsSpan(300), row, state);
            Samples.SameBits<float>(whole, row, kind);
            Assert.Equal(Long, state.Steps);
        }

        Assert.Equal(kept, prefix.Save());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Step_prefill_and_forward_allocate_nothing(string kind)
    {
        ILanguageModel<double> model = Load<double>(kind);
        int[] text = Text(model.Vocabulary, 40);
        SequenceState<double> state = model.CreateState();
        var rows = new double[40 * model.Metadata.OutputWidth];
        Span<double> row = rows.AsSpan(0, model.Metadata.OutputWidth);
        for (int run = 0; run < 2; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Step(text[0], row, state);
            model.Prefill(text, row, state);
            model.Forward(text, rows, state);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            // The first run may load types.
            Assert.True(run == 0 || allocated == 0, $"{allocated} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_score_is_a_plain_sum_over_the_logits(string kind)
    {
        ILanguageModel<double> model = Load<double>(kind);
        int[] text = Text(model.Vocabulary, 50);
        double[] logits = Forward(model, text, VectorWidth.Widest);
        int outputs = model.Metadata.OutputWidth;
        double sum = 0;
        for (int t = 1; t < text.Length; t++)
        {
            double[] row = logits[((t - 1) * outputs)..(((t - 1) * outputs) + model.Vocabulary)];
            sum -= Math.Log(Math.Exp(row[text[t]]) / row.Sum(Math.Exp));
        }

        // 49 sums of 21 exponentials of logits of order 1: some thousand roundings of numbers below the sum, each 1.1e-16 of it.
        Assert.Equal(sum, Member<ScoreOf>(model, "Score")(text), 1e-12 * sum);
        Assert.Equal(0, Member<ScoreOf>(model, "Score")(text.AsSpan(0, 1)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Embed_gives_the_rows_of_the_tokens(string kind)
    {
        SequenceModel model = RandomLanguage.Of(kind);
        int[] text = [3, 0, 20, 3];
        var rows = new double[4 * model.InputWidth];
        EmbedOf<double> embed = Member<EmbedOf<double>>(Load<double>(kind), "Embed");
        embed(text, rows);
        double[] weight = model.Embedding!.Weight.Values.ToArray();
        Assert.Equal(text.SelectMany(token => weight[(token * model.InputWidth)..((token + 1) * model.InputWidth)]), rows);
        Assert.Throws<ArgumentException>(() => embed([21], rows.AsSpan(0, model.InputWidth)));
        Assert.Throws<ArgumentException>(() => embed([1], rows));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Attention_times_the_values_of_tokens_is_what_the_cells_read(string kind)
    {
        ILanguageModel<double> model = Load<double>(kind);
        int[] text = Text(model.Vocabulary, 12);
        OperatorDescription description = Operator(model);
        var pass = new SelectivePass(description, Embedded(kind, text));
        for (int layer = 0; layer < description.Layers.Count; layer++)
        {
            SelectivePath path = pass.Layer(layer);
            double[] values = path.Values.ToArray(), readouts = path.Readouts();
            int width = path.Recurrence.Readouts, parts = path.Recurrence.Values;
            for (int c = 0; c < width; c++)
            {
                double[] matrix = Member<AttentionOf>(model, "Attention")(text, layer, c / parts, c % parts);
                for (int t = 0; t < text.Length; t++)
                {
                    double[] terms = [.. Enumerable.Range(0, text.Length).Select(tau => matrix[(t * text.Length) + tau] * values[(tau * width) + c])];

                    // As in the tests of attention: some hundred roundings of numbers like the terms.
                    Assert.Equal(readouts[(t * width) + c], terms.Sum(), 1e-12 * Math.Max(1, terms.Sum(Math.Abs)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_explained_logit_is_the_models_and_its_columns_sum_to_it_less_that_of_the_zero_embedding(string kind)
    {
        ILanguageModel<double> model = Load<double>(kind);
        int[] text = Text(model.Vocabulary, 9);
        double[] logits = Forward(model, text, VectorWidth.Widest);
        int outputs = model.Metadata.OutputWidth;
        SelectiveAttribution attribution = Member<ExplainOf>(model, "ExplainSelective")(text, 4, 2, 6);

        // Two evaluations in double of some hundred operations per number, each amplified by norms by at most some ten: 1e-12 of numbers of order 1.
        double scale = Math.Max(1, logits.Max(Math.Abs));
        Assert.Equal(logits[(6 * outputs) + 4] - logits[(6 * outputs) + 2], attribution.Score, 1e-12 * scale);
        double columns = attribution.Value.Sum() + attribution.Gate.Sum(), size = attribution.Value.Sum(Math.Abs) + attribution.Gate.Sum(Math.Abs);
        double change = attribution.Score - attribution.ZeroScore;
        Assert.Equal(change, columns + attribution.Gap, 1e-14 * Math.Max(1, size));
        Assert.True(Math.Abs(attribution.Gap) <= 1e-9 * Math.Max(Math.Abs(change), size) || attribution.Panels == 64, $"gap {attribution.Gap} of {change}");
        Assert.All(new[] { 7, 8 }, later => Assert.Equal((0, 0), (attribution.Value[later], attribution.Gate[later])));
    }

    private static void Agree<T>(string kind, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ILanguageModel<T> model = Load<T>(kind);
        int outputs = model.Metadata.OutputWidth;
        int[] text = Text(model.Vocabulary, Long);
        T[] whole = Forward(model, text, width);
        Assert.All(whole, logit => Assert.True(T.IsFinite(logit)));
        T[] steps = new T[whole.Length], cut = new T[whole.Length], row = new T[outputs];
        SequenceState<T> state = model.CreateState();
        for (int t = 0; t < Long; t++)
        {
            model.Step(text[t], steps.AsSpan(t * outputs, outputs), state, width);
        }

        Samples.SameBits<T>(whole, steps, $"{kind}, {width}, one by one");
        byte[] end = state.Save();
        state = model.CreateState();
        int start = 0;
        foreach (int next in new[] { 1, 1, 9, 10, 265, 266, 300, Long })
        {
            model.Forward(text.AsSpan(start, next - start), cut.AsSpan(start * outputs, (next - start) * outputs), state, width);
            start = next;
        }

        Samples.SameBits<T>(whole, cut, $"{kind}, {width}, cut");
        Assert.Equal(end, state.Save());
        foreach (int length in new[] { 1, 7, 8, 9, 255, 256, 257, Long })
        {
            state = model.CreateState();
            model.Prefill(text.AsSpan(0, length), row, state, width);
            Samples.SameBits<T>(whole.AsSpan((length - 1) * outputs, outputs), row, $"{kind}, {width}, prefill of {length}");
        }

        Assert.Equal(end, state.Save());
    }

    private static void Near<T>(string kind, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] text = Text(21, 30);
        SequenceModel model = RandomLanguage.Of(kind);

        // An embedding is a row of constants: in float the rows of the table, which both take in.
        double[] input = [.. new ReferenceEvaluator(model).Embed(text).Select(number => double.CreateChecked(T.CreateChecked(number)))];
        RoundingResult bound = RoundingBound.ComputeFirstOrder(model, input, epsilon);
        double ratio = bound.Ratio([.. Forward(Load<T>(kind), text, VectorWidth.Widest).Select(double.CreateChecked)]);
        Assert.True(ratio <= 1, $"{kind}: {ratio} of the bound {bound.Largest}");
        Assert.True(bound.Relative < 1e-2, $"{kind}: the bound says little, {bound.Relative}");
    }

    private static T[] Forward<T>(ILanguageModel<T> model, int[] text, VectorWidth width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var logits = new T[text.Length * model.Metadata.OutputWidth];
        model.Forward(text, logits, model.CreateState(), width);
        return logits;
    }

    private static int[] Text(int vocabulary, int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(vocabulary))];
    }

    private static double[] Embedded(string kind, int[] text) => new ReferenceEvaluator(RandomLanguage.Of(kind)).Embed(text);

    private static OperatorDescription Operator<T>(ILanguageModel<T> model)
        where T : unmanaged, IFloatingPointIeee754<T> => (OperatorDescription)model.GetType().GetProperty("Operator")!.GetValue(null)!;

    private static TDelegate Member<TDelegate>(object model, string name)
        where TDelegate : Delegate
    {
        System.Reflection.MethodInfo method = model.GetType().GetMethod(name)!;
        return (TDelegate)(method.IsStatic ? Delegate.CreateDelegate(typeof(TDelegate), method) : Delegate.CreateDelegate(typeof(TDelegate), model, method));
    }

    private static ILanguageModel<T> Load<T>(string kind)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (ILanguageModel<T>)s_loaded.GetOrAdd((kind, typeof(T)), _ => new Lazy<object>(() => GeneratedModel.LoadLanguage<T>(RandomLanguage.Of(kind)))).Value;
}
