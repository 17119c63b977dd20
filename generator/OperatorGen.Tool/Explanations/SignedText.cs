using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Explanations;

/// <summary>Numbers that are added up: five digits, with their sign.</summary>
internal static class SignedText
{
    public static string Of(double value) => (value >= 0 ? "+" : "") + NumberText.Format(value, 5);
}
