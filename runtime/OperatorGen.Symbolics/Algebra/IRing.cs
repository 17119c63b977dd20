using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>
/// The arithmetic of coefficients. Implemented by structs without fields and passed as a type parameter, so that the compiler at run time
/// makes one specialised body per coefficient type.
/// </summary>
/// <typeparam name="T">The coefficients.</typeparam>
public interface IRing<T>
{
    /// <summary>0.</summary>
    T Zero { get; }

    /// <summary>1.</summary>
    T One { get; }

    /// <summary>True for 0.</summary>
    bool IsZero(T a);

    /// <summary>a + b.</summary>
    T Add(T a, T b);

    /// <summary>-a.</summary>
    T Negate(T a);

    /// <summary>a b.</summary>
    T Multiply(T a, T b);

    /// <summary>The ring's element for an integer: the nearest one where the ring cannot hold it.</summary>
    T FromInteger(BigInteger value);

    /// <summary>a times a small integer; the integer is taken as <see cref="FromInteger"/> takes it.</summary>
    T Scale(T a, long factor);
}
