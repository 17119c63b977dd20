using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// Oscillators (z, x)(t) = M (z, x)(t-1) + f u(t), u = sum_i B_i v_i, of which x is read, as a bank of modes. With the eigenvalues of M,
/// <code>
/// lambda = m +- sqrt(q),   m = (M11 + M22) / 2,   q = ((M11 - M22) / 2)^2 + M12 M21
/// x(t) = s_1(t) + s_2(t),   s_k(t) = lambda_k s_k(t-1) + kappa_k u(t),   kappa_k = (M21 f1 + (M22 - lambda_other) f2) / (lambda_k - lambda_other)
/// </code>
/// The two grow without bound as the eigenvalues meet, as 1 / sqrt(A) where A goes to 0, and their sum stays f2. What each tap rounds is at most some u times
/// |kappa_1| + |kappa_2| (q is computed in twice the precision, so that the eigenvalues are right to some u themselves), so (|kappa_1| + |kappa_2|) / |f2| times u
/// is what is lost of the first tap. Up to <see cref="GreatestCondition"/> it is below 2^-43 = 1.2e-13, and an operator in double is right to 12 digits. Beyond, and
/// where there is one eigenvector only, the oscillator stays a block of the components z and x: there is no eigenbasis that a double could hold to the end.
/// </summary>
public static class OscillatorModes
{
    /// <summary>The greatest (|kappa_1| + |kappa_2|) / |f2| with which an oscillator is two modes.</summary>
    public const double GreatestCondition = 1 << 10;

    /// <summary>The bank: modes 2 p and 2 p + 1 are those of oscillator p, or its z and x.</summary>
    /// <param name="inputs">The width of v.</param>
    /// <param name="readouts">The number of readouts.</param>
    /// <param name="transition">M11, M12, M21, M22, f1, f2, [6, oscillator].</param>
    /// <param name="drive">B, [oscillator, input].</param>
    /// <param name="reads">C, [readout, oscillator].</param>
    /// <param name="skip">D, [readout]; null: none.</param>
    public static ModeBank Bank(int inputs, int readouts, double[] transition, ComplexNumber[] drive, ComplexNumber[] reads, double[]? skip)
    {
        int count = transition.Length / 6;
        var eigenvalues = new ComplexNumber[2 * count];
        var b = new ComplexNumber[2 * count * inputs];
        var c = new ComplexNumber[2 * count * readouts];
        List<ModeBlock> blocks = [];
        for (int p = 0; p < count; p++)
        {
            double Entry(int row) => transition[(row * count) + p];
            (ComplexNumber first, ComplexNumber second) = Eigenvalues(Entry(0), Entry(1), Entry(2), Entry(3));
            (eigenvalues[2 * p], eigenvalues[(2 * p) + 1]) = (first, second);
            ComplexNumber difference = first - second;
            ComplexNumber forced = Entry(2) * Entry(4);
            ComplexNumber one = (forced + ((Entry(3) - second) * Entry(5))) / difference;
            ComplexNumber two = (forced + ((Entry(3) - first) * Entry(5))) / (ComplexNumber.Zero - difference);
            bool splits = one.Magnitude + two.Magnitude <= GreatestCondition * Math.Abs(Entry(5)); // false also where there is no number
            if (!splits)
            {
                blocks.Add(new ModeBlock(2 * p, 2, EquatableArray.Of(Entry(0), Entry(1), Entry(2), Entry(3))));
            }

            for (int i = 0; i < inputs; i++)
            {
                ComplexNumber u = drive[(p * inputs) + i];
                b[(2 * p * inputs) + i] = splits ? one * u : Entry(4) * u;
                b[(((2 * p) + 1) * inputs) + i] = splits ? two * u : Entry(5) * u;
            }

            for (int h = 0; h < readouts; h++)
            {
                ComplexNumber read = reads[(h * count) + p];
                c[((h * count) + p) * 2] = splits ? read : ComplexNumber.Zero;
                c[(((h * count) + p) * 2) + 1] = read;
            }
        }

        return ModeBank.Shared(inputs, eigenvalues, b, c, skip, null, blocks);
    }

    private static (ComplexNumber First, ComplexNumber Second) Eigenvalues(double a, double b, double c, double d)
    {
        DoubleDouble half = DoubleDouble.Sum(a, -d) * 0.5;
        DoubleDouble square = (half * half) + DoubleDouble.Product(b, c);
        double q = square.High + square.Low;
        double middle = (a / 2) + (d / 2);
        double root = Math.Sqrt(Math.Abs(q));
        if (q < 0)
        {
            return (new ComplexNumber(middle, root), new ComplexNumber(middle, -root));
        }

        // The greater one by a sum without cancellation; the smaller one by the determinant.
        double great = middle >= 0 ? middle + root : middle - root;
        DoubleDouble determinant = DoubleDouble.Product(a, d) - DoubleDouble.Product(b, c);
        return (great, great == 0 ? 0 : (determinant.High + determinant.Low) / great);
    }
}
