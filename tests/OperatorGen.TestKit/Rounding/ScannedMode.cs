using System.Numerics;

namespace OperatorGen.TestKit;

/// <summary>One mode over time: its states and their roundings; <see cref="ModeRounding"/> and <see cref="LookAheadRounding"/> derive them.</summary>
/// <param name="Read">The size of what is read at t of the reference's constants: |s_t|, or the sum of the parts that it is read in.</param>
/// <param name="Local">What step t itself rounds.</param>
/// <param name="Deviation">E_t, how far the code's state can be from s_t, errors of the input left out.</param>
internal sealed record ScannedMode(double[] Read, double[] Local, double[] Deviation)
{
    public static ScannedMode Of(ModeConstants modes, int mode, Approximate[] v, Arithmetic arithmetic)
    {
        if (modes.LooksAhead)
        {
            return LookAheadRounding.Scan(modes, mode, v, arithmetic);
        }

        var scan = new ScannedMode(new double[v.Length], new double[v.Length], new double[v.Length]);
        StoredNumber a = modes.A(mode);
        double step = modes.Kappa * arithmetic.Unit, drive = arithmetic.Gamma(modes.DriveProducts), deviation = 0;
        Complex state = Complex.Zero;
        for (int t = 0; t < v.Length; t++)
        {
            Complex x = Complex.Zero;
            double size = 0, error = 0;
            for (int j = 0; j < modes.InputsPerMode; j++)
            {
                int i = modes.InputOf(mode, j);
                StoredNumber b = modes.B(mode, j);
                x += b.Value * v[t].Value[i];
                size += b.Size * v[t].Magnitude(i);
                error += b.Error * v[t].Magnitude(i);
            }

            scan.Local[t] = (step * ((a.Size * Complex.Abs(state)) + size)) + (a.Error * Complex.Abs(state)) + (drive * size) + error;
            scan.Deviation[t] = deviation = (((a.Size * (1 + step)) + a.Error) * deviation) + scan.Local[t];
            state = (a.Value * state) + x;
            scan.Read[t] = Complex.Abs(state);
        }

        return scan;
    }
}
