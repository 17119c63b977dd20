namespace OperatorGen.Symbolics;

/// <summary>An argument inside a formula: a name as it is, anything longer in parentheses.</summary>
internal static class FormulaArgument
{
    public static string Text(string argument) => IsName(argument) ? argument : "(" + argument + ")";

    public static string Latex(string argument) => IsName(argument) ? argument : @"\left(" + argument + @"\right)";

    private static bool IsName(string argument)
    {
        foreach (char c in argument)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '{' or '}' or '\\' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
