using System;
using System.Collections.Generic;
using System.Text.Json;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Explanations;

/// <summary>An explanation for programs; docs/contributions.md describes it.</summary>
internal static class ExplanationJson
{
    /// <summary>The explanation of a sequence's score.</summary>
    public static string Render(ExplainedInput subject) => JsonDocumentText.Of(json =>
    {
        ScoreExplanation explanation = subject.Explanation;
        SequenceJson.Write(json, subject.Sequence, () => Expansion(json, subject.Explainer));
        json.WriteNumber("score", explanation.Score);
        json.WriteString("name", explanation.Label);
        json.Number("exact", explanation.Exact);
        if (explanation.Warning is { } warning)
        {
            json.WriteString("warning", warning);
        }

        json.Named("constants", explanation.Constants);
        json.WriteStartObject("first_order");
        json.Number("waves_of_input", explanation.Waves.WavesOfInput);
        json.Number("waves_of_bias", explanation.Waves.WavesOfBias);
        json.Number("skip_of_input", explanation.Waves.SkipOfInput);
        json.Number("skip_of_bias", explanation.Waves.SkipOfBias);
        json.Number("gates", explanation.Waves.Gates);
        json.WriteEndObject();
        json.Objects("orders", explanation.Orders, order =>
        {
            json.WriteNumber("order", order.Order);
            json.WritePropertyName("terms");
            json.WriteRawValue(order.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.Number("contribution", order.Contribution);
            json.Number("magnitude", order.Magnitude);
        });
        json.Number("sum", explanation.Sum);
        json.Number("remainder", explanation.Remainder);
        if (OrderShares.Of(explanation) is { } shares)
        {
            json.WriteStartObject("shares");
            json.Numbers("orders", shares.Orders);
            json.Number("remainder", shares.Remainder);
            json.WriteEndObject();
        }

        if (explanation.Products.Count > 0)
        {
            json.Objects("products", explanation.Products, count =>
            {
                json.WriteNumber("order", count.Order);
                json.WritePropertyName("count");
                json.WriteRawValue(count.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                json.WriteNumber("weighted", count.Weighted);
                Resonance(json, count.Resonance);
            });
        }

        json.Number("deviation", explanation.Deviation);
        json.Number("magnitude", explanation.Magnitude);
        json.WriteNumber("ranked_order", explanation.RankedOrder);
        json.Objects("strongest", explanation.Strongest, term => Term(json, subject.Contributions, term));
    });

    /// <summary>A ranking by bounds.</summary>
    public static string Render(OperatorExplainer explainer, BoundRanking ranking, int score, string within) => JsonDocumentText.Of(json =>
    {
        json.WriteNumber("score", score);
        json.WriteString("name", explainer.Label(score));
        Expansion(json, explainer);
        json.WriteString("bound_range", within);
        json.WriteNumber("ranked_order", ranking.RankedOrder);
        json.Objects("terms", ranking.Terms, term =>
        {
            Factors(json, term.Factors);
            json.Number("coefficient", term.Coefficient);
            json.Number("bound", term.Bound);
            Waves(json, term.Waves);
        });
    });

    private static void Term(Utf8JsonWriter json, InputContributions contributions, ContributionTerm term)
    {
        Factors(json, term.Factors);
        json.WriteNumber("order", term.Order);
        if (term.Coefficient is { } coefficient)
        {
            json.Number("coefficient", coefficient);
        }

        json.Number("contribution", term.Contribution);
        if (term.Order == 1)
        {
            json.Number("of_input", term.OfInput);
            json.Number("of_bias", term.OfBias);
        }

        if (term.Readouts is { } parts)
        {
            Readouts(json, parts);
        }

        if (InputContributions.IsPair(term) && contributions.InteractionObstacle(term) is { } obstacle)
        {
            json.WriteString("no_frequencies", obstacle);
        }
        else if (InputContributions.IsPair(term))
        {
            PairInteraction pair = contributions.Interaction(term);
            Half(json, "sum", pair.Sum);
            Half(json, "difference", pair.Difference);
        }
        else if (term.Products.Count > 0)
        {
            json.Objects("products", term.Products, product => Product(json, product));
        }
        else if (term.Order > 2)
        {
            Waves(json, term.Waves);
        }
    }

    private static void Product(Utf8JsonWriter json, OscillatorProduct product)
    {
        json.WriteString("name", product.Name);
        json.WriteString("signs", product.Signs);
        json.Numbers("weight", [product.Weight.Re, product.Weight.Im]);
        if (product.Eigenvalue is { } eigenvalue)
        {
            json.Numbers("eigenvalue", [eigenvalue.Re, eigenvalue.Im]);
        }

        if (product.Contribution is { } contribution)
        {
            json.Number("contribution", contribution);
        }

        Resonance(json, product.Resonance);
    }

    private static void Resonance(Utf8JsonWriter json, string? resonance)
    {
        if (resonance is not null)
        {
            json.WriteString("frequencies_that_cancel", resonance);
        }
    }

    /// <summary>The waves that a product is, one per choice of conjugates; nothing where it is no wave.</summary>
    private static void Waves(Utf8JsonWriter json, IReadOnlyList<InteractionWave> waves)
    {
        if (waves.Count > 0)
        {
            json.Objects("waves", waves, wave =>
            {
                json.WriteString("signs", wave.Signs);
                json.Numbers("eigenvalue", [wave.Eigenvalue.Re, wave.Eigenvalue.Im]);
                json.Number("frequency", wave.Frequency);
                json.Number("period", wave.Period);
                json.Number("lifetime", wave.Lifetime);
                json.Number("share", wave.Share);
            });
        }
    }

    private static void Readouts(Utf8JsonWriter json, TermReadouts parts)
    {
        json.WriteStartObject("readouts");
        json.Numbers("weight", [parts.Weight.Re, parts.Weight.Im]);
        json.Numbers("conjugate_weight", [parts.ConjugateWeight.Re, parts.ConjugateWeight.Im]);
        json.Objects("strongest", parts.Strongest, part =>
        {
            json.WriteNumber("readout", part.Readout);
            if (part.Other is { } other)
            {
                json.WriteNumber("other", other);
            }

            json.Number("contribution", part.Contribution);
        });
        json.WriteNumber("count", parts.Count);
        json.Number("rest", parts.Rest);
        json.WriteEndObject();
    }

    private static void Half(Utf8JsonWriter json, string name, PairMode half)
    {
        json.WriteStartObject(name);
        json.Numbers("eigenvalue", [half.Eigenvalue.Re, half.Eigenvalue.Im]);
        json.Number("frequency", half.Frequency);
        json.Number("period", half.Period);
        json.Number("lifetime", half.Lifetime);
        json.Number("contribution", half.Contribution);
        json.Number("of_first", half.OfFirst);
        json.Number("of_second", half.OfSecond);
        json.Number("of_input", half.OfInput);
        json.WriteEndObject();
    }

    /// <summary>Writes a term's name and factors.</summary>
    public static void Factors(Utf8JsonWriter json, IReadOnlyList<WaveFactor> factors)
    {
        json.WriteString("term", TermNames.Of(factors));
        json.Objects("factors", factors, factor =>
        {
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
        });
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
}
