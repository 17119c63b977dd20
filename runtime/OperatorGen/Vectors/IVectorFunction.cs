using System.ComponentModel;

namespace OperatorGen.Vectors;

/// <summary>A decoder function of many arguments at a time, written once for every width and both elements.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IVectorFunction
{
    /// <summary>The name in model files.</summary>
    static abstract string Name { get; }

    /// <summary>The function of every lane.</summary>
    static abstract TVector Invoke<TSimd, TVector, T>(TVector x)
        where TSimd : ISimd<TVector, T>
        where TVector : struct
        where T : unmanaged;
}
