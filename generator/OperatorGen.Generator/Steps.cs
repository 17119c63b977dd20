namespace OperatorGen.Generator;

/// <summary>The names of the tracked steps, in the order of the data.</summary>
public static class Steps
{
    /// <summary>A model file is read.</summary>
    public const string Read = "read";

    /// <summary>A type with an attribute is read.</summary>
    public const string Target = "target";

    /// <summary>A target and its file become a declaration.</summary>
    public const string Declare = "declare";

    /// <summary>A declaration becomes a model.</summary>
    public const string Resolve = "resolve";

    /// <summary>A model becomes an operator.</summary>
    public const string Expand = "expand";

    /// <summary>A model becomes plans.</summary>
    public const string Plan = "plan";

    /// <summary>Plans and operator become C#.</summary>
    public const string Emit = "emit";
}
