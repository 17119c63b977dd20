using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>The computer algebra that this build of the tool has.</summary>
internal static class SymbolicBackends
{
    /// <summary>The name of general products, which every build has.</summary>
    public const string Own = "own";

    /// <summary>The name of AngouriMath.</summary>
    public const string AngouriMath = "angourimath";

    /// <summary>What expands polynomials by that name.</summary>
    /// <exception cref="UnusableInputException">The tool was built without it.</exception>
    public static IExpander Expander(string name) => name == Own ? new ProductExpander() : Backend();

    /// <summary>AngouriMath.</summary>
    /// <exception cref="UnusableInputException">The tool was built without it.</exception>
    public static ISymbolicBackend Backend() =>
#if USE_ANGOURIMATH
        new OperatorGen.AngouriMath.AngouriMathBackend();
#else
        throw new UnusableInputException(
            "This build of the tool has no AngouriMath. Build it with the package, from a feed that holds AngouriMath 1.4.0:\n"
            + "  dotnet build generator/OperatorGen.Tool -c Release -p:UseAngouriMath=true");
#endif
}
