using System;
using System.Linq;
using OperatorGen.Models;

namespace OperatorGen.Tool.Conformance;

/// <summary>How far outputs may be from upstream's, relative to max|tensor|.</summary>
public static class Tolerances
{
    /// <summary>Cases in double.</summary>
    public const double Double = 1e-10;

    /// <summary>Cases in float.</summary>
    public const double Single = 2e-5;

    /// <summary>Cases in double where upstream itself computes in float.</summary>
    public const double UpstreamInSingle = 1e-6;

    /// <summary>States in float in eigenvectors that upstream found in float.</summary>
    public const double FoundInSingle = 5e-4;

    private static readonly string[] s_upstreamInSingle = ["s4block-diag-dss", "retention-parallel"];

    /// <summary>The tolerance of a case's outputs.</summary>
    /// <param name="name">The name of the case.</param>
    /// <param name="precision"><see cref="Precision.Double"/> or <see cref="Precision.Single"/>.</param>
    public static double Of(string name, Precision precision) =>
        precision == Precision.Single ? Single
        : s_upstreamInSingle.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) ? UpstreamInSingle
        : Double;

    /// <summary>The tolerance of one output of a case.</summary>
    /// <param name="name">The name of the case.</param>
    /// <param name="precision"><see cref="Precision.Double"/> or <see cref="Precision.Single"/>.</param>
    /// <param name="key">The output's key.</param>
    public static double Of(string name, Precision precision, string key) =>
        precision == Precision.Single && key.StartsWith("out.state", StringComparison.Ordinal) && key.EndsWith(StateInEigenvectors.StepMode, StringComparison.Ordinal) ? FoundInSingle : Of(name, precision);
}
