using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace TokenSelections.Construction;

/// <summary>
/// Associative recall, the query last: k_1 v_1 ... k_n v_n q. A key is its phases on a ring of N nodes, e^(2 pi i k key / N). The first layer remembers one token and multiplies the phases
/// of the key by the value that follows it; the second adds these up with eigenvalue 1 and multiplies by the phases of the query,
/// <code>
/// S_k = sum_j v_j e^(-2 pi i k key_j / N)      o = 1/N sum_k S_k e^(2 pi i k q / N)
/// </code>
/// which is the value of the query's key where no other key has its phases: keys are the same modulo N. Both decoders are x^2.
/// </summary>
/// <param name="Nodes">N.</param>
/// <param name="Keys">The number of keys, which are the first tokens; the values follow.</param>
internal sealed record RecallModel(int Nodes, int Keys)
{
    private const double Never = -1000; // the logit of a key

    /// <summary>The number of values, from -1 to 1.</summary>
    public const int Values = 8;

    /// <summary>All tokens.</summary>
    public int Tokens => Keys + Values;

    /// <summary>The value of a token.</summary>
    public static double Value(int value) => -1 + (2.0 * value / (Values - 1));

    /// <summary>The model.</summary>
    public ModelText Build()
    {
        var ring = new Ring(Nodes);

        // x = (cosine and sine of every frequency, without sines that are 0; the value).
        (int K, bool Sine)[] phases = [.. Enumerable.Range(0, ring.Modes).SelectMany(k => ring.IsReal(k) ? [(k, false)] : new[] { (k, false), (k, true) })];
        int width = phases.Length + 1;
        var layer = new StackLayer(width);
        List<IEnumerable<Weighted>> stored = [], present = [];
        for (int i = 0; i < phases.Length; i++)
        {
            // Read before the update, a mode with eigenvalue 0 is the token before.
            stored.Add(Products.Quadratic(layer, LinearForm.Re(layer.Mode(0, i)), LinearForm.Input(phases.Length)));
            present.Add(Products.QuadraticCopy(layer, LinearForm.Input(i)));
        }

        foreach (IEnumerable<Weighted> output in stored.Concat(present))
        {
            layer.Output(output);
        }

        var next = new StackLayer(2 * phases.Length);
        var o = new List<Weighted>();
        for (int i = 0; i < phases.Length; i++)
        {
            LinearForm sum = LinearForm.Re(next.Mode(1, i)), query = LinearForm.Re(next.Mode(0, phases.Length + i));
            o.AddRange(Weighted.Times((double)ring.Multiplicity(phases[i].K) / Nodes, Products.Quadratic(next, sum, query)));
        }

        for (int token = 0; token < Tokens; token++)
        {
            double value = token < Keys ? 0 : Value(token - Keys);
            next.Output(Weighted.Times(2 * value, o), token < Keys ? Never : -value * value);
        }

        return new ModelText(layer, next)
        {
            Decoders = ["polynomial(0, 0, 1)"],
            Reads = ["before", "after"],
            Expansion = "exact",
            Order = 2,
            MaxLength = 2 * Tokens,
            Labels = [.. Enumerable.Range(0, Keys).Select(key => $"k{key}"), .. Enumerable.Range(0, Values).Select(value => $"v{value}")],
            Outer = [new("embedding.weight", [Tokens, width], [.. Enumerable.Range(0, Tokens).SelectMany(token => Row(ring, phases, token))])],
        };
    }

    private IEnumerable<double> Row(Ring ring, (int K, bool Sine)[] phases, int token) =>
        phases.Select(phase => token >= Keys ? 0 : phase.Sine ? ring.Root(phase.K * token).Imaginary : ring.Root(phase.K * token).Real).Append(token < Keys ? 0 : Value(token - Keys));
}
