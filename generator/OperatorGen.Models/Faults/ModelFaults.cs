using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>The faults of a declared model: names, shapes and values that its architecture cannot use.</summary>
public static class ModelFaults
{
    private const int MostNames = 12;

    /// <summary>OPG0200.</summary>
    public static Fault UnknownArchitecture(string name, string? nearest, IEnumerable<string> known, TextPlace? place) =>
        new(FaultKinds.UnknownArchitecture, $"There is no architecture '{name}'{Nearest(nearest)}. Known are {string.Join(", ", known)}.", place);

    /// <summary>OPG0201.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="nearest">The known name that is near; null: none is.</param>
    /// <param name="known">The known names, of which some are listed where none is near.</param>
    /// <param name="architecture">The architecture.</param>
    /// <param name="place">Where the hyperparameter is.</param>
    public static Fault UnknownHyperparameter(string name, string? nearest, IReadOnlyList<string> known, string architecture, TextPlace? place)
    {
        string others = known.Count == 0 ? "" : $"; known are {string.Join(", ", known.Take(MostNames))}{(known.Count > MostNames ? ", ..." : "")}";
        return new(FaultKinds.UnknownHyperparameter, $"'{architecture}' has no hyperparameter '{name}'{(nearest is null ? others : Nearest(nearest))}. Correct or remove it.", place);
    }

    /// <summary>OPG0202.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="advice">What to write, or where else it could be read off; a sentence.</param>
    /// <param name="place">Where the architecture is named.</param>
    public static Fault MissingHyperparameter(string name, string advice, TextPlace? place) =>
        new(FaultKinds.MissingHyperparameter, $"The hyperparameter '{name}' is missing. {advice}", place);

    /// <summary>OPG0203.</summary>
    public static Fault HyperparameterValue(string name, string found, string expected, TextPlace? place) =>
        new(FaultKinds.HyperparameterValue, $"The hyperparameter '{name}' is {found}; {expected} is expected.", place);

    /// <summary>OPG0204.</summary>
    public static Fault MissingTensor(string name, string shape, string architecture, TextPlace? place) =>
        new(FaultKinds.MissingTensor, $"The tensor '{name}' of shape {shape} is missing; '{architecture}' needs it.", place);

    /// <summary>OPG0205.</summary>
    public static Fault MisshapenTensor(string name, string found, string expected, TextPlace? place) =>
        new(FaultKinds.MisshapenTensor, $"The tensor '{name}' has shape {found}; {expected} is expected from the hyperparameters and the other tensors.", place);

    /// <summary>OPG0206.</summary>
    public static Fault UnknownTensor(string name, string? nearest, string architecture, TextPlace? place) =>
        new(FaultKinds.UnknownTensor, $"'{architecture}' has no tensor '{name}'{Nearest(nearest)}. Correct or remove it.", place);

    /// <summary>OPG0207.</summary>
    /// <param name="mode">Which mode.</param>
    /// <param name="reason">Why, for example <c>its eigenvalue has real part 0.5</c>.</param>
    /// <param name="further">How many further modes are like it.</param>
    /// <param name="place">Where its tensor is.</param>
    /// <param name="grows">Whether only modes that grow are told of, since a greatest length bounds those of modulus 1.</param>
    public static Fault UnstableMode(string mode, string reason, int further, TextPlace? place, bool grows = false) =>
        new(FaultKinds.UnstableMode, Invariant($"{mode} {(grows ? "grows (|lambda| > 1)" : "does not decay (|lambda| >= 1)")}: {reason}{(further > 0 ? Invariant($" (further modes like it: {further})") : "")}. The state can grow without bound."), place);

    /// <summary>OPG0208.</summary>
    /// <param name="found">How many labels there are.</param>
    /// <param name="expected">How many there should be.</param>
    /// <param name="noun">What a label names.</param>
    /// <param name="place">Where the labels are.</param>
    public static Fault LabelCount(int found, int expected, string noun, TextPlace? place) =>
        new(FaultKinds.LabelCount, $"The model has {CountText.Of(expected, noun)} and {CountText.Of(found, "label")}: name every {noun} once, in order.", place);

    /// <summary>OPG0209.</summary>
    public static Fault ScalingSize(int found, int expected, TextPlace? place) =>
        new(FaultKinds.ScalingSize, $"The input scaling has {CountText.Of(found, "number")} and the model {CountText.Of(expected, "input channel")}: give scale and offset one number per channel.", place);

    /// <summary>OPG0213.</summary>
    /// <param name="found">What does not fit, a sentence without its full stop.</param>
    /// <param name="place">Where the calibration is.</param>
    public static Fault CalibrationMismatch(string found, TextPlace? place) =>
        new(FaultKinds.CalibrationMismatch, $"The calibration does not fit the model: {found}. Run operatorgen calibrate again, or remove 'calibration'.", place);

    /// <summary>OPG0210.</summary>
    /// <param name="found">What contradicts what, and what to do; sentences.</param>
    /// <param name="place">Where one of them is.</param>
    public static Fault Inconsistent(string found, TextPlace? place) => new(FaultKinds.InconsistentSizes, found, place);

    /// <summary>OPG0211.</summary>
    public static Fault SymbolNotAllowed(string tensor, string index, string symbol, string architecture, TextPlace? place) =>
        new(FaultKinds.SymbolNotAllowed, $"Element {index} of tensor '{tensor}' is the symbol '{symbol}'; '{architecture}' needs numbers. Symbols are possible in the architecture 'modes'.", place);

    /// <summary>OPG0212.</summary>
    /// <param name="what">What is not finite, for example <c>exp(log_dt[3])</c>.</param>
    /// <param name="reason">From which value.</param>
    /// <param name="place">Where its tensor is.</param>
    public static Fault ParameterOverflow(string what, string reason, TextPlace? place) =>
        new(FaultKinds.ParameterOverflow, $"{what} is beyond the range of a double: {reason}. Check that the weights are the ones meant.", place);

    /// <summary>OPG0220.</summary>
    public static Fault SymbolTaken(string symbol, TextPlace? place) =>
        new(FaultKinds.SymbolTaken, $"The symbol '{symbol}' has a name that the operator's formulas use for something of their own: call it otherwise, for example '{symbol}_'.", place);

    private static string Nearest(string? name) => name is null ? "" : $"; the nearest name is '{name}'";
}
