using System;

namespace OperatorGen.Analysis;

/// <summary>
/// The constants of complex modes that are evaluated two steps at a time. With sigma = Im lambda^2, and the imaginary part of the state kept as im = Im s / sigma, a block of
/// two samples u1 and u2 is
/// <code>
/// y1 = k0 u1 + sum_n (c re - d im)               y2 = k0 u2 + k1 u1 + sum_n (e re - f im)
/// re' = P re - Q im + (br u1 + u2)               im' = P im + (bi u1 + re)
/// c = Re(w lambda)      d = sigma Im(w lambda)   e = Re(w lambda^2)    f = sigma Im(w lambda^2)
/// P = Re lambda^2       Q = sigma^2              br = Re lambda        bi = Im lambda / sigma
/// k0 = D + sum_n Re w   k1 = sum_n Re(w lambda)
/// </code>
/// which is <c>s_t = lambda s_(t-1) + u_t, y_t = D u_t + sum_n Re(w s_t)</c> twice: nine multiply-adds per mode instead of twelve.
/// <para>
/// All of it is computed in double from the eigenvalues and weights as they are stored, and rounded once. Where the code is in float, P and Q are rounded towards 0, so that a
/// mode does not decay slower than its stored eigenvalue, but for the roundings of double. |sigma| is at least <see cref="LeastSigma"/>, since im would have no bound without one.
/// Of an eigenvalue on an axis im may be 10^15 times Im s: in float, states above 10^23 overflow then, and what weights below 10^-23 add to the output becomes subnormal.
/// </para>
/// </summary>
internal static class LookAhead
{
    /// <summary>Rows of the table before those of the modes: k0 and k1.</summary>
    public const int InputRows = 2;

    /// <summary>Rows of a mode, in the order c, d, e, f, P, Q, br, bi.</summary>
    public const int ModeRows = 8;

    /// <summary>How many of them the first step of a block reads, c and d; the second reads the others.</summary>
    public const int FirstRows = 2;

    /// <summary>The least |sigma|. What replaces a smaller one moves a state by at most this part of itself in two steps.</summary>
    public const double LeastSigma = 1e-15;

    private const double BelowSingle = 1 - (1.0 / (1 << 24));

    /// <summary>Rows of the table.</summary>
    /// <param name="modes">Modes per channel.</param>
    public static int Rows(int modes) => InputRows + (ModeRows * modes);

    /// <summary>Multiply-adds of a channel for a block of two time steps.</summary>
    /// <param name="modes">Modes per channel.</param>
    public static int MultiplyAdds(int modes) => (9 * modes) + 3;

    /// <summary>The table, [row, channel].</summary>
    /// <param name="single">Whether the code is in float; else it is in double.</param>
    /// <param name="modes">Modes per channel.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="eigenvalues">lambda as the code stores it, [mode, (re, im), channel].</param>
    /// <param name="weights">w as the code stores it, [mode, (re, im), channel].</param>
    /// <param name="skip">D as the code stores it, [channel]; null: none.</param>
    public static double[] Table(bool single, int modes, int channels, ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> weights, double[]? skip)
    {
        var table = new double[Rows(modes) * channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double k0 = skip is null ? 0 : skip[channel], k1 = 0;
            for (int n = 0; n < modes; n++)
            {
                int re = (2 * n * channels) + channel, im = re + channels;
                double a = eigenvalues[re], b = eigenvalues[im], wr = weights[re], wi = weights[im];
                double p = (a * a) - (b * b), exact = 2 * a * b;
                double sigma = Math.Abs(exact) >= LeastSigma ? exact : exact < 0 ? -LeastSigma : LeastSigma;
                double c = (wr * a) - (wi * b);
                k0 += wr;
                k1 += c;
                double[] numbers =
                [
                    Round(single, c),
                    Round(single, sigma * ((wr * b) + (wi * a))),
                    Round(single, (wr * p) - (wi * exact)),
                    Round(single, sigma * ((wr * exact) + (wi * p))),
                    Down(single, p),
                    Down(single, sigma * sigma),
                    Round(single, a),
                    Round(single, b / sigma),
                ];
                for (int row = 0; row < ModeRows; row++)
                {
                    table[((InputRows + (ModeRows * n) + row) * channels) + channel] = numbers[row];
                }
            }

            table[channel] = Round(single, k0);
            table[channels + channel] = Round(single, k1);
        }

        return table;
    }

    private static double Round(bool single, double value) => single ? (float)value : value;

    /// <summary>The number of the code's type that is next to the value on the side of 0.</summary>
    private static double Down(bool single, double value)
    {
        double rounded = Round(single, value);
        return Math.Abs(rounded) > Math.Abs(value) ? (float)(rounded * BelowSingle) : rounded;
    }
}
