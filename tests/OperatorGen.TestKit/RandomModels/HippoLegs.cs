using System;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>
/// HiPPO-LegS without noise (Gu et al. 2020, 2022): <c>A_nk = -root((2n+1)(2k+1))</c> below the diagonal, <c>-(n+1)</c> on it, <c>B_n = root(2n+1)</c>,
/// <c>P_n = root(n + 1/2)</c>. A + P P' is normal: its eigenvectors are orthonormal, and in them A is diagonal minus rank 1. A's own eigenvectors are not: their
/// condition number is 8e4, 8e10 and 4e18 at N = 8, 16 and 32.
/// </summary>
public static class HippoLegs
{
    /// <summary>The low-rank modes of some channels with step sizes and output weights of their own.</summary>
    /// <param name="random">Where output weights and D come from.</param>
    /// <param name="modes">Stored modes, N/2.</param>
    /// <param name="deltas">The step sizes, [channel].</param>
    public static LowRankModes Cell(Random random, int modes, params double[] deltas)
    {
        ArgumentNullException.ThrowIfNull(random);
        int size = 2 * modes;
        double[] p = [.. Enumerable.Range(0, size).Select(n => Math.Sqrt(n + 0.5))];
        double[] b = [.. Enumerable.Range(0, size).Select(n => Math.Sqrt((2 * n) + 1))];
        var normal = new RealMatrix(size);
        for (int n = 0; n < size; n++)
        {
            for (int k = 0; k < size; k++)
            {
                // -1/2 on the diagonal, and the antisymmetric part of A.
                normal[n, k] = n == k ? -0.5 : (k < n ? -1 : 1) * p[n] * p[k];
            }
        }

        Eigenbasis basis = Eigenbasis.Of(normal)!;
        var a = new double[2 * modes];
        for (int m = 0; m < modes; m++)
        {
            (a[2 * m], a[(2 * m) + 1]) = (-0.5, basis.Eigenvalues[m].Im);
        }

        EquatableArray<int> shape = EquatableArray.Of(1, modes, 2);
        return new LowRankModes(
            deltas.Length,
            modes,
            1,
            1,
            1,
            new Tensor(shape, a),
            new Tensor(EquatableArray.Of(1, 1, modes, 2), Coordinates(basis, p)),
            new Tensor(EquatableArray.Of(deltas.Length), deltas),
            new Tensor(shape, Coordinates(basis, b)),
            random.Tensor(r => 0.5 * r.Normal() / Math.Sqrt(modes), 1, deltas.Length, modes, 2))
        {
            Skip = random.Tensor(r => r.Normal(), deltas.Length),
        };
    }

    private static double[] Coordinates(Eigenbasis basis, double[] x) =>
        [.. basis.Eigenvalues.SelectMany((_, m) => new[] { basis.Coordinate(m, x).Re, basis.Coordinate(m, x).Im })];
}
