using System;
using System.Numerics;

namespace TokenSelections.Construction;

/// <summary>The modes of a ring of N nodes: <c>lambda_k = e^(2 pi i k / N)</c>, k = 0 .. N/2, of which all but the first and the last are one of a conjugate pair.</summary>
/// <param name="Nodes">N, a multiple of 8.</param>
internal sealed record Ring(int Nodes)
{
    /// <summary>How many modes are stored.</summary>
    public int Modes => (Nodes / 2) + 1;

    /// <summary>How many modes of the ring a stored one stands for.</summary>
    public int Multiplicity(int k) => IsReal(k) ? 1 : 2;

    /// <summary>Whether an eigenvalue is 1 or -1.</summary>
    public bool IsReal(int k) => k == 0 || k == Nodes / 2;

    /// <summary><c>e^(2 pi i k / N)</c>; of multiples of an eighth of a turn and their mirror images the same bits.</summary>
    public Complex Root(int k)
    {
        int eighth = Nodes / 8;
        int place = ((k % Nodes) + Nodes) % Nodes;
        (int octant, int rest) = Math.DivRem(place, eighth);
        double half = Math.Sqrt(0.5);
        (double sin, double cos) = octant % 2 == 1 && rest == 0 ? (half, half) : Math.SinCos(2 * Math.PI * (octant % 2 == 0 ? rest : eighth - rest) / Nodes);
        (double c, double s) = octant % 2 == 0 ? (cos, sin) : (sin, cos); // of the angle within the quarter
        return (octant / 2) switch
        {
            0 => new Complex(c, s),
            1 => new Complex(-s, c),
            2 => new Complex(-c, -s),
            _ => new Complex(s, -c),
        };
    }
}
