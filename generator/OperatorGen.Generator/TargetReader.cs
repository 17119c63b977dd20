using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Emission;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>Reads a type with a declaring attribute: whether a part of it can be generated, and what the attribute says.</summary>
internal static class TargetReader
{
    private const LanguageVersion OldestLanguage = LanguageVersion.CSharp13;

    /// <summary>Reads a target; null where another attribute of the same type already brings it.</summary>
    public static DeclaredTarget? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (context.TargetSymbol is not INamedTypeSymbol type || context.TargetNode is not TypeDeclarationSyntax syntax)
        {
            return null;
        }

        StageResult<DeclaredTarget> read = CompilerStages.Guard("target", () => new StageResult<DeclaredTarget>(Read(context, type, syntax), EquatableArray<Fault>.Empty));
        return read.Faults.Count == 0
            ? read.Value
            : new DeclaredTarget(
                new TypeTarget(null, EquatableArray<ContainingType>.Empty, "class", type.Name),
                new TypePlaces(SourcePlace.Of(syntax.Identifier.GetLocation()), EquatableArray<MemberPlace>.Empty),
                null,
                null,
                ModelOptions.None,
                read.Faults);
    }

    private static DeclaredTarget? Read(GeneratorAttributeSyntaxContext context, INamedTypeSymbol type, TypeDeclarationSyntax syntax)
    {
        AttributeData? file = Find(type, AttributeNames.File);
        AttributeData? inline = Find(type, AttributeNames.Inline);
        string? name = context.Attributes[0].AttributeClass?.ToDisplayString();
        AttributeData? bringing = file ?? inline ?? Find(type, AttributeNames.Mode);
        if (name != bringing?.AttributeClass?.ToDisplayString())
        {
            return null;
        }

        bool again = !(bringing!.ApplicationSyntaxReference is { } place && place.SyntaxTree == syntax.SyntaxTree && syntax.Span.Contains(place.Span));
        if (again && file is null && inline is null)
        {
            return null;
        }

        List<Fault> faults = again
            ? [DeclarationFaults.DeclaredTwice(type.Name)]
            : [.. TypeFaults(type, syntax, ((CSharpCompilation)context.SemanticModel.Compilation).LanguageVersion)];
        if (!again && ((file is null) == (inline is null) || (file is not null && Find(type, AttributeNames.Mode) is not null)))
        {
            faults.Add(DeclarationFaults.FileOrInline(type.Name, both: file is not null));
        }

        var arguments = new AttributeArguments(faults);
        ModelOptions options = arguments.Options(file ?? inline);
        ModelDeclaration? model = faults.Count == 0 && inline is not null ? arguments.Inline(inline, Modes(type), options) : null;
        string? fileName = file?.ConstructorArguments.FirstOrDefault().Value as string;
        if (file is not null && string.IsNullOrWhiteSpace(fileName))
        {
            faults.Add(DeclarationFaults.InlineArgument("file", "nothing", "the name of a model file, for example \"model.ssm.json\""));
        }

        bool external = arguments.IsExternal(file);
        bool usable = faults.Count == 0;
        return new DeclaredTarget(
            Target(type),
            new TypePlaces(SourcePlace.Of(syntax.Identifier.GetLocation()), MemberPlaces(type)),
            usable && file is not null ? fileName : null,
            usable ? model : null,
            options,
            faults.ToEquatableArray())
        { IsExternal = external };
    }

    private static IEnumerable<Fault> TypeFaults(INamedTypeSymbol type, TypeDeclarationSyntax syntax, LanguageVersion version)
    {
        string name = type.Name;
        if (version < OldestLanguage)
        {
            yield return DeclarationFaults.LanguageVersionTooOld(version.ToDisplayString(), OldestLanguage.ToDisplayString());
        }
        else if (type.TypeKind != TypeKind.Class || type.IsStatic)
        {
            yield return DeclarationFaults.NotAnOrdinaryClass(name, type.IsStatic ? "a static class" : type.TypeKind == TypeKind.Interface ? "an interface" : type.IsRecord ? "a record struct" : "a struct");
        }
        else if (type.IsFileLocal)
        {
            yield return DeclarationFaults.FileLocalTarget(name);
        }
        else if (type.IsGenericType || Containing(type).Any(outer => outer.IsGenericType))
        {
            yield return DeclarationFaults.GenericTarget(name);
        }
        else if (Containing(type).FirstOrDefault(outer => outer.IsFileLocal) is { } local)
        {
            yield return DeclarationFaults.FileLocalTarget(local.Name);
        }
        else if (!IsPartial(syntax))
        {
            yield return DeclarationFaults.NotPartial(name);
        }
        else if (syntax.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault(outer => !IsPartial(outer)) is { } outer)
        {
            yield return DeclarationFaults.NotPartial(outer.Identifier.ValueText);
        }
        else if (TypeTarget.ReservedNames.Contains(name))
        {
            yield return DeclarationFaults.NameTaken(name, null);
        }
        else if (type.GetMembers().Where(IsReserved).Select(member => member.Name).Distinct().ToArray() is { Length: > 0 } taken)
        {
            foreach (string member in taken)
            {
                yield return DeclarationFaults.NameTaken(name, member);
            }
        }
        else if (Bases(type).SelectMany(above => above.GetMembers()).FirstOrDefault(above => above.IsAbstract && TypeTarget.ReservedNames.Contains(above.Name) && !IsImplemented(type, above)) is { } inherited)
        {
            yield return DeclarationFaults.AbstractTaken(name, inherited.ContainingType.Name, inherited.Name);
        }
    }

    /// <summary>A method may be a further overload of a generated method; nothing else shares a name with a generated member.</summary>
    private static bool IsReserved(ISymbol member) =>
        TypeTarget.ReservedNames.Contains(member.Name) && !(member is IMethodSymbol && TypeTarget.MethodNames.Contains(member.Name));

    private static TypeTarget Target(INamedTypeSymbol type) => new(
        type.ContainingNamespace.IsGlobalNamespace ? null : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted).WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None)),
        Containing(type).Reverse().Select(outer => new ContainingType(Keyword(outer), outer.Name)).ToEquatableArray(),
        Keyword(type),
        type.Name)
    {
        Methods = Overloads(type).Select(Signature).ToEquatableArray(),
    };

    /// <summary>The type's own methods that are called like generated ones.</summary>
    private static IEnumerable<IMethodSymbol> Overloads(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().Where(method => !method.IsGenericMethod && TypeTarget.MethodNames.Contains(method.Name));

    private static EquatableArray<MemberPlace> MemberPlaces(INamedTypeSymbol type) => type.GetMembers().Where(IsReserved).Select(member => (Symbol: member, member.Name))
        .Concat(Overloads(type).Select(method => (Symbol: (ISymbol)method, Name: Signature(method))))
        .Select(member => new MemberPlace(member.Name, SourcePlace.Of(member.Symbol.Locations.FirstOrDefault())))
        .ToEquatableArray();

    private static string Signature(IMethodSymbol method) => $"{method.Name}({string.Join(", ", method.Parameters.Select(parameter => (parameter.RefKind == RefKind.None ? "" : "ref ") + TypeText(parameter.Type)))})";

    /// <summary>A type in full; by its simple name where it is not known, as the generated state is.</summary>
    private static string TypeText(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Error ? type.Name : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));

    private static string Keyword(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
        TypeKind.Interface => "interface",
        _ => type.IsRecord ? "record" : "class",
    };

    private static IEnumerable<INamedTypeSymbol> Containing(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            yield return outer;
        }
    }

    private static bool IsImplemented(INamedTypeSymbol type, ISymbol member) => Bases(type).Prepend(type).Any(below => below.GetMembers(member.Name).Any(own => own.IsOverride));

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? above = type.BaseType; above is not null; above = above.BaseType)
        {
            yield return above;
        }
    }

    private static bool IsPartial(TypeDeclarationSyntax syntax) => syntax.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static AttributeData? Find(INamedTypeSymbol type, string name) =>
        type.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == name);

    private static AttributeData[] Modes(INamedTypeSymbol type) =>
        [.. type.GetAttributes().Where(a => a.AttributeClass?.ToDisplayString() == AttributeNames.Mode)];
}
