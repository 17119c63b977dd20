using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace TokenSelections.Construction;

/// <summary>
/// A string is copied by three waves on a ring of N modes. The tokens are the codes v, a start marker at step t_0, a stop marker at step t_B and a blank.
/// <code>
/// s_k = sum_tau lambda_k^(t - tau) v(tau)      m_k = lambda_k^(t - t_0)      b_k = lambda_k^(t - t_B)
/// o(t) = 1/N sum_k s_k conj(m_k) b_k = v(t - t_B + t_0)      places modulo N
/// </code>
/// A logit is <c>2 c o - c^2</c> for a token of code c: greatest for the nearest code.
/// </summary>
internal static class CopyModels
{
    /// <summary>The number of codes, from -1 to 1.</summary>
    public const int Codes = 8;

    /// <summary>The tokens that are no codes.</summary>
    public const int Start = Codes, Stop = Codes + 1, Blank = Codes + 2, Tokens = Codes + 3;

    /// <summary>The modes of the ring.</summary>
    public const int Nodes = 32;

    private const double Never = -1000; // the logit of what is no code

    /// <summary>The codes.</summary>
    public static double Code(int token) => -1 + (2.0 * token / (Codes - 1));

    /// <summary>One layer whose decoder is x^3: the product of three waves by four cubes.</summary>
    public static ModelText Cubic()
    {
        var ring = new Ring(Nodes);
        var layer = new StackLayer(3);
        (int[] string_, int[] start, int[] stop) = (Modes(layer, ring, 0), Modes(layer, ring, 1), Modes(layer, ring, 2));
        var sum = new List<Weighted>();
        for (int k = 0; k < ring.Modes; k++)
        {
            // Re(s conj(m) b) = Re s Re m Re b + Im s Im m Re b - Im s Re m Im b + Re s Im m Im b.
            foreach ((bool s, bool m, bool b, int sign) in ring.IsReal(k) ? s_realProducts : s_products)
            {
                sum.AddRange(Weighted.Times(
                    (double)sign * ring.Multiplicity(k) / Nodes,
                    Products.Cubic(layer, Part(string_[k], s), Part(start[k], m), Part(stop[k], b))));
            }
        }

        Logits(layer, sum);
        return Model("polynomial(0, 0, 0, 1)", "exact", layer);
    }

    /// <summary>SSM + GELU-FNN, twice: the first layer makes s_k conj(m_k) and passes the stop marker on, the second multiplies with b_k.</summary>
    /// <param name="first">The scale of the arguments in the first layer.</param>
    /// <param name="second">The scale in the second.</param>
    public static ModelText Gelu(double first, double second)
    {
        var ring = new Ring(Nodes);
        var layer = new StackLayer(3);
        (int[] string_, int[] start) = (Modes(layer, ring, 0), Modes(layer, ring, 1));
        int stop = layer.Mode(0, 2);
        double size = 1 / Math.Sqrt(Nodes); // s_k is a sum of up to N codes: so it is about as large as the other two waves
        var products = new List<(IEnumerable<Weighted> Re, IEnumerable<Weighted> Im)>();
        for (int k = 0; k < ring.Modes; k++)
        {
            LinearForm sr = size * LinearForm.Re(string_[k]), si = size * LinearForm.Im(string_[k]), mr = LinearForm.Re(start[k]), mi = LinearForm.Im(start[k]);
            products.Add(ring.IsReal(k)
                ? (Products.Gelu(layer, sr, mr, first), [])
                : ([.. Products.Gelu(layer, sr, mr, first), .. Products.Gelu(layer, si, mi, first)], [.. Products.Gelu(layer, si, mr, first), .. Weighted.Times(-1, Products.Gelu(layer, sr, mi, first))]));
        }

        IEnumerable<Weighted> marker = Products.GeluCopy(layer, LinearForm.Re(stop));
        foreach ((IEnumerable<Weighted> re, IEnumerable<Weighted> im) in products)
        {
            layer.Output(re);
            layer.Output(im);
        }

        layer.Output(marker);
        var next = new StackLayer((2 * ring.Modes) + 1);
        int[] b = Modes(next, ring, 2 * ring.Modes);
        var sum = new List<Weighted>();
        for (int k = 0; k < ring.Modes; k++)
        {
            double weight = ring.Multiplicity(k) / (size * Nodes);
            sum.AddRange(Weighted.Times(weight, Products.Gelu(next, LinearForm.Re(next.Mode(0, 2 * k)), LinearForm.Re(b[k]), second)));
            if (!ring.IsReal(k))
            {
                sum.AddRange(Weighted.Times(-weight, Products.Gelu(next, LinearForm.Re(next.Mode(0, (2 * k) + 1)), LinearForm.Im(b[k]), second)));
            }
        }

        Logits(next, sum);
        return Model("gelu-erf", "taylor", layer, next);
    }

    private static readonly (bool S, bool M, bool B, int Sign)[] s_realProducts = [(false, false, false, 1)];

    private static readonly (bool S, bool M, bool B, int Sign)[] s_products = [(false, false, false, 1), (true, true, false, 1), (true, false, true, -1), (false, true, true, 1)];

    private static LinearForm Part(int mode, bool imaginary) => imaginary ? LinearForm.Im(mode) : LinearForm.Re(mode);

    private static int[] Modes(StackLayer layer, Ring ring, int input) => [.. Enumerable.Range(0, ring.Modes).Select(k => layer.Mode(ring.Root(k), input))];

    private static void Logits(StackLayer layer, List<Weighted> o)
    {
        for (int token = 0; token < Tokens; token++)
        {
            layer.Output(token < Codes ? Weighted.Times(2 * Code(token), o) : [], token < Codes ? -Code(token) * Code(token) : Never);
        }
    }

    private static ModelText Model(string decoder, string expansion, params StackLayer[] layers)
    {
        var embedding = new double[Tokens * 3];
        for (int token = 0; token < Codes; token++)
        {
            embedding[3 * token] = Code(token);
        }

        embedding[(3 * Start) + 1] = 1;
        embedding[(3 * Stop) + 2] = 1;
        return new ModelText(layers)
        {
            Decoders = [decoder],
            Expansion = expansion,
            Order = 3,
            MaxLength = 4 * Nodes,
            Labels = [.. "abcdefgh".Select(letter => letter.ToString()), "start", "stop", "blank"],
            Outer = [new("embedding.weight", [Tokens, 3], embedding)],
        };
    }
}
