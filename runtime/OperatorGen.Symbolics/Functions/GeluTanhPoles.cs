using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// The singularities of tanh(sqrt(2/pi) (x + a x^3)): the points where sqrt(2/pi) (x + a x^3) = i (k + 1/2) pi.
/// The real part of x + a x^3 vanishes on the imaginary axis and on the hyperbola Im^2 = (1/a + Re^2) / 3. On the latter x + a x^3 = i y with
/// y = Im (2 + 8 a Re^2) / 3, which grows with Re; each k >= 0 has one pole in each quadrant there, because y of k = 0 (1.9687) is more than the
/// hyperbola's value at Re = 0 (1.8203). The poles on the axis are further away from every real centre.
/// </summary>
internal static class GeluTanhPoles
{
    // (pi/2) / sqrt(2/pi)
    private const double FirstHeight = 1.9687012432153024;

    public static double Distance(double centre, double a)
    {
        double x = Math.Abs(centre);

        // The point of the hyperbola nearest to the centre: the poles beside it are the nearest ones, because the distance along the hyperbola
        // falls before it and rises after it.
        double height = Height(0.75 * x, a);
        double below = Math.Floor(((height / FirstHeight) - 1) / 2);
        double distance = DistanceOf(Math.Max(below + 1, 0), x, a);
        return below < 0 ? distance : Math.Min(distance, DistanceOf(below, x, a));
    }

    private static double DistanceOf(double k, double centre, double a)
    {
        double target = FirstHeight * ((2 * k) + 1);
        double low = 0;
        double high = 1;
        while (Height(high, a) < target)
        {
            high *= 2;
        }

        // Halving until no double lies between: at most about 1100 steps, usually 55.
        while (true)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                break;
            }

            if (Height(middle, a) < target)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        double imaginary = Imaginary(high, a);
        return Math.Sqrt(((high - centre) * (high - centre)) + (imaginary * imaginary));
    }

    private static double Imaginary(double real, double a) => Math.Sqrt(((1 / a) + (real * real)) / 3);

    private static double Height(double real, double a) => Imaginary(real, a) * (2 + (8 * a * real * real)) / 3;
}
