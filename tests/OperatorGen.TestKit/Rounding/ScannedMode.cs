using System.Numerics;

namespace OperatorGen.TestKit;

/// <summary>One mode over time: its states and their roundings; <see cref="ModeRounding"/> derives them.</summary>
/// <param name="State">s_t of the reference's constants.</param>
/// <param name="Local">What step t itself rounds.</param>
/// <param name="Deviation">E_t, how far the code's state can be from s_t, errors of the input left out.</param>
internal sealed record ScannedMode(Complex[] State, double[] Local, double[] Deviation)
{
    public static ScannedMode Of(ModeConstants modes, int mode, Approximate[] v, Arithmetic arithmetic)
    {
        var scan = new ScannedMode(new Complex[v.Length], new double[v.Length], new double[v.Length]);
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
            scan.State[t] = state = (a.Value * state) + x;
        }

        return scan;
    }
}
