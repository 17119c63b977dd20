namespace OperatorGen.Symbolics;

/// <summary>Coefficients that can also be divided.</summary>
/// <typeparam name="T">The coefficients.</typeparam>
public interface IField<T> : IRing<T>
{
    /// <summary>a / b.</summary>
    T Divide(T a, T b);
}
