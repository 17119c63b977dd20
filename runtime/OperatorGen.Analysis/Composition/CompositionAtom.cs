using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What a composed operator multiplies: the readout of the first layer, the stream that enters it, or the response of a later channel to a
/// product of atoms, <c>F(t) = sum_sigma K_c(sigma) product(t - sigma)</c>.
/// </summary>
/// <param name="Layer">The layer whose channel responds; -1 for the encoded stream itself, which a residual passes on.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Source">What drives the channel, a product of atoms; the empty product for atoms of the first layer and of the stream.</param>
/// <param name="Grade">The total order in the readouts of the first layer (and the stream).</param>
public sealed record CompositionAtom(int Layer, int Channel, Monomial Source, int Grade);
