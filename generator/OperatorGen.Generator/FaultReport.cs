using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using OperatorGen.Compiler.Emission;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>Faults of a declaration, with the file that their places are in.</summary>
/// <param name="Places">Where the type is.</param>
/// <param name="FilePath">The model file; null: the faults are in the source.</param>
/// <param name="Faults">The faults.</param>
internal sealed record FaultReport(TypePlaces Places, string? FilePath, EquatableArray<Fault> Faults)
{
    /// <summary>Reports the faults: in the model file where they have a place there, else at the type or its member.</summary>
    public void Send(SourceProductionContext output, Compilation compilation)
    {
        foreach (Fault fault in Faults)
        {
            Location? location = FilePath is not null && fault.Place is not null
                ? SourcePlace.InFile(FilePath, fault.Place)
                : Places.Of(fault)?.ToLocation(compilation);
            output.ReportDiagnostic(Diagnostics.Of(fault, location));
        }
    }
}

/// <summary>Where faults of a target belong whose stage knows no places.</summary>
/// <param name="Target">The type.</param>
/// <param name="Places">Where it is.</param>
/// <param name="FilePath">The model file; null: inline.</param>
/// <param name="RangePlace">The options in the model file, where they and not the attribute give the input range.</param>
internal sealed record TargetPlaces(TypeTarget Target, TypePlaces Places, string? FilePath, TextPlace? RangePlace)
{
    /// <summary>The places of a declared target.</summary>
    public static TargetPlaces Of(DeclaredModel declared) => new(
        declared.Target.Target,
        declared.Target.Places,
        declared.FilePath,
        declared.Target.Options.InputLow is null && declared.Declaration is { Options.InputLow: not null } declaration ? declaration.Places.Options : null);

    /// <summary>The place of a fault.</summary>
    public Location? Of(Fault fault, Compilation compilation) => (fault.Kind == FaultKinds.BeyondRadius || fault.Kind == FaultKinds.LengthNeeded || fault.Kind == FaultKinds.RangeUnused) && FilePath is not null && RangePlace is not null
        ? SourcePlace.InFile(FilePath, RangePlace)
        : Places.Of(fault)?.ToLocation(compilation);
}

/// <summary>Faults of the stages that know no places.</summary>
/// <param name="Target">The type.</param>
/// <param name="Faults">The faults.</param>
internal sealed record TargetFaults(TypeTarget Target, EquatableArray<Fault> Faults)
{
    /// <summary>Reports the faults at the type or its member, or at the option of its model file that they are about.</summary>
    public void Send(SourceProductionContext output, ImmutableArray<TargetPlaces> places, Compilation compilation)
    {
        TargetPlaces? known = places.FirstOrDefault(p => p.Target == Target);
        foreach (Fault fault in Faults)
        {
            output.ReportDiagnostic(Diagnostics.Of(fault, known?.Of(fault, compilation)));
        }
    }
}

/// <summary>Faults as Roslyn's diagnostics.</summary>
internal static class Diagnostics
{
    // Where docs/diagnostics is published.
    private const string Pages = "https://github.com/operatorgen/operatorgen/blob/main/docs/diagnostics/";

    private static readonly Dictionary<string, DiagnosticDescriptor> s_descriptors = FaultKinds.All.ToDictionary(
        kind => kind.Id,
        kind => new DiagnosticDescriptor(
            kind.Id,
            kind.Title,
            "{0}",
            "OperatorGen",
            kind.Severity switch
            {
                FaultSeverity.Error => DiagnosticSeverity.Error,
                FaultSeverity.Warning => DiagnosticSeverity.Warning,
                _ => DiagnosticSeverity.Info,
            },
            isEnabledByDefault: true,
            helpLinkUri: Pages + kind.Id + ".md"));

    /// <summary>The diagnostic of a fault.</summary>
    public static Diagnostic Of(Fault fault, Location? location) =>
        Diagnostic.Create(s_descriptors[fault.Kind.Id], location ?? Location.None, fault.Message);
}
