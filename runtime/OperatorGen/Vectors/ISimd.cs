using System.ComponentModel;

namespace OperatorGen.Vectors;

/// <summary>
/// Arithmetic on one vector of <typeparamref name="T"/>. Generated code is written once against this interface and
/// specialised by the JIT for each width, so that 512, 256 and 128 bits share one text.
/// </summary>
/// <remarks>
/// Every lane is computed from the same lane of the operands only; <see cref="Sum"/> and <see cref="Any"/> are the exceptions.
/// Loads and stores check no bounds: the caller guarantees that <see cref="Count"/> elements lie at the place it names.
/// All widths give the same bits in every lane, because all of them use the same operations of the same machine.
/// </remarks>
/// <typeparam name="TVector">The vector, for example <c>Vector512&lt;float&gt;</c>.</typeparam>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>Zero in every lane.</summary>
    static abstract TVector Zero { get; }

    /// <summary>The value in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>The double rounded to <typeparamref name="T"/>, in every lane: how a literal is written once for both precisions.</summary>
    static abstract TVector Constant(double value);

    /// <summary>The elements from <paramref name="start"/> + <paramref name="offset"/> on; no bounds check.</summary>
    static abstract TVector Load(ref readonly T start, nuint offset);

    /// <summary>Elements that are the upper halves of floats (bfloat16), widened: each is exact.</summary>
    /// <param name="start">The first element of the memory.</param>
    /// <param name="offset">The first element that is loaded.</param>
    static abstract TVector LoadBFloat16(ref readonly ushort start, nuint offset);

    /// <summary>Writes the lanes from <paramref name="start"/> + <paramref name="offset"/> on; no bounds check.</summary>
    static abstract void Store(TVector value, ref T start, nuint offset);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a - b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a / b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a b + c, rounded once where the processor has a fused multiply-add, else twice.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>c - a b, rounded once where the processor has a fused multiply-add, else twice.</summary>
    static abstract TVector NegateMultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>-a.</summary>
    static abstract TVector Negate(TVector a);

    /// <summary>|a|.</summary>
    static abstract TVector Abs(TVector a);

    /// <summary>The magnitude of <paramref name="a"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract TVector CopySign(TVector a, TVector sign);

    /// <summary>The larger. Not-a-number where <paramref name="b"/> is; <paramref name="a"/> must be a number.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The smaller. Not-a-number where <paramref name="b"/> is; <paramref name="a"/> must be a number.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract TVector Sqrt(TVector a);

    /// <summary>The nearest integer; the even one of two that are equally near.</summary>
    static abstract TVector Round(TVector a);

    /// <summary>A mask: all bits set where a &lt; b, none elsewhere, so also none where one is not a number.</summary>
    static abstract TVector LessThan(TVector a, TVector b);

    /// <summary><paramref name="whereSet"/> in the lanes whose mask is set, <paramref name="whereClear"/> in the others.</summary>
    static abstract TVector Select(TVector mask, TVector whereSet, TVector whereClear);

    /// <summary>One of three constants, rounded to <typeparamref name="T"/>: in the lanes of the first mask, in those of the second, in the others. No lane is in both.</summary>
    static abstract TVector Pick(TVector first, TVector second, double ofFirst, double ofSecond, double ofOthers);

    /// <summary>
    /// x 2^n for integral n, rounded once (so underflow is gradual), for 2^-40 &lt;= |x| &lt;= 2 and |n| &lt;= 170 in float,
    /// |n| &lt;= 1200 in double. An x that is not a number stays so.
    /// </summary>
    static abstract TVector ScaleByPowerOfTwo(TVector x, TVector n);

    /// <summary>The integer n with 2^n &lt;= |a| &lt; 2^(n+1) where a is normal; elsewhere an integer without a meaning.</summary>
    static abstract TVector Exponent(TVector a);

    /// <summary>Whether the mask is set in a lane.</summary>
    static abstract bool Any(TVector mask);

    /// <summary>The sum of the lanes in a fixed order: upper half added to lower half until one is left.</summary>
    static abstract T Sum(TVector a);

    /// <summary>Adds the lanes, widened exactly, to <see cref="Count"/> doubles from <paramref name="accumulators"/> + <paramref name="offset"/> on; no bounds check.</summary>
    static abstract void AddWidened(TVector a, ref double accumulators, nuint offset);
}
