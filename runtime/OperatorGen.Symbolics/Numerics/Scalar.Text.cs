using System;

namespace OperatorGen.Symbolics;

/// <content>The string notation of declarations, and rendering.</content>
public readonly partial struct Scalar
{
    /// <summary>
    /// Reads the string notation: a rational or decimal number, taken exactly (<c>1/3</c>, <c>-0.25</c>, <c>1e-3</c>), or the name of a symbol
    /// (a letter, then letters, digits and underscores), also with a minus before it. <c>nan</c>, <c>inf</c> and <c>infinity</c> in any case are neither.
    /// </summary>
    /// <param name="text">The text, without white space around it.</param>
    /// <param name="value">A rational or a symbol; 0 where the text is neither.</param>
    /// <returns>True where the text is one of the two.</returns>
    public static bool TryParse(string? text, out Scalar value)
    {
        if (BigRational.TryParse(text, out BigRational rational))
        {
            value = FromRational(rational);
            return true;
        }

        bool isNegated = text is { Length: > 0 } && text[0] == '-';
        string? name = isNegated ? text!.Substring(1) : text;
        bool isSymbol = IsSymbolName(name);
        value = isSymbol ? FromSymbol(name!, isNegated) : default;
        return isSymbol;
    }

    /// <summary>The shortest decimal of a double, <c>p/q</c> of a rational, the name of a symbol.</summary>
    public string ToText() => Kind switch
    {
        ScalarKind.Rational => _rational.ToString(),
        ScalarKind.Symbol => Sign + _symbol,
        _ => NumberText.Format(_value),
    };

    /// <summary>The same as a tree.</summary>
    public Expression ToExpression() => Kind switch
    {
        ScalarKind.Rational => new NumberExpression(_rational),
        ScalarKind.Symbol => IsNegated ? -Eq.Symbol(_symbol!) : Eq.Symbol(_symbol!),
        _ => Eq.Number(_value),
    };

    /// <summary>The same as <see cref="ToText"/>.</summary>
    public override string ToString() => ToText();

    private string Sign => IsNegated ? "-" : "";

    private static bool IsSymbolName(string? text)
    {
        if (text is null || text.Length == 0 || !IsLetter(text[0]))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!IsLetter(c) && c is not ((>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return !string.Equals(text, "nan", StringComparison.OrdinalIgnoreCase)
            && !string.Equals(text, "inf", StringComparison.OrdinalIgnoreCase)
            && !string.Equals(text, "infinity", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
