using System;

namespace OperatorGen.Analysis;

/// <summary>
/// The logarithm of a signature in the Lyndon basis: log S = sum over the Lyndon words of c_w P_w. These coordinates say all that the signature says, in the fewest numbers. A logarithm of
/// iterated sums is no sum of brackets: they obey the quasi-shuffle instead of the shuffle, and have no log-signature of this kind.
/// </summary>
public sealed class LogSignature
{
    private readonly double[] _coordinates;

    /// <summary>A log-signature of these coordinates, which are copied.</summary>
    /// <param name="basis">The Lyndon words with their brackets.</param>
    /// <param name="coordinates">c, [Lyndon word].</param>
    /// <exception cref="ArgumentException">There is not one coordinate per Lyndon word.</exception>
    public LogSignature(LyndonBasis basis, ReadOnlySpan<double> coordinates)
    {
        Basis = basis ?? throw new ArgumentNullException(nameof(basis));
        _coordinates = coordinates.Length == basis.Words.Count
            ? coordinates.ToArray()
            : throw new ArgumentException(FormattableString.Invariant($"{coordinates.Length} coordinates; the basis has {basis.Words.Count} words, and each needs one."), nameof(coordinates));
    }

    /// <summary>The Lyndon words with their brackets.</summary>
    public LyndonBasis Basis { get; }

    /// <summary>c, [Lyndon word], in the order of <see cref="LyndonBasis.Words"/>.</summary>
    public ReadOnlySpan<double> Coordinates => _coordinates;

    /// <summary>The log-signature of a path.</summary>
    /// <param name="signature">The path so far.</param>
    /// <param name="basis">The Lyndon basis of the same words, which serves any number of paths.</param>
    /// <exception cref="ArgumentException">The words are others, or the signature is one of iterated sums.</exception>
    public static LogSignature Of(Signature signature, LyndonBasis basis) => (signature ?? throw new ArgumentNullException(nameof(signature))).Kind == PathKind.IteratedSums
        ? throw new ArgumentException("Iterated sums have no coordinates on brackets, since they do not obey the shuffle product. ToSeries().Log() is their logarithm, in words.", nameof(signature))
        : new(basis, (basis ?? throw new ArgumentNullException(nameof(basis))).Coordinates(signature.ToSeries().Log()));

    /// <summary>log S in words.</summary>
    public TensorSeries ToSeries() => Basis.Expand(_coordinates);

    /// <summary>S = exp(log S).</summary>
    public TensorSeries ToSignature() => ToSeries().Exp();
}
