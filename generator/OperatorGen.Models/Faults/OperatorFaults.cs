using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>The faults of the symbolic operator: the decoder's expansion and its terms.</summary>
public static class OperatorFaults
{
    /// <summary>OPG0300.</summary>
    public static Fault OrderOutOfRange(int order, int minimum, int maximum, TextPlace? place) =>
        new(FaultKinds.OrderOutOfRange, Invariant($"The order of the expansion is {order}; {minimum} to {maximum} is possible."), place);

    /// <summary>OPG0301.</summary>
    public static Fault BeyondRadius(string function, double centre, double radius, double low, double high, TextPlace? place) =>
        new(FaultKinds.BeyondRadius, $"The readout can lie in [{NumberText.Format(low, 4)}, {NumberText.Format(high, 4)}], but the Taylor series of {function} about {NumberText.Format(centre, 4)} converges within {NumberText.Format(radius, 4)} of it only: the operator's terms do not describe the whole range.", place);

    /// <summary>OPG0302.</summary>
    public static Fault TermLimit(string count, int limit, TextPlace? place) =>
        new(FaultKinds.TermLimit, Invariant($"The operator has {count} terms, more than {limit}. They are enumerated lazily, so the first ones can be read; listing all is out of reach. For fewer terms lower the order or the number of modes."), place);

    /// <summary>OPG0303.</summary>
    public static Fault NoTaylorSeries(string function, TextPlace? place) =>
        new(FaultKinds.NoTaylorSeries, $"{function} has no Taylor series about 0, so the operator keeps it as a function; the generated code is not affected.", place);

    /// <summary>OPG0305.</summary>
    /// <param name="expansion">The declared expansion, as it is declared.</param>
    /// <param name="missing">What it lacks and what to do, a sentence without its full stop.</param>
    /// <param name="place">Where it is declared.</param>
    public static Fault ExpansionImpossible(string expansion, string missing, TextPlace? place) =>
        new(FaultKinds.ExpansionImpossible, $"The expansion '{expansion}' is not possible: {missing}.", place);

    /// <summary>OPG0304.</summary>
    /// <param name="part">Which part of the model.</param>
    /// <param name="reason">Why it is kept as it is.</param>
    /// <param name="place">Where it is declared.</param>
    public static Fault ExpansionUnavailable(string part, string reason, TextPlace? place) =>
        new(FaultKinds.ExpansionUnavailable, $"{part} is not expanded into waves: {reason}. The operator names it as it is; the generated code is not affected.", place);

    /// <summary>OPG0306.</summary>
    /// <param name="layer">The layer, at the start of a sentence.</param>
    /// <param name="modes">How many of its modes do not decay.</param>
    /// <param name="place">Where the range is declared.</param>
    public static Fault LengthNeeded(string layer, int modes, TextPlace? place) =>
        new(FaultKinds.LengthNeeded, Invariant($"{layer} has {CountText.Of(modes, "mode")} with |lambda| >= 1, so its readouts grow with the length of the sequence: the declared input range bounds nothing without a greatest length. Declare it as 'maxLength' in the options of the model file, or as MaxLength of the attribute."), place);

    /// <summary>OPG0307.</summary>
    /// <param name="place">Where the range is declared.</param>
    public static Fault RangeUnused(TextPlace? place) =>
        new(FaultKinds.RangeUnused, "The declared input range bounds nothing: bounds are proven of numbers where the code is made, and the weights are external. Leave the range out, or put the numbers into the model file.", place);
}
