using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>The faults of a model file: which file, and whether its text is a model file at all.</summary>
public static class FileFaults
{
    private const int MostListed = 8;

    /// <summary>OPG0100.</summary>
    /// <param name="name">The name that was declared.</param>
    /// <param name="found">The model files that there are, the likeliest first.</param>
    public static Fault FileNotFound(string name, IReadOnlyCollection<string> found) =>
        new(FaultKinds.FileNotFound, found.Count == 0
            ? $"No additional file is called '{name}', and the project has no other model file: add <AdditionalFiles Include=\"{name}\" /> with the file's path to the project."
            : $"No additional file is called '{name}'; the model files of the project are {string.Join(", ", found.Take(MostListed).Select(path => $"'{path}'"))}{(found.Count > MostListed ? Invariant($" and {found.Count - MostListed} more") : "")}. Correct the name, upper and lower case included, or add the file as an AdditionalFiles item.", null);

    /// <summary>OPG0101.</summary>
    public static Fault FileAmbiguous(string name, IEnumerable<string> paths) =>
        new(FaultKinds.FileAmbiguous, $"'{name}' is the name of several additional files ({string.Join(", ", paths)}): write as much of the path as tells them apart.", null);

    /// <summary>OPG0102.</summary>
    /// <param name="found">What is wrong, a sentence without its full stop.</param>
    /// <param name="place">Where.</param>
    public static Fault JsonSyntax(string found, TextPlace? place) =>
        new(FaultKinds.JsonSyntax, $"This is not JSON: {found}.", place);

    /// <summary>OPG0103.</summary>
    public static Fault JsonNesting(int limit, TextPlace? place) =>
        new(FaultKinds.JsonNesting, Invariant($"Objects and arrays are nested more than {limit} deep; a model file needs no more than a few levels."), place);

    /// <summary>OPG0104.</summary>
    public static Fault DuplicateKey(string key, TextPlace? place) =>
        new(FaultKinds.DuplicateKey, $"The key '{key}' appears twice: remove one of them.", place);

    /// <summary>OPG0105.</summary>
    public static Fault UnknownTopLevelKey(string key, string known, TextPlace? place) =>
        new(FaultKinds.UnknownTopLevelKey, $"The key '{key}' is unknown and ignored; known are {known}.", place);

    /// <summary>OPG0106.</summary>
    public static Fault UnsupportedFormat(string found, string supported, TextPlace? place) =>
        new(FaultKinds.UnsupportedFormat, $"The format is '{found}'; this version reads {supported}.", place);

    /// <summary>OPG0113.</summary>
    public static Fault NewerMinorFormat(string found, string known, TextPlace? place) =>
        new(FaultKinds.NewerMinorFormat, $"The format is '{found}', this version knows '{known}': what is new in it is not understood.", place);

    /// <summary>OPG0107.</summary>
    /// <param name="key">The missing key.</param>
    /// <param name="owner">What lacks it, for example <c>The tensor 'D'</c>.</param>
    /// <param name="example">What to write.</param>
    /// <param name="place">Where the owner is.</param>
    public static Fault MissingKey(string key, string owner, string example, TextPlace? place) =>
        new(FaultKinds.MissingKey, $"{owner} has no '{key}': add {example}.", place);

    /// <summary>OPG0108.</summary>
    /// <param name="what">What holds the value, for example <c>'order'</c>.</param>
    /// <param name="found">What it holds.</param>
    /// <param name="expected">What it may hold.</param>
    /// <param name="place">Where the value is.</param>
    public static Fault WrongValue(string what, string found, string expected, TextPlace? place) =>
        new(FaultKinds.WrongValue, $"{what} is {found}; {expected} is expected.", place);

    /// <summary>OPG0108 for the prefix of an import.</summary>
    /// <param name="prefix">The prefix that was given.</param>
    /// <param name="expected">Which would do.</param>
    public static Fault WrongPrefix(string prefix, string expected) => WrongValue("The prefix", $"'{prefix}'", expected, null);

    /// <summary>OPG0108 for the architecture of an import.</summary>
    /// <param name="architecture">The architecture that was given.</param>
    /// <param name="others">Those whose tensors the checkpoint has.</param>
    public static Fault WrongArchitecture(string architecture, IEnumerable<string> others) =>
        WrongValue("The architecture", $"'{architecture}', whose tensors these are not", $"{string.Join(" or ", others.Select(other => $"'{other}'"))}, which has all of them,", null);

    /// <summary>OPG0109.</summary>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="found">What is wrong, a sentence without its full stop.</param>
    /// <param name="place">Where.</param>
    public static Fault MalformedTensorData(string tensor, string found, TextPlace? place) =>
        new(FaultKinds.MalformedTensorData, $"The tensor '{tensor}' cannot be read: {found}.", place);

    /// <summary>OPG0110.</summary>
    /// <param name="owner">What holds the number, for example <c>tensor 'D'</c>.</param>
    /// <param name="index">Which element, for example <c>[3, 0]</c>.</param>
    /// <param name="found">What is there.</param>
    /// <param name="further">How many further elements are not finite.</param>
    /// <param name="place">Where.</param>
    public static Fault NotFinite(string owner, string index, string found, int further, TextPlace? place) =>
        new(FaultKinds.NotFinite, Invariant($"Element {index} of {owner} is {found}{(further > 0 ? Invariant($" (and {further} more)") : "")}; every number of a model must be finite."), place);

    /// <summary>OPG0111.</summary>
    /// <param name="what">What is too large, for example <c>The tensor 'D'</c>.</param>
    /// <param name="found">How large it is.</param>
    /// <param name="limit">How large it may be.</param>
    /// <param name="place">Where.</param>
    public static Fault TooLarge(string what, string found, string limit, TextPlace? place) =>
        new(FaultKinds.TooLarge, $"{what} has {found}; at most {limit} are read.", place);

    /// <summary>OPG0112.</summary>
    public static Fault UnknownKey(string key, string owner, string known, TextPlace? place) =>
        new(FaultKinds.UnknownKey, $"{owner} has the unknown key '{key}'; known are {known}.", place);
}
