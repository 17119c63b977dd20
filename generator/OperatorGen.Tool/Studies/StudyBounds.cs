using System;
using OperatorGen.Analysis;

namespace OperatorGen.Tool.Studies;

/// <summary>The proven bounds of truncations.</summary>
internal static class StudyBounds
{
    /// <summary>A function that gives the bound of an expansion of the model, or why there is none.</summary>
    public static Func<OperatorExpansion, (double? Bound, string Reason)> Of(StudiedModel model) => _ =>
        (null, model.Declaration.Options.InputLow is null ? "no input range is declared" : "not computed");
}
