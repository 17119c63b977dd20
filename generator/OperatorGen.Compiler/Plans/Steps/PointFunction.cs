using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>A function of one number that a <see cref="PointwiseStep"/> does.</summary>
/// <param name="Operations">Floating-point operations, as <see cref="StepUses.Operations"/> counts.</param>
public abstract record PointFunction(long Operations)
{
    /// <summary>The function as a formula.</summary>
    /// <param name="x">The argument: one name, a call, or a sum or product.</param>
    public abstract string Of(string x);

    /// <summary>An argument as a factor: in brackets where it is a sum, a product or a negative.</summary>
    private protected static string Factor(string x)
    {
        int depth = 0;
        bool isOne = x[0] != '-';
        foreach (char character in x)
        {
            depth += character switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            isOne &= character != ' ' || depth > 0;
        }

        return isOne ? x : $"({x})";
    }
}

/// <summary>f(x).</summary>
/// <param name="Function">f.</param>
public sealed record MappedPoint(DecoderFunction Function) : PointFunction(FunctionCost.Of(Function))
{
    /// <inheritdoc/>
    public override string Of(string x) => $"{Function.Name}({x})";
}

/// <summary>e^x.</summary>
public sealed record ExponentialPoint() : PointFunction(FunctionCost.Elementary)
{
    /// <inheritdoc/>
    public override string Of(string x) => x.Length == 1 ? "e^" + x : $"e^({x})";
}

/// <summary>A constant times x.</summary>
/// <param name="Value">The constant, as the element type holds it.</param>
public sealed record ScaledPoint(double Value) : PointFunction(1)
{
    /// <inheritdoc/>
    public override string Of(string x) => Value == -1 ? "-" + Factor(x) : $"{NumberText.Format(Value)} {Factor(x)}";
}

/// <summary>factor x + summand, each of a table of two rows; both are 0 on padding.</summary>
/// <param name="Multiplier">What the factor is called; null: it is 1.</param>
/// <param name="Summand">What the summand is called; null: it is 0.</param>
public sealed record AffinePoint(string? Multiplier, string? Summand) : PointFunction((Multiplier is null ? 0 : 1) + (Summand is null ? 0 : 1))
{
    /// <inheritdoc/>
    public override string Of(string x) => (Multiplier is null ? x : $"{Multiplier} {Factor(x)}") + (Summand is null ? "" : " + " + Summand);
}

/// <summary>min(max(x, lower), upper).</summary>
/// <param name="Lower">The lower limit; minus infinity: none.</param>
/// <param name="Upper">The upper limit; infinity: none.</param>
public sealed record ClampedPoint(double Lower, double Upper) : PointFunction(2)
{
    /// <inheritdoc/>
    public override string Of(string x)
    {
        string least = double.IsNegativeInfinity(Lower) ? x : $"max({x}, {NumberText.Format(Lower)})";
        return double.IsPositiveInfinity(Upper) ? least : $"min({least}, {NumberText.Format(Upper)})";
    }
}
