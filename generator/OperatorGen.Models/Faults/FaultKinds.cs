using System.Collections.Generic;

namespace OperatorGen.Models;

/// <summary>Every kind of fault, by its stage: 0001 declaration, 0100 file, 0200 model, 0300 expansion, 0400 plan and emission, 0900 the tool itself. A page explains each.</summary>
public static class FaultKinds
{
    private static readonly List<FaultKind> s_all = []; // filled as the kinds below are made, in the order of the text

    /// <summary>All of them, in the order of their ids.</summary>
    public static IReadOnlyList<FaultKind> All => s_all;

    /// <summary>The target, or a type around it, is not partial.</summary>
    public static readonly FaultKind NotPartial = Error("OPG0001", "The type is not partial");

    /// <summary>The target, or a type around it, is generic.</summary>
    public static readonly FaultKind GenericTarget = Error("OPG0002", "The type is generic");

    /// <summary>The target is a struct, an interface or a static class.</summary>
    public static readonly FaultKind NotAnOrdinaryClass = Error("OPG0003", "The type is not an ordinary class");

    /// <summary>The target is file-local.</summary>
    public static readonly FaultKind FileLocalTarget = Error("OPG0004", "The type is file-local");

    /// <summary>The consumer's language version is too old for the generated code.</summary>
    public static readonly FaultKind LanguageVersionTooOld = Error("OPG0005", "The language version is too old");

    /// <summary>A model is declared both by a file and inline, or by neither.</summary>
    public static readonly FaultKind FileOrInline = Error("OPG0006", "A model is declared by a file or inline");

    /// <summary>An argument of an inline attribute cannot be used.</summary>
    public static readonly FaultKind InlineArgument = Error("OPG0007", "The attribute's argument cannot be used");

    /// <summary>One type has two declarations.</summary>
    public static readonly FaultKind DeclaredTwice = Error("OPG0008", "The type is declared twice");

    /// <summary>The target, or a member of it, has the name of a generated member.</summary>
    public static readonly FaultKind NameTaken = Error("OPG0009", "A name is taken");

    /// <summary>No additional file has the declared name.</summary>
    public static readonly FaultKind FileNotFound = Error("OPG0100", "No such model file");

    /// <summary>Two additional files have the declared name.</summary>
    public static readonly FaultKind FileAmbiguous = Error("OPG0101", "Two model files have this name");

    /// <summary>The text is not JSON.</summary>
    public static readonly FaultKind JsonSyntax = Error("OPG0102", "The model file is not JSON");

    /// <summary>The text is nested too deeply.</summary>
    public static readonly FaultKind JsonNesting = Error("OPG0103", "The model file is nested too deeply");

    /// <summary>An object has a key twice.</summary>
    public static readonly FaultKind DuplicateKey = Error("OPG0104", "A key appears twice");

    /// <summary>A key of the outermost object is unknown.</summary>
    public static readonly FaultKind UnknownTopLevelKey = Warning("OPG0105", "An unknown key is ignored");

    /// <summary>The format is not one that this version reads.</summary>
    public static readonly FaultKind UnsupportedFormat = Error("OPG0106", "The format is not supported");

    /// <summary>A required key is missing.</summary>
    public static readonly FaultKind MissingKey = Error("OPG0107", "A key is missing");

    /// <summary>A value has the wrong type or lies outside of what its key allows.</summary>
    public static readonly FaultKind WrongValue = Error("OPG0108", "A value cannot be used");

    /// <summary>A tensor's data does not fit its dtype and shape.</summary>
    public static readonly FaultKind MalformedTensorData = Error("OPG0109", "A tensor's data is malformed");

    /// <summary>A number is not finite.</summary>
    public static readonly FaultKind NotFinite = Error("OPG0110", "A number is not finite");

    /// <summary>A file or tensor is larger than the reader accepts.</summary>
    public static readonly FaultKind TooLarge = Error("OPG0111", "The model file is too large");

    /// <summary>A key below the outermost object is unknown.</summary>
    public static readonly FaultKind UnknownKey = Error("OPG0112", "A key is unknown");

    /// <summary>The format's minor version is newer than this version knows.</summary>
    public static readonly FaultKind NewerMinorFormat = Warning("OPG0113", "The format is newer than this version");

    /// <summary>No architecture has the declared name.</summary>
    public static readonly FaultKind UnknownArchitecture = Error("OPG0200", "The architecture is unknown");

    /// <summary>The architecture has no such hyperparameter.</summary>
    public static readonly FaultKind UnknownHyperparameter = Error("OPG0201", "A hyperparameter is unknown");

    /// <summary>A hyperparameter is neither declared nor to be read off a tensor.</summary>
    public static readonly FaultKind MissingHyperparameter = Error("OPG0202", "A hyperparameter is missing");

    /// <summary>A hyperparameter's value cannot be used.</summary>
    public static readonly FaultKind HyperparameterValue = Error("OPG0203", "A hyperparameter's value cannot be used");

    /// <summary>A tensor is missing.</summary>
    public static readonly FaultKind MissingTensor = Error("OPG0204", "A tensor is missing");

    /// <summary>A tensor has another shape than the architecture needs.</summary>
    public static readonly FaultKind MisshapenTensor = Error("OPG0205", "A tensor has the wrong shape");

    /// <summary>The architecture has no such tensor.</summary>
    public static readonly FaultKind UnknownTensor = Error("OPG0206", "A tensor is unknown");

    /// <summary>A mode does not decay.</summary>
    public static readonly FaultKind UnstableMode = Warning("OPG0207", "A mode does not decay");

    /// <summary>The number of labels is not the number of outputs.</summary>
    public static readonly FaultKind LabelCount = Error("OPG0208", "The labels do not fit the outputs");

    /// <summary>The input scaling does not have one entry per input channel.</summary>
    public static readonly FaultKind ScalingSize = Error("OPG0209", "The input scaling does not fit the input");

    /// <summary>Two declared sizes contradict each other.</summary>
    public static readonly FaultKind InconsistentSizes = Error("OPG0210", "Two declarations contradict each other");

    /// <summary>A symbol is used where the architecture needs a number.</summary>
    public static readonly FaultKind SymbolNotAllowed = Error("OPG0211", "A symbol is used where a number is needed");

    /// <summary>A parameter computed from a weight is not finite.</summary>
    public static readonly FaultKind ParameterOverflow = Error("OPG0212", "A parameter is beyond the range of a double");

    /// <summary>The calibration was made for another model.</summary>
    public static readonly FaultKind CalibrationMismatch = Error("OPG0213", "The calibration does not fit the model");

    /// <summary>A symbol has a name that the operator itself uses.</summary>
    public static readonly FaultKind SymbolTaken = Error("OPG0220", "A symbol has a name of the operator");

    /// <summary>The expansion's order is not possible.</summary>
    public static readonly FaultKind OrderOutOfRange = Error("OPG0300", "The order is out of range");

    /// <summary>The input range exceeds the series' radius of convergence.</summary>
    public static readonly FaultKind BeyondRadius = Warning("OPG0301", "The input range exceeds the radius of convergence");

    /// <summary>The operator has more terms than anybody lists.</summary>
    public static readonly FaultKind TermLimit = Warning("OPG0302", "The operator has too many terms");

    /// <summary>The decoder function has no Taylor series.</summary>
    public static readonly FaultKind NoTaylorSeries = Info("OPG0303", "The decoder function has no Taylor series");

    /// <summary>A part of the model has no expansion.</summary>
    public static readonly FaultKind ExpansionUnavailable = Info("OPG0304", "A part of the model is not expanded");

    /// <summary>The declared expansion needs what the model does not have.</summary>
    public static readonly FaultKind ExpansionImpossible = Error("OPG0305", "The declared expansion is not possible");

    /// <summary>A bound needs a greatest length, since a mode does not decay.</summary>
    public static readonly FaultKind LengthNeeded = Warning("OPG0306", "A bound needs a greatest length");

    /// <summary>An input range where no bounds are proven, since the weights are external.</summary>
    public static readonly FaultKind RangeUnused = Warning("OPG0307", "The input range bounds nothing");

    /// <summary>The weights are too large to be baked into the assembly.</summary>
    public static readonly FaultKind WeightsTooLarge = Error("OPG0400", "The weights are too large to be baked");

    /// <summary>Rounding the constants could move a readout noticeably.</summary>
    public static readonly FaultKind ConstantRounding = Info("OPG0401", "Rounding the constants could move the readout");

    /// <summary>The model has symbolic parameters, so no evaluation code is generated.</summary>
    public static readonly FaultKind SymbolicParameters = Warning("OPG0402", "Symbolic parameters: no evaluation code");

    /// <summary>A part of the model cannot be compiled yet.</summary>
    public static readonly FaultKind NoLowering = Error("OPG0403", "A part of the model cannot be compiled");

    /// <summary>An option is unknown or not supported for this model.</summary>
    public static readonly FaultKind UnsupportedOption = Error("OPG0404", "The option is not supported");

    /// <summary>External weights, where the code depends on their numbers.</summary>
    public static readonly FaultKind NumbersNeeded = Error("OPG0405", "The weights cannot be external");

    /// <summary>A stage failed unexpectedly.</summary>
    public static readonly FaultKind InternalError = Error("OPG0900", "A stage of the generator failed");

    private static FaultKind Error(string id, string title) => Kind(id, title, FaultSeverity.Error);

    private static FaultKind Warning(string id, string title) => Kind(id, title, FaultSeverity.Warning);

    private static FaultKind Info(string id, string title) => Kind(id, title, FaultSeverity.Info);

    private static FaultKind Kind(string id, string title, FaultSeverity severity)
    {
        var kind = new FaultKind(id, title, severity);
        s_all.Add(kind);
        return kind;
    }
}
