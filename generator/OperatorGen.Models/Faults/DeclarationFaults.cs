namespace OperatorGen.Models;

/// <summary>The faults of the declaring C# type. Their place is in C#, so the generator adds it.</summary>
public static class DeclarationFaults
{
    /// <summary>OPG0001.</summary>
    public static Fault NotPartial(string type) =>
        new(FaultKinds.NotPartial, $"'{type}' is not partial, so nothing can be added to it: write 'partial' before 'class' here and on every type around it.", null);

    /// <summary>OPG0002.</summary>
    public static Fault GenericTarget(string type) =>
        new(FaultKinds.GenericTarget, $"'{type}' is generic or inside a generic type; a model has one set of weights, so declare it on a type without type parameters.", null);

    /// <summary>OPG0003.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="found">What it is, for example <c>a struct</c> or <c>static</c>.</param>
    public static Fault NotAnOrdinaryClass(string type, string found) =>
        new(FaultKinds.NotAnOrdinaryClass, $"'{type}' is {found}; a model is declared on a class or a record class that is not static.", null);

    /// <summary>OPG0004.</summary>
    public static Fault FileLocalTarget(string type) =>
        new(FaultKinds.FileLocalTarget, $"'{type}' is file-local, so a generated file cannot add to it: remove the modifier 'file'.", null);

    /// <summary>OPG0005.</summary>
    public static Fault LanguageVersionTooOld(string found, string needed) =>
        new(FaultKinds.LanguageVersionTooOld, $"The project is compiled as C# {found}, the generated code needs C# {needed}: raise <LangVersion> or remove it.", null);

    /// <summary>OPG0006.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="both">True: there is a file and modes; false: there are modes without an attribute that declares a model.</param>
    public static Fault FileOrInline(string type, bool both) =>
        new(FaultKinds.FileOrInline, both
            ? $"'{type}' names a model file and declares modes inline: keep one of the two."
            : $"'{type}' has [Mode] attributes but neither [InlineModel] nor [SequenceModel]: add [InlineModel].", null);

    /// <summary>OPG0007.</summary>
    /// <param name="argument">The argument's name.</param>
    /// <param name="found">What it holds.</param>
    /// <param name="expected">What it may hold, as the end of the sentence "... is expected".</param>
    public static Fault InlineArgument(string argument, string found, string expected) =>
        new(FaultKinds.InlineArgument, $"The argument '{argument}' is {found}; {expected} is expected.", null);

    /// <summary>OPG0007 for a model without modes.</summary>
    public static Fault NoModes() =>
        new(FaultKinds.InlineArgument, "[InlineModel] declares a model without modes: add at least one [Mode(re, im)] beside it.", null);

    /// <summary>OPG0008.</summary>
    public static Fault DeclaredTwice(string type) =>
        new(FaultKinds.DeclaredTwice, $"'{type}' is declared as a model more than once: keep one attribute, on one part of the type.", null);

    /// <summary>OPG0009.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="member">The member that has the name of a generated one; null: the type itself has it.</param>
    public static Fault NameTaken(string type, string? member) =>
        new(FaultKinds.NameTaken, member is null
            ? $"'{type}' is also the name of a generated member: give the type another name."
            : $"'{type}' has a member '{member}' of its own, and a generated one is called so: give the member another name.", null)
        {
            Member = member,
        };

    /// <summary>OPG0009 for an abstract member of a base class, which a generated member would hide.</summary>
    public static Fault AbstractTaken(string type, string owner, string member) =>
        new(FaultKinds.NameTaken, $"'{owner}', a base class of '{type}', has an abstract member '{member}', and a generated one is called so but implements nothing: make it virtual, or give it another name.", null);
}
