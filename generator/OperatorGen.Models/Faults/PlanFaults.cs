using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>The faults of plan and emission, and what any stage may meet.</summary>
public static class PlanFaults
{
    /// <summary>OPG0400.</summary>
    /// <param name="bytes">What they take.</param>
    /// <param name="limit">What they may take.</param>
    /// <param name="place">Where they are declared.</param>
    /// <param name="precision">The chosen precision.</param>
    public static Fault WeightsTooLarge(long bytes, long limit, TextPlace? place, Precision precision = Precision.Single) =>
        new(FaultKinds.WeightsTooLarge, Invariant($"The weights take {bytes} bytes or more in the chosen precision, where the padding of the code's tables counts; at most {limit} bytes are baked into an assembly. {precision switch
        {
            Precision.Both => "Choose one precision, or a smaller model.",
            Precision.Double => "Choose precision single, or a smaller model.",
            _ => "Choose a smaller model.",
        }}"), place);

    /// <summary>OPG0401.</summary>
    /// <param name="effect">The bound, relative to a channel's reach; infinite: a mode does not decay.</param>
    /// <param name="place">Where the model is declared.</param>
    public static Fault ConstantRounding(double effect, TextPlace? place) =>
        new(FaultKinds.ConstantRounding, double.IsInfinity(effect)
            ? "Rounding the constants to float could move a channel's readout by any amount: a rounded mode does not decay, so there is no bound (`operatorgen inspect` measures the effect on outputs). Use precision double where that matters."
            : $"Rounding the constants to float could move a channel's readout by up to {NumberText.Format(effect, 3)} of its reach (a bound; `operatorgen inspect` measures the effect on outputs). Use precision double where that matters.", place);

    /// <summary>OPG0402.</summary>
    public static Fault SymbolicParameters(string symbols, TextPlace? place) =>
        new(FaultKinds.SymbolicParameters, $"The model has symbolic parameters ({symbols}): its operator is generated, evaluation code is not.", place);

    /// <summary>OPG0403.</summary>
    /// <param name="part">Which part of the model.</param>
    /// <param name="reason">What is missing.</param>
    /// <param name="place">Where it is declared.</param>
    public static Fault NoLowering(string part, string reason, TextPlace? place) =>
        new(FaultKinds.NoLowering, $"{part} cannot be compiled: {reason}.", place);

    /// <summary>OPG0404.</summary>
    public static Fault UnsupportedOption(string option, string reason, TextPlace? place) =>
        new(FaultKinds.UnsupportedOption, $"The option '{option}' is not supported: {reason}.", place);

    /// <summary>OPG0405.</summary>
    /// <param name="tensor">The tensor whose numbers the code depends on; null: it has no name.</param>
    public static Fault NumbersNeeded(string? tensor) =>
        DecidedByNumbers($"its code depends on the numbers of {(tensor is null ? "a tensor" : $"the tensor '{tensor}'")}, not on their shapes alone");

    /// <summary>OPG0405.</summary>
    /// <param name="reason">What of the code depends on the numbers, a sentence without its full stop.</param>
    public static Fault DecidedByNumbers(string reason) =>
        new(FaultKinds.NumbersNeeded, $"The weights of this model cannot be external: {reason}. Put the numbers into the model file.", null);

    /// <summary>OPG0900.</summary>
    /// <param name="stage">The stage's name: target, declare, resolve, expand, plan or emit.</param>
    /// <param name="failure">What was thrown: type and message.</param>
    public static Fault InternalError(string stage, string failure) =>
        new(FaultKinds.InternalError, $"The stage '{stage}' failed: {failure}. This is a mistake of the generator; please report it with the declaration.", null);
}
