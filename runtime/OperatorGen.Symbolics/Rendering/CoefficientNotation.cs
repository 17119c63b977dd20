using System;

namespace OperatorGen.Symbolics;

/// <summary>How coefficients of a type are written, and read back.</summary>
/// <typeparam name="T">The coefficients.</typeparam>
public abstract class CoefficientNotation<T>
{
    private static readonly CoefficientNotation<T>? s_default =
        (object)new DoubleNotation() as CoefficientNotation<T>
        ?? (object)new RationalNotation() as CoefficientNotation<T>;

    /// <summary>The notation of double or <see cref="BigRational"/>.</summary>
    /// <exception cref="NotSupportedException">T is another type.</exception>
    public static CoefficientNotation<T> Default =>
        s_default ?? throw new NotSupportedException("There is a notation for double and BigRational.");

    /// <summary>The coefficient as a tree.</summary>
    public abstract Expression Tree(T value);

    /// <summary>The coefficient as a JSON value in doubles; <c>null</c> stands for what JSON has no number for.</summary>
    public abstract string Json(T value);

    /// <summary>The exact coefficient as a JSON value.</summary>
    public abstract string ExactJson(T value);

    /// <summary>Reads a coefficient that is not negative from the text that <see cref="ExpressionText"/> writes.</summary>
    public abstract bool TryParse(string text, out T value);
}
