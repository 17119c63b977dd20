using OperatorGen.Vectors;

namespace OperatorGen.Tests.Vectors;

/// <summary>The sine of <see cref="SineCosine"/> as a function of one result.</summary>
internal readonly struct Sine : IVectorFunction
{
    public static string Name => "sine";

    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        SineCosine.Invoke<TSimd, TVector, T>(x, out TVector sine, out _);
        return sine;
    }
}

/// <summary>The cosine of <see cref="SineCosine"/> as a function of one result.</summary>
internal readonly struct Cosine : IVectorFunction
{
    public static string Name => "cosine";

    public static TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        SineCosine.Invoke<TSimd, TVector, T>(x, out _, out TVector cosine);
        return cosine;
    }
}
