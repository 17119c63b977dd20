using System;

namespace OperatorGen.Symbolics;

/// <summary>How coefficients of a type are written, and read back.</summary>
/// <typeparam name="T">The coefficients.</typeparam>
public abstract class CoefficientNotation<T>
{
    private static readonly CoefficientNotation<T>? s_default =
        (object)new DoubleNotation() as CoefficientNotation<T>
        ?? (object)new RationalNotation() as CoefficientNotation<T>
        ?? (object)new ComplexNotation() as CoefficientNotation<T>;

    /// <summary>The notation of double, <see cref="BigRational"/> or <see cref="ComplexNumber"/>.</summary>
    /// <exception cref="NotSupportedException">T is another type.</exception>
    public static CoefficientNotation<T> Default =>
        s_default ?? throw new NotSupportedException("There is a notation for double, BigRational and ComplexNumber.");

    /// <summary>True where the coefficient is written as a minus sign before its negation.</summary>
    public abstract bool IsNegative(T value);

    /// <summary>-a.</summary>
    public abstract T Negate(T value);

    /// <summary>True for 1, which is not written before variables.</summary>
    public abstract bool IsOne(T value);

    /// <summary>A coefficient that is not negative, in text.</summary>
    public abstract string Text(T value);

    /// <summary>A coefficient that is not negative, in LaTeX mathematics.</summary>
    public abstract string Latex(T value);

    /// <summary>The coefficient as a JSON value in doubles; <c>null</c> stands for what JSON has no number for.</summary>
    public abstract string Json(T value);

    /// <summary>The exact coefficient as a JSON value.</summary>
    public abstract string ExactJson(T value);

    /// <summary>Reads what <see cref="Text"/> writes.</summary>
    public abstract bool TryParse(string text, out T value);
}
