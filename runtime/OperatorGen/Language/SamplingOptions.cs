using System;
using System.Globalization;

namespace OperatorGen;

/// <summary>
/// How a token is chosen from a row of logits. The steps are made in the order of the members here: repetition penalty, temperature, top-k, top-p. The
/// default follows the model's own distribution.
/// </summary>
public sealed record SamplingOptions
{
    /// <summary>
    /// A positive logit of a token that is in the history is divided by it, another is multiplied by it; 1: none. Finite and above 0; below 1 it favours repetition.
    /// </summary>
    /// <remarks>
    /// Keskar, McCann, Varshney, Xiong and Socher, "CTRL: a conditional transformer language model for controllable generation", 2019, section 4.1, divides all logits;
    /// negative ones are multiplied, as implementations usually do, so that they become less likely too. A token counts once, however often it occurred.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of the range.</exception>
    public double RepetitionPenalty
    {
        get;
        init => field = Check(value, value > 0 && double.IsFinite(value), nameof(RepetitionPenalty), "finite and above 0");
    } = 1;

    /// <summary>How many last tokens of the history count for the penalty; 0: all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int RepetitionWindow
    {
        get;
        init => field = Check(value, value >= 0, nameof(RepetitionWindow), "0 (all tokens) or more");
    }

    /// <summary>What the logits are divided by: below 1 sharper, above 1 flatter. 0: the first greatest logit is chosen, without chance. Finite, 0 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of the range.</exception>
    public double Temperature
    {
        get;
        init => field = Check(value, value >= 0 && double.IsFinite(value), nameof(Temperature), "finite, 0 or more");
    } = 1;

    /// <summary>Only so many of the greatest logits are left, of equal ones those with the lower ids; 0: all.</summary>
    /// <remarks>Fan, Lewis and Dauphin, "Hierarchical neural story generation", 2018, section 5.1.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int TopK
    {
        get;
        init => field = Check(value, value >= 0, nameof(TopK), "0 (all tokens) or more");
    }

    /// <summary>
    /// Only the smallest set of most likely tokens is left whose probability, after top-k, is at least so much; at least one token. 1: all. From 0 to 1.
    /// </summary>
    /// <remarks>Holtzman, Buys, Du, Forbes and Choi, "The curious case of neural text degeneration", 2020, section 3.1.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of the range.</exception>
    public double TopP
    {
        get;
        init => field = Check(value, value is >= 0 and <= 1, nameof(TopP), "from 0 to 1");
    } = 1;

    /// <summary>Where chance starts: the same seed and the same logits give the same tokens on every machine.</summary>
    public long Seed { get; init; }

    /// <summary>The options by name, whatever the culture.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(SamplingOptions)} {{ {nameof(RepetitionPenalty)} = {RepetitionPenalty}, {nameof(RepetitionWindow)} = {RepetitionWindow}, {nameof(Temperature)} = {Temperature}, {nameof(TopK)} = {TopK}, {nameof(TopP)} = {TopP}, {nameof(Seed)} = {Seed} }}");

    private static TNumber Check<TNumber>(TNumber value, bool legal, string name, string range)
        where TNumber : IFormattable => legal
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{name} is {value.ToString(null, CultureInfo.InvariantCulture)}; it has to be {range}.");
}
