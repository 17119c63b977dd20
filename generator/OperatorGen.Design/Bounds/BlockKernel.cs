using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The part of a kernel that comes from a block, Re(c T^tau b).</summary>
/// <param name="Powers">The block, with bounds of its powers.</param>
/// <param name="Drive">b, [component].</param>
/// <param name="Reads">c, [component]; 0 where a component is not read.</param>
internal sealed record BlockKernel(BlockPowers Powers, ComplexNumber[] Drive, ComplexNumber[] Reads);
