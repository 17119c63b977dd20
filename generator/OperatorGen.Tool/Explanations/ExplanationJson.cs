using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Explanations;

/// <summary>An explanation for programs; docs/contributions.md describes it.</summary>
internal static class ExplanationJson
{
    /// <summary>The explanation of a sequence's score.</summary>
    public static string Render(ExplainedInput subject) => Document(json =>
    {
        ScoreExplanation explanation = subject.Explanation;
        json.WriteString("model", subject.Model);
        json.WriteStartObject("data");
        json.WriteString("name", subject.Data.Name);
        json.WriteString("split", subject.Data.Split);
        json.WriteString("sha256", subject.Data.Hash);
        json.WriteNumber("index", subject.Index);
        if (subject.Data.HasLabels)
        {
            json.WriteNumber("label", subject.Data.Label(subject.Index));
        }

        json.WriteEndObject();
        json.WriteNumber("steps", subject.Contributions.Steps);
        if (subject.Contributions.Step is { } step)
        {
            json.WriteNumber("step", step);
        }

        Expansion(json, subject.Explainer);
        json.WriteStartArray("frozen");
        foreach (FrozenValues frozen in subject.Contributions.Frozen)
        {
            json.WriteStartObject();
            json.WriteString("name", frozen.Name);
            json.WriteNumber("width", frozen.Width);
            Numbers(json, "values", frozen.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Numbers(json, "scores", subject.Scores);
        if (subject.IsClassifier)
        {
            json.WriteNumber("predicted", subject.Best);
        }

        json.WriteNumber("score", explanation.Score);
        json.WriteString("name", explanation.Label);
        Number(json, "exact", explanation.Exact);
        json.WriteStartArray("constants");
        foreach (NamedContribution constant in explanation.Constants)
        {
            json.WriteStartObject();
            json.WriteString("name", constant.Name);
            Number(json, "contribution", constant.Contribution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("first_order");
        Number(json, "waves_of_input", explanation.Waves.WavesOfInput);
        Number(json, "waves_of_bias", explanation.Waves.WavesOfBias);
        Number(json, "skip_of_input", explanation.Waves.SkipOfInput);
        Number(json, "skip_of_bias", explanation.Waves.SkipOfBias);
        Number(json, "gates", explanation.Waves.Gates);
        json.WriteEndObject();
        json.WriteStartArray("orders");
        foreach (OrderTotal order in explanation.Orders)
        {
            json.WriteStartObject();
            json.WriteNumber("order", order.Order);
            json.WritePropertyName("terms");
            json.WriteRawValue(order.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Number(json, "contribution", order.Contribution);
            Number(json, "magnitude", order.Magnitude);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Number(json, "sum", explanation.Sum);
        Number(json, "remainder", explanation.Remainder);
        Number(json, "deviation", explanation.Deviation);
        Number(json, "magnitude", explanation.Magnitude);
        json.WriteNumber("ranked_order", explanation.RankedOrder);
        json.WriteStartArray("strongest");
        foreach (ContributionTerm term in explanation.Strongest)
        {
            Term(json, subject.Contributions, term);
        }

        json.WriteEndArray();
    });

    /// <summary>A ranking by bounds.</summary>
    public static string Render(OperatorExplainer explainer, BoundRanking ranking, int score, string within) => Document(json =>
    {
        json.WriteNumber("score", score);
        json.WriteString("name", explainer.Label(score));
        Expansion(json, explainer);
        json.WriteString("bound_range", within);
        json.WriteNumber("ranked_order", ranking.RankedOrder);
        json.WriteStartArray("terms");
        foreach (TermBound term in ranking.Terms)
        {
            json.WriteStartObject();
            Factors(json, term.Factors);
            Number(json, "coefficient", term.Coefficient);
            Number(json, "bound", term.Bound);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Term(Utf8JsonWriter json, InputContributions contributions, ContributionTerm term)
    {
        json.WriteStartObject();
        Factors(json, term.Factors);
        json.WriteNumber("order", term.Order);
        if (term.Coefficient is { } coefficient)
        {
            Number(json, "coefficient", coefficient);
        }

        Number(json, "contribution", term.Contribution);
        if (term.Order == 1)
        {
            Number(json, "of_input", term.OfInput);
            Number(json, "of_bias", term.OfBias);
        }

        if (term.Readouts is { } parts)
        {
            Readouts(json, parts);
        }

        if (InputContributions.IsInteraction(term))
        {
            PairInteraction pair = contributions.Interaction(term);
            Half(json, "sum", pair.Sum);
            Half(json, "difference", pair.Difference);
        }

        json.WriteEndObject();
    }

    private static void Readouts(Utf8JsonWriter json, TermReadouts parts)
    {
        json.WriteStartObject("readouts");
        Numbers(json, "weight", [parts.Weight.Re, parts.Weight.Im]);
        Numbers(json, "conjugate_weight", [parts.ConjugateWeight.Re, parts.ConjugateWeight.Im]);
        json.WriteStartArray("strongest");
        foreach (ReadoutPart part in parts.Strongest)
        {
            json.WriteStartObject();
            json.WriteNumber("readout", part.Readout);
            if (part.Other is { } other)
            {
                json.WriteNumber("other", other);
            }

            Number(json, "contribution", part.Contribution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("count", parts.Count);
        Number(json, "rest", parts.Rest);
        json.WriteEndObject();
    }

    private static void Half(Utf8JsonWriter json, string name, PairMode half)
    {
        json.WriteStartObject(name);
        Numbers(json, "eigenvalue", [half.Eigenvalue.Re, half.Eigenvalue.Im]);
        Number(json, "frequency", half.Frequency);
        Number(json, "period", half.Period);
        Number(json, "lifetime", half.Lifetime);
        Number(json, "contribution", half.Contribution);
        Number(json, "of_first", half.OfFirst);
        Number(json, "of_second", half.OfSecond);
        Number(json, "of_input", half.OfInput);
        json.WriteEndObject();
    }

    private static void Factors(Utf8JsonWriter json, IReadOnlyList<WaveFactor> factors)
    {
        json.WriteString("term", TermNames.Of(factors));
        json.WriteStartArray("factors");
        foreach (WaveFactor factor in factors)
        {
            json.WriteStartObject();
            json.WriteString("kind", Kind(factor.Kind));
            if (factor.Kind != WaveKind.Oscillator)
            {
                json.WriteNumber("channel", factor.Channel);
            }

            if (factor.Kind is WaveKind.Mode or WaveKind.Oscillator)
            {
                json.WriteNumber("mode", factor.Mode);
            }

            json.WriteNumber("power", factor.Power);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Kind(WaveKind kind) => kind switch
    {
        WaveKind.Mode => "wave",
        WaveKind.Oscillator => "oscillator",
        WaveKind.Skip => "skip",
        WaveKind.Gate => "gate",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of wave without a name."),
    };

    private static void Expansion(Utf8JsonWriter json, OperatorExplainer explainer)
    {
        json.WriteNumber("layer", explainer.Layer);
        json.WriteString("expansion", OptionNames.Expansions.Of(explainer.Expansion.Kind));
        json.WriteNumber("order", explainer.Expansion.Order);
    }

    private static string Document(Action<Utf8JsonWriter> body)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            Value(json, value);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Value(json, value);
    }

    /// <summary>The shortest decimal of a double; null where it is infinite, which JSON has no number for.</summary>
    private static void Value(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteRawValue(NumberText.Format(value));
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
