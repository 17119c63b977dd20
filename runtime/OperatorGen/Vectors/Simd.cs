using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OperatorGen.Vectors;

/// <summary>
/// Arithmetic on 512, 256 or 128 bits of floats or doubles. Which vector and which element it is are constants to the JIT, so that of each choice here one
/// branch is left.
/// </summary>
/// <typeparam name="TVector"><see cref="Vector512{T}"/>, <see cref="Vector256{T}"/> or <see cref="Vector128{T}"/>.</typeparam>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Simd<TVector, T> : ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>();
    }

    /// <inheritdoc/>
    public static TVector Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => default;
    }

    private static bool Is512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TVector) == typeof(Vector512<T>);
    }

    private static bool Is256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TVector) == typeof(Vector256<T>);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Broadcast(T value) =>
        Is512 ? From(Vector512.Create(value))
        : Is256 ? From(Vector256.Create(value))
        : From(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Constant(double value) =>
        Broadcast(typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(ref readonly T start, nuint offset) =>
        Unsafe.ReadUnaligned<TVector>(ref Unsafe.As<T, byte>(ref Unsafe.Add(ref Unsafe.AsRef(in start), offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TVector value, ref T start, nuint offset) =>
        Unsafe.WriteUnaligned(ref Unsafe.As<T, byte>(ref Unsafe.Add(ref start, offset)), value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Add(TVector a, TVector b) =>
        Is512 ? From(As512<T>(a) + As512<T>(b))
        : Is256 ? From(As256<T>(a) + As256<T>(b))
        : From(As128<T>(a) + As128<T>(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Subtract(TVector a, TVector b) =>
        Is512 ? From(As512<T>(a) - As512<T>(b))
        : Is256 ? From(As256<T>(a) - As256<T>(b))
        : From(As128<T>(a) - As128<T>(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Multiply(TVector a, TVector b) =>
        Is512 ? From(As512<T>(a) * As512<T>(b))
        : Is256 ? From(As256<T>(a) * As256<T>(b))
        : From(As128<T>(a) * As128<T>(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Divide(TVector a, TVector b) =>
        Is512 ? From(As512<T>(a) / As512<T>(b))
        : Is256 ? From(As256<T>(a) / As256<T>(b))
        : From(As128<T>(a) / As128<T>(b));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector MultiplyAdd(TVector a, TVector b, TVector c) => typeof(T) == typeof(float)
        ? Is512 ? From(Vector512.MultiplyAddEstimate(As512<float>(a), As512<float>(b), As512<float>(c)))
            : Is256 ? From(Vector256.MultiplyAddEstimate(As256<float>(a), As256<float>(b), As256<float>(c)))
            : From(Vector128.MultiplyAddEstimate(As128<float>(a), As128<float>(b), As128<float>(c)))
        : Is512 ? From(Vector512.MultiplyAddEstimate(As512<double>(a), As512<double>(b), As512<double>(c)))
            : Is256 ? From(Vector256.MultiplyAddEstimate(As256<double>(a), As256<double>(b), As256<double>(c)))
            : From(Vector128.MultiplyAddEstimate(As128<double>(a), As128<double>(b), As128<double>(c)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector NegateMultiplyAdd(TVector a, TVector b, TVector c) => MultiplyAdd(Negate(a), b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Negate(TVector a) =>
        Is512 ? From(-As512<T>(a))
        : Is256 ? From(-As256<T>(a))
        : From(-As128<T>(a));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Abs(TVector a) =>
        Is512 ? From(Vector512.Abs(As512<T>(a)))
        : Is256 ? From(Vector256.Abs(As256<T>(a)))
        : From(Vector128.Abs(As128<T>(a)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector CopySign(TVector a, TVector sign) =>
        Is512 ? From(Vector512.CopySign(As512<T>(a), As512<T>(sign)))
        : Is256 ? From(Vector256.CopySign(As256<T>(a), As256<T>(sign)))
        : From(Vector128.CopySign(As128<T>(a), As128<T>(sign)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Max(TVector a, TVector b) =>
        Is512 ? From(Vector512.MaxNative(As512<T>(a), As512<T>(b)))
        : Is256 ? From(Vector256.MaxNative(As256<T>(a), As256<T>(b)))
        : From(Vector128.MaxNative(As128<T>(a), As128<T>(b)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Min(TVector a, TVector b) =>
        Is512 ? From(Vector512.MinNative(As512<T>(a), As512<T>(b)))
        : Is256 ? From(Vector256.MinNative(As256<T>(a), As256<T>(b)))
        : From(Vector128.MinNative(As128<T>(a), As128<T>(b)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sqrt(TVector a) =>
        Is512 ? From(Vector512.Sqrt(As512<T>(a)))
        : Is256 ? From(Vector256.Sqrt(As256<T>(a)))
        : From(Vector128.Sqrt(As128<T>(a)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Round(TVector a) => typeof(T) == typeof(float)
        ? Is512 ? From(Vector512.Round(As512<float>(a)))
            : Is256 ? From(Vector256.Round(As256<float>(a)))
            : From(Vector128.Round(As128<float>(a)))
        : Is512 ? From(Vector512.Round(As512<double>(a)))
            : Is256 ? From(Vector256.Round(As256<double>(a)))
            : From(Vector128.Round(As128<double>(a)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LessThan(TVector a, TVector b) =>
        Is512 ? From(Vector512.LessThan(As512<T>(a), As512<T>(b)))
        : Is256 ? From(Vector256.LessThan(As256<T>(a), As256<T>(b)))
        : From(Vector128.LessThan(As128<T>(a), As128<T>(b)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Select(TVector mask, TVector whereSet, TVector whereClear) =>
        Is512 ? From(Vector512.ConditionalSelect(As512<T>(mask), As512<T>(whereSet), As512<T>(whereClear)))
        : Is256 ? From(Vector256.ConditionalSelect(As256<T>(mask), As256<T>(whereSet), As256<T>(whereClear)))
        : From(Vector128.ConditionalSelect(As128<T>(mask), As128<T>(whereSet), As128<T>(whereClear)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ScaleByPowerOfTwo(TVector x, TVector n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Scale(x, n);
        }

        // Two factors of about 2^(n/2): the first product is exact, so that the second rounds once.
        TVector half = Round(Multiply(n, Constant(0.5)));
        return Multiply(Multiply(x, PowerOfTwo(half)), PowerOfTwo(Subtract(n, half)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(TVector a)
    {
        if (Is512)
        {
            return Simd<Vector256<T>, T>.Sum(As512<T>(a).GetLower() + As512<T>(a).GetUpper());
        }

        if (Is256)
        {
            return Simd<Vector128<T>, T>.Sum(As256<T>(a).GetLower() + As256<T>(a).GetUpper());
        }

        Vector128<T> v = As128<T>(a);
        if (typeof(T) == typeof(float))
        {
            v += Vector128.Shuffle(v.AsSingle(), Vector128.Create(2, 3, 0, 1)).As<float, T>();
            return (v + Vector128.Shuffle(v.AsSingle(), Vector128.Create(1, 0, 3, 2)).As<float, T>()).ToScalar();
        }

        return (v + Vector128.Shuffle(v.AsDouble(), Vector128.Create(1L, 0L)).As<double, T>()).ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWidened(TVector a, ref double accumulators, nuint offset)
    {
        if (typeof(T) == typeof(double))
        {
            AddDoubles(a, ref accumulators, offset);
            return;
        }

        TVector lower = Is512 ? From(Vector512.WidenLower(As512<float>(a)))
            : Is256 ? From(Vector256.WidenLower(As256<float>(a)))
            : From(Vector128.WidenLower(As128<float>(a)));
        TVector upper = Is512 ? From(Vector512.WidenUpper(As512<float>(a)))
            : Is256 ? From(Vector256.WidenUpper(As256<float>(a)))
            : From(Vector128.WidenUpper(As128<float>(a)));
        AddDoubles(lower, ref accumulators, offset);
        AddDoubles(upper, ref accumulators, offset + (nuint)(Count / 2));
    }

    /// <summary>Adds a vector that holds doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddDoubles(TVector doubles, ref double accumulators, nuint offset)
    {
        if (Is512)
        {
            (Vector512.LoadUnsafe(ref accumulators, offset) + As512<double>(doubles)).StoreUnsafe(ref accumulators, offset);
        }
        else if (Is256)
        {
            (Vector256.LoadUnsafe(ref accumulators, offset) + As256<double>(doubles)).StoreUnsafe(ref accumulators, offset);
        }
        else
        {
            (Vector128.LoadUnsafe(ref accumulators, offset) + As128<double>(doubles)).StoreUnsafe(ref accumulators, offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Scale(TVector x, TVector n) => typeof(T) == typeof(float)
        ? Is512 ? From(Avx512F.Scale(As512<float>(x), As512<float>(n)))
            : Is256 ? From(Avx512F.VL.Scale(As256<float>(x), As256<float>(n)))
            : From(Avx512F.VL.Scale(As128<float>(x), As128<float>(n)))
        : Is512 ? From(Avx512F.Scale(As512<double>(x), As512<double>(n)))
            : Is256 ? From(Avx512F.VL.Scale(As256<double>(x), As256<double>(n)))
            : From(Avx512F.VL.Scale(As128<double>(x), As128<double>(n)));

    // Adding 1.5 * 2^23 (in double 1.5 * 2^52) puts an integer into the low bits of the significand; with the bias added and shifted into
    // the exponent's place it is the power of two.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfTwo(TVector n) => typeof(T) == typeof(float)
        ? Is512 ? From(Vector512.ShiftLeft(As512<int>(Add(n, Constant(12582912 + 127))), 23))
            : Is256 ? From(Vector256.ShiftLeft(As256<int>(Add(n, Constant(12582912 + 127))), 23))
            : From(Vector128.ShiftLeft(As128<int>(Add(n, Constant(12582912 + 127))), 23))
        : Is512 ? From(Vector512.ShiftLeft(As512<long>(Add(n, Constant(6755399441055744 + 1023))), 52))
            : Is256 ? From(Vector256.ShiftLeft(As256<long>(Add(n, Constant(6755399441055744 + 1023))), 52))
            : From(Vector128.ShiftLeft(As128<long>(Add(n, Constant(6755399441055744 + 1023))), 52));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<TElement> As512<TElement>(TVector a) => Unsafe.BitCast<TVector, Vector512<TElement>>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<TElement> As256<TElement>(TVector a) => Unsafe.BitCast<TVector, Vector256<TElement>>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<TElement> As128<TElement>(TVector a) => Unsafe.BitCast<TVector, Vector128<TElement>>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector From<TOther>(TOther a)
        where TOther : struct => Unsafe.BitCast<TOther, TVector>(a);
}
