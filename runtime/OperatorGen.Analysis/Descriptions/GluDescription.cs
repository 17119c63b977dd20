using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// A gated linear unit: of the mixed channels the first half is the value A and the second the argument Z, and an output is A gate(Z). All units are
/// described by it:
/// <code>
/// value and argument mixed    A = W o', Z = W' o'
/// only the argument mixed     A = o' or o: its rows of the mixing are those of the identity
/// a function at the end       A = 1: its rows of the mixing are 0 and its biases 1
/// </code>
/// with o' = g(o), and o itself for g where <see cref="ReadsReadouts"/> is set.
/// </summary>
/// <param name="Gate">The gate.</param>
/// <param name="ReadsReadouts">True where the value's rows of the mixing are of the readouts o, false where they are of g(o).</param>
public sealed record GluDescription(DecoderFunction Gate, bool ReadsReadouts = false)
{
    /// <summary>The mixing of a unit of which only the argument is mixed.</summary>
    /// <param name="argument">From g(o) to Z.</param>
    public static LinearDescription ValueBeside(LinearDescription argument) => Stacked(argument, 1, 0);

    /// <summary>The mixing of a function at the end.</summary>
    /// <param name="argument">From g(o) to Z.</param>
    public static LinearDescription OneBeside(LinearDescription argument) => Stacked(argument, 0, 1);

    private static LinearDescription Stacked(LinearDescription argument, double diagonal, double one)
    {
        int inputs = argument.Inputs;
        int outputs = argument.Outputs;
        var weight = new double[2 * outputs * inputs];
        var bias = new double[2 * outputs];
        for (int o = 0; o < outputs; o++)
        {
            if (diagonal != 0)
            {
                weight[(o * inputs) + o] = diagonal;
            }

            argument.Row(o).CopyTo(System.MemoryExtensions.AsSpan(weight, (outputs + o) * inputs, inputs));
            bias[o] = one;
            bias[outputs + o] = argument.Bias(o);
        }

        return new LinearDescription(inputs, 2 * outputs, weight, bias);
    }
}
