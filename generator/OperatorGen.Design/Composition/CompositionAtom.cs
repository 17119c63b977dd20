using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What a composed operator multiplies: the readout of the first layer, the stream that enters it, or the response of a later channel to a
/// product of atoms, <c>F(t) = sum_sigma K_c(sigma) product(t - sigma)</c>. Of a layer whose modes are shared, K_c is the response to the product times its
/// coefficients in the stream: <c>K_c = sum_i drive_i K_ci</c>.
/// </summary>
/// <param name="Layer">The layer whose readout responds; -1 for the encoded stream itself, which a residual passes on.</param>
/// <param name="Channel">The readout, or the element of the stream.</param>
/// <param name="Source">What drives the channel, a product of atoms; the empty product for atoms of the first layer and of the stream.</param>
/// <param name="Grade">The total order in the readouts of the first layer (and the stream).</param>
public sealed record CompositionAtom(int Layer, int Channel, Monomial Source, int Grade)
{
    /// <summary>What the source is times before it enters the cells, [input]; empty for atoms of the first layer and of the stream.</summary>
    public EquatableArray<double> Drive { get; init; } = EquatableArray<double>.Empty;
}
