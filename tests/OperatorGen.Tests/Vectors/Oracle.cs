using System;
using System.Collections.Generic;
using System.Numerics;

namespace OperatorGen.Tests.Vectors;

/// <summary>The functions in integer arithmetic, by their textbook series: slow, plain, and right to 200 bits and more.</summary>
internal static class Oracle
{
    private const int Guard = 220;
    private static readonly Dictionary<int, BigInteger> Ln2Cache = [];

    public static FixedPoint Of(string name, double x)
    {
        // Enough bits for the square and the product of a small x, for e^-|4x|, and for gelu's cancellation of e^(x^2/2) twice.
        int bits = Guard + (x == 0 ? 0 : 3 * Math.Max(0, 53 - Math.ILogB(x)));
        double tail = name switch
        {
            "gelu-erf" => 1.5 * Math.Min(x * x, 1800),
            "gelu-tanh" => 1.5 * Math.Min(1.6 * Math.Abs(x) + (0.0714 * Math.Abs(x * x * x)), 1200),
            "relu" or "identity" or "log1p" or "sine" or "cosine" => 0,
            _ => 3 * Math.Min(Math.Abs(x), 1100),
        };
        bits += (int)tail;
        BigInteger X = FixedPoint.Of(x, bits).Mantissa;
        BigInteger one = BigInteger.One << bits;
        BigInteger value = name switch
        {
            "identity" => X,
            "relu" => BigInteger.Max(X, BigInteger.Zero),
            "exp" => Exp(X, bits),
            "sigmoid" => Sigmoid(X, bits),
            "silu" => (X * Sigmoid(X, bits)) >> bits,
            "tanh" => (Sigmoid(2 * X, bits) * 2) - one,
            "softplus" => Softplus(X, bits),
            "gelu-erf" => (X * Phi(X, bits)) >> bits,
            "gelu-tanh" => GeluTanh(X, bits),
            "log1p" => Log(one + X, bits),
            "sine" => Sine(X, bits),
            "cosine" => Sine(X + (Pi(bits) >> 1), bits),
            _ => throw new ArgumentException($"No oracle for '{name}'.", nameof(name)),
        };
        return new FixedPoint(value, bits);
    }

    private static BigInteger Sigmoid(BigInteger x, int bits)
    {
        BigInteger one = BigInteger.One << bits;
        BigInteger e = Exp(-BigInteger.Abs(x), bits);
        return x.Sign >= 0 ? (one << bits) / (one + e) : (e << bits) / (one + e);
    }

    private static BigInteger Softplus(BigInteger x, int bits)
    {
        // log(1 + e) = 2 artanh(e / (2 + e)).
        BigInteger e = Exp(-BigInteger.Abs(x), bits);
        return BigInteger.Max(x, BigInteger.Zero) + (2 * Artanh((e << bits) / ((BigInteger.One << (bits + 1)) + e), bits));
    }

    private static BigInteger GeluTanh(BigInteger x, int bits)
    {
        // u = sqrt(2/pi) (x + 0.044715 x^3); x/2 (1 + tanh u) = x sigmoid(2u).
        BigInteger cube = (((x * x) >> bits) * x) >> bits;
        BigInteger inner = x + (cube * 44715 / 1000000);
        BigInteger root = SquareRoot(((BigInteger.One << ((2 * bits) + 1 + bits)) / Pi(bits)));
        return (x * Sigmoid(2 * ((inner * root) >> bits), bits)) >> bits;
    }

    /// <summary>Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...).</summary>
    private static BigInteger Phi(BigInteger x, int bits)
    {
        if (BigInteger.Abs(x) >> bits > 60)
        {
            return x.Sign > 0 ? BigInteger.One << bits : 0;
        }

        BigInteger square = (x * x) >> bits;
        BigInteger density = (Exp(-square / 2, bits) << bits) / SquareRoot((2 * Pi(bits)) << bits);
        BigInteger sum = 0;
        BigInteger term = x;
        for (int k = 3; !term.IsZero && term != -1; k += 2)
        {
            sum += term;
            term = ((term * square) >> bits) / k;
        }

        return (BigInteger.One << (bits - 1)) + ((density * sum) >> bits);
    }

    private static BigInteger Exp(BigInteger x, int bits)
    {
        const int More = 32;
        if (BigInteger.Abs(x) >> bits > 4000)
        {
            return x.Sign > 0 ? BigInteger.One << (bits + 4000) : 0;
        }

        int working = bits + More;
        BigInteger ln2 = Ln2(working + 16) >> 16;
        x <<= More;
        BigInteger n = x / ln2;
        BigInteger r = (x - (n * Ln2(working + 16) >> 16)) >> 8;
        BigInteger sum = 0;
        BigInteger term = BigInteger.One << working;
        for (int k = 1; !term.IsZero && term != -1; k++)
        {
            sum += term;
            term = ((term * r) >> working) / k;
        }

        for (int square = 0; square < 8; square++)
        {
            sum = (sum * sum) >> working;
        }

        int shift = More - (int)n;
        return shift >= 0 ? sum >> shift : sum << -shift;
    }

    /// <summary>log y = k ln 2 + 2 artanh((m - 1) / (m + 1)), y = 2^k m.</summary>
    private static BigInteger Log(BigInteger y, int bits)
    {
        int k = (int)y.GetBitLength() - bits - 1;
        BigInteger m = k >= 0 ? y >> k : y << -k;
        BigInteger one = BigInteger.One << bits;
        return (k * Ln2(bits)) + (2 * Artanh(((m - one) << bits) / (m + one), bits));
    }

    /// <summary>The series of the sine of what is left of a multiple of pi, which may have any sign.</summary>
    private static BigInteger Sine(BigInteger x, int bits)
    {
        BigInteger pi = Pi(bits + 64);
        BigInteger n = (x << 64) / pi;
        BigInteger r = ((x << 64) - (n * pi)) >> 64;
        BigInteger square = (r * r) >> bits;
        BigInteger sum = 0;
        BigInteger term = r;
        for (int k = 2; !term.IsZero && term != -1; k += 2)
        {
            sum += term;
            term = -((term * square) >> bits) / (k * (k + 1));
        }

        return n.IsEven ? sum : -sum;
    }

    private static BigInteger Artanh(BigInteger s, int bits)
    {
        BigInteger square = (s * s) >> bits;
        BigInteger sum = 0;
        BigInteger power = s;
        for (int k = 1; !power.IsZero; k += 2)
        {
            sum += power / k;
            power = (power * square) >> bits;
        }

        return sum;
    }

    private static BigInteger Ln2(int bits)
    {
        lock (Ln2Cache)
        {
            if (!Ln2Cache.TryGetValue(bits, out BigInteger value))
            {
                // ln 2 = 2 artanh(1/3).
                value = (2 * Artanh((BigInteger.One << (bits + 16)) / 3, bits + 16)) >> 16;
                Ln2Cache.Add(bits, value);
            }

            return value;
        }
    }

    /// <summary>pi = 16 arctan(1/5) - 4 arctan(1/239), Machin.</summary>
    private static BigInteger Pi(int bits)
    {
        return ((16 * Arctan(5)) - (4 * Arctan(239))) >> 16;

        BigInteger Arctan(int inverse)
        {
            BigInteger sum = 0;
            BigInteger power = (BigInteger.One << (bits + 16)) / inverse;
            for (int k = 1; !power.IsZero; k += 2)
            {
                sum += (k & 2) == 0 ? power / k : -(power / k);
                power /= inverse * inverse;
            }

            return sum;
        }
    }

    private static BigInteger SquareRoot(BigInteger value)
    {
        BigInteger root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
