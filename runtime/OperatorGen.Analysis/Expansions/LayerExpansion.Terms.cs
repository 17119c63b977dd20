using System.Linq;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <content>How many terms a layer has.</content>
public sealed partial class LayerExpansion
{
    /// <summary>
    /// How many terms the layer has. Without a gated linear unit: the monomials in the waves (and the gate stream) of each channel, as far as their coefficients are not 0.
    /// With one: the monomials of degree at most P in all waves of the layer; where readouts share the modes, in the real and imaginary parts of the modes (real parts
    /// alone where all is real), and in the inputs where there are skips.
    /// </summary>
    /// <exception cref="System.InvalidOperationException">The layer is selective: it has no waves.</exception>
    public BigInteger TermCount
    {
        get
        {
            ModeBank bank = Layer.Bank ?? throw new System.InvalidOperationException($"The layer \"{Layer.Name}\" is selective: it has no waves, and no terms.");
            if (Layer.Glu is not null)
            {
                return MonomialCount.UpTo(bank.IsShared ? bank.StateParts + (bank.HasSkip ? bank.Inputs : 0) : Layer.Channels * bank.Summands, Order);
            }

            BigInteger sum = 0;
            for (int c = 0; c < Layer.Channels; c++)
            {
                double[] f = Readouts[c].Monomials();
                double[] q = Layer.Gate is null ? [1] : Gates[c].Monomials();
                for (int degree = 0; degree < f.Length; degree++)
                {
                    int factors = q.Where((coefficient, power) => coefficient != 0 && degree + power <= Order).Count();
                    sum += f[degree] == 0 ? 0 : factors * MonomialCount.UpTo(bank.Summands - 1, degree);
                }
            }

            return sum;
        }
    }
}
