using System;
using System.Numerics;

namespace OperatorGen.TestKit;

/// <summary>One oscillator over time: its states and their roundings, z and x; <see cref="SharedOscillatorsRounding"/> derives them.</summary>
/// <param name="Position">x_t of the reference's constants.</param>
/// <param name="Local">What step t itself rounds, in z and in x.</param>
/// <param name="Deviation">E_t of x: how far the code's can be from x_t, errors of the input left out.</param>
internal sealed record ScannedOscillator(Complex[] Position, (double Z, double X)[] Local, double[] Deviation)
{
    public static ScannedOscillator Of(OscillatorConstants constants, int oscillator, Approximate[] v, Arithmetic arithmetic)
    {
        var scan = new ScannedOscillator(new Complex[v.Length], new (double, double)[v.Length], new double[v.Length]);
        StoredNumber[] m = constants.Step(oscillator);
        (double Z, double X)[][] powers = Powers(m, v.Length);
        double step = arithmetic.Gamma(4), drive = arithmetic.Gamma(constants.Inputs);
        (Complex z, Complex x) = (Complex.Zero, Complex.Zero);
        (double ez, double ex) = (0, 0);
        for (int t = 0; t < v.Length; t++)
        {
            Complex u = Complex.Zero;
            double size = 0;
            for (int i = 0; i < constants.Inputs; i++)
            {
                u += constants.B(oscillator, i) * v[t].Value[i];
                size += Complex.Abs(constants.B(oscillator, i)) * v[t].Magnitude(i);
            }

            (double zSize, double xSize) = (Complex.Abs(z) + ez, Complex.Abs(x) + ex);
            double Row(int first) => (step * ((m[first].Size * zSize) + (m[first + 1].Size * xSize) + (m[(first / 2) + 4].Size * size)))
                + (m[first].Error * zSize) + (m[first + 1].Error * xSize) + (m[(first / 2) + 4].Error * size) + (m[(first / 2) + 4].Size * drive * size);
            scan.Local[t] = (Row(0), Row(2));
            (ez, ex) = (0, 0);
            for (int k = 0; k <= t; k++)
            {
                (double Z, double X)[] power = powers[t - k];
                ez += (power[0].Z * scan.Local[k].Z) + (power[1].Z * scan.Local[k].X);
                ex += (power[0].X * scan.Local[k].Z) + (power[1].X * scan.Local[k].X);
            }

            (z, x) = ((m[0].Value * z) + (m[1].Value * x) + (m[4].Value * u), (m[2].Value * z) + (m[3].Value * x) + (m[5].Value * u));
            (scan.Position[t], scan.Deviation[t]) = (x, ex);
        }

        return scan;
    }

    // |M^k|, [k]: what (1, 0) and (0, 1) become.
    private static (double Z, double X)[][] Powers(StoredNumber[] m, int count)
    {
        var powers = new (double Z, double X)[count][];
        (double Z, double X)[] power = [(1, 0), (0, 1)];
        for (int k = 0; k < count; k++)
        {
            powers[k] = Array.ConvertAll(power, column => (Math.Abs(column.Z), Math.Abs(column.X)));
            power = Array.ConvertAll(power, column => ((m[0].Value.Real * column.Z) + (m[1].Value.Real * column.X), (m[2].Value.Real * column.Z) + (m[3].Value.Real * column.X)));
        }

        return powers;
    }
}
