using System;
using System.Numerics;

namespace OperatorGen.Symbolics;

/// <summary>x = k pi/2 + r with |r| at most about pi/4: the reduction of an angle.</summary>
internal static class QuarterTurn
{
    private const double TwoOverPi = 0.63661977236758134;

    /// <summary>Up to here k has 20 bits and its products with 33 bit pieces of pi/2 are exact.</summary>
    private const double LargestForPieces = 1000000;

    /// <summary>Bits of 2/pi: 1024 for the exponent of x and 256 for the rest and its cancellation (no double is nearer to a multiple of pi/2 than 2^-62).</summary>
    private const int TwoOverPiBits = 1280;

    private static readonly BigInteger PiInteger = DoubleDoubleConstants.Pi(TwoOverPiBits + 16);

    private static readonly BigInteger TwoOverPiInteger = (BigInteger.One << ((2 * TwoOverPiBits) + 17)) / PiInteger;

    private static readonly BigInteger HalfPiInteger = PiInteger >> (TwoOverPiBits + 16 + 1 - DoubleDoubleConstants.Bits);

    private static readonly double[] HalfPiPieces = DoubleDoubleConstants.Split(HalfPiInteger, DoubleDoubleConstants.Bits, 33, 5);

    /// <summary>pi / 2.</summary>
    public static readonly DoubleDouble HalfPi = DoubleDoubleConstants.ToDoubleDouble(HalfPiInteger, DoubleDoubleConstants.Bits);

    /// <summary>r of x = k pi/2 + r.</summary>
    /// <param name="x">A finite number of at least 2^-100 in magnitude.</param>
    /// <param name="quadrant">k modulo 4.</param>
    public static DoubleDouble Reduce(double x, out int quadrant) =>
        Math.Abs(x) <= LargestForPieces ? ReduceByPieces(x, out quadrant) : ReduceByInteger(x, out quadrant);

    /// <summary>Cody and Waite (1980): subtract k times pi/2 in pieces.</summary>
    private static DoubleDouble ReduceByPieces(double x, out int quadrant)
    {
        double multiple = Math.Floor((x * TwoOverPi) + 0.5);
        quadrant = (int)multiple & 3;
        DoubleDouble rest = x;
        if (multiple != 0)
        {
            foreach (double piece in HalfPiPieces)
            {
                rest += DoubleDouble.Product(-multiple, piece);
            }
        }

        return rest;
    }

    /// <summary>Payne and Hanek (1983): x 2/pi modulo 4 with as many bits of 2/pi as the exponent of x asks for.</summary>
    private static DoubleDouble ReduceByInteger(double x, out int quadrant)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        long mantissa = (bits & ((1L << 52) - 1)) | (1L << 52);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1075;

        // mantissa 2^exponent 2/pi in units of 2^-256: the bits of 2/pi below are not needed.
        const int FractionBits = 256;
        int dropped = TwoOverPiBits - FractionBits - exponent;
        BigInteger turns = mantissa * (dropped > 0 ? TwoOverPiInteger >> dropped : TwoOverPiInteger << -dropped);
        BigInteger nearest = (turns + (BigInteger.One << (FractionBits - 1))) >> FractionBits;
        BigInteger fraction = turns - (nearest << FractionBits);
        quadrant = (int)(nearest & 3);
        DoubleDouble rest = DoubleDoubleConstants.ToDoubleDouble(fraction, FractionBits) * HalfPi;
        if (bits < 0)
        {
            quadrant = -quadrant & 3;
            rest = -rest;
        }

        return rest;
    }
}
