using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Symbolics.Tests.Numerics;

/// <summary>
/// The bound: double-double leaves a relative error below 2^-80, the short ways for tiny arguments less than 3e-25,
/// and the one rounding at the end half an ulp. So the error is at most 0.5 + 2^-19 ulp, and it comes near 0.5 if anything was measured at all.
/// </summary>
public class RealMathAccuracyTests(ITestOutputHelper output)
{
    private const double Bound = 0.5 + (1.0 / (1 << 19));

    [Fact]
    public void Exp_is_rounded_once_over_the_whole_range() =>
        Check("exp", Arguments(1, 1500, Uniform(-746, 709.7), Logarithmic(-60, 9)), RealMath.Exp, (x, bits) => FixedPointOracle.Exp(FixedPointOracle.FromDouble(x, bits), bits), x => x < 0 ? -1.45 * x : 0);

    [Fact]
    public void Expm1_is_rounded_once_over_the_whole_range() =>
        Check("expm1", Arguments(2, 1500, Uniform(-60, 60), Uniform(-709, 709.7), Logarithmic(-60, 5)), RealMath.Expm1, (x, bits) => FixedPointOracle.Exp(FixedPointOracle.FromDouble(x, bits), bits) - (BigInteger.One << bits), SmallArgument);

    [Fact]
    public void Log_is_rounded_once_over_the_whole_range() =>
        Check("log", Arguments(3, 500, PositiveBits, Near(1)), RealMath.Log, (x, bits) => FixedPointOracle.Log(FixedPointOracle.FromDouble(x, bits), bits), x => 1100);

    [Fact]
    public void Sin_is_rounded_once_for_model_angles() =>
        Check("sin", Arguments(5, 1500, Uniform(-10, 10), Uniform(-1e6, 1e6), Logarithmic(-60, 20), NearMultiplesOfHalfPi), RealMath.Sin, (x, bits) => FixedPointOracle.SinCos(FixedPointOracle.FromDouble(x, bits), bits).Sine, SmallArgument);

    [Fact]
    public void Cos_is_rounded_once_for_model_angles() =>
        Check("cos", Arguments(6, 1500, Uniform(-10, 10), Uniform(-1e6, 1e6), Logarithmic(-60, 20), NearMultiplesOfHalfPi), RealMath.Cos, (x, bits) => FixedPointOracle.SinCos(FixedPointOracle.FromDouble(x, bits), bits).Cosine, SmallArgument);

    [Fact]
    public void Sin_and_cos_are_rounded_once_for_huge_arguments()
    {
        // 6381956970095103 2^797 is the double nearest to a multiple of pi/2 (Muller, Elementary Functions, 2006).
        double[] arguments = [.. Arguments(7, 150, Logarithmic(19, 1023)), Math.ScaleB(6381956970095103, 797), -Math.ScaleB(6381956970095103, 797), double.MaxValue, 1e22];
        Check("sin", arguments, RealMath.Sin, (x, bits) => FixedPointOracle.SinCos(FixedPointOracle.FromDouble(x, bits), bits).Sine, x => 0);
        Check("cos", arguments, RealMath.Cos, (x, bits) => FixedPointOracle.SinCos(FixedPointOracle.FromDouble(x, bits), bits).Cosine, x => 0);
    }

    [Fact]
    public void Atan2_is_rounded_once_in_every_quadrant()
    {
        var random = new Random(8);
        double worst = 0;
        string where = "";
        for (int i = 0; i < 2000; i++)
        {
            double x = (i % 4) switch { 0 => Uniform(-1, 1)(random), 1 => Logarithmic(-40, 40)(random), 2 => Logarithmic(-1070, 1020)(random), _ => random.Next(-40, 40) };
            double y = (i % 4) switch { 0 => Uniform(-1, 1)(random), 1 => Logarithmic(-40, 40)(random), 2 => Logarithmic(-1070, 1020)(random), _ => random.Next(-40, 40) };
            if (x == 0 || y == 0)
            {
                continue;
            }

            // The angle is at least |y/x|/2; beyond 2^-1100 every result is zero or the smallest number.
            int bits = 240 + Math.Clamp(Math.ILogB(x) - Math.ILogB(y), 0, 1100);
            double error = FixedPointOracle.ErrorInUlps(RealMath.Atan2(y, x), FixedPointOracle.Atan2(y, x, bits), bits);
            if (error > worst)
            {
                (worst, where) = (error, Show(y) + ", " + Show(x));
            }
        }

        Report("atan2", worst, where);
    }

    [Fact]
    public void Tanh_is_rounded_once_over_the_whole_range() =>
        Check("tanh", Arguments(9, 1500, Uniform(-20, 20), Uniform(-1, 1), Logarithmic(-60, 6)), RealMath.Tanh, Tanh, SmallArgument);

    [Fact]
    public void Sigmoid_is_rounded_once_over_the_whole_range() =>
        Check("sigmoid", Arguments(10, 1000, Uniform(-40, 40), Uniform(-746, 100), Logarithmic(-60, 9)), RealMath.Sigmoid, Sigmoid, x => 1.45 * Math.Abs(x));

    [Fact]
    public void Softplus_is_rounded_once_over_the_whole_range() =>
        Check("softplus", Arguments(11, 400, Uniform(-40, 40), Uniform(-746, 120), Logarithmic(-60, 9)), RealMath.Softplus, Softplus, x => 1.45 * Math.Abs(x));

    private static BigInteger Tanh(double x, int bits)
    {
        BigInteger one = BigInteger.One << bits;
        BigInteger e = FixedPointOracle.Exp(FixedPointOracle.FromDouble(x, bits) << 1, bits);
        return ((e - one) << bits) / (e + one);
    }

    private static BigInteger Sigmoid(double x, int bits)
    {
        BigInteger one = BigInteger.One << bits;
        BigInteger e = FixedPointOracle.Exp(FixedPointOracle.FromDouble(x, bits), bits);
        return (e << bits) / (e + one);
    }

    private static BigInteger Softplus(double x, int bits) =>
        FixedPointOracle.Log((BigInteger.One << bits) + FixedPointOracle.Exp(FixedPointOracle.FromDouble(x, bits), bits), bits);

    private static double SmallArgument(double x) => Math.Max(0, -2 * Math.ILogB(x));

    /// <summary>Compares at every argument; extraBits says how many bits the result may have behind the point.</summary>
    private void Check(string name, IEnumerable<double> arguments, Func<double, double> function, Func<double, int, BigInteger> oracle, Func<double, double> extraBits)
    {
        double worst = 0;
        string where = "";
        foreach (double x in arguments)
        {
            int bits = 240 + (int)Math.Min(2400, extraBits(x));
            double error = FixedPointOracle.ErrorInUlps(function(x), oracle(x, bits), bits);
            if (!(error <= worst))
            {
                (worst, where) = (error, Show(x));
            }
        }

        Report(name, worst, where);
    }

    private void Report(string name, double worst, string where)
    {
        string message = $"{name}: worst error {worst.ToString("F9", CultureInfo.InvariantCulture)} ulp at {where}";
        output.WriteLine(message);
        Assert.True(worst <= Bound && worst > 0.4, message);
    }

    private static string Show(double x) => x.ToString("R", CultureInfo.InvariantCulture);

    private static double[] Arguments(int seed, int countOfEach, params Func<Random, double>[] kinds)
    {
        var random = new Random(seed);
        var arguments = new double[countOfEach * kinds.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = kinds[i % kinds.Length](random);
        }

        return arguments;
    }

    private static Func<Random, double> Uniform(double low, double high) => random => low + ((high - low) * random.NextDouble());

    /// <summary>Plus or minus m 2^e, m uniform in [1, 2).</summary>
    private static Func<Random, double> Logarithmic(int lowExponent, int highExponent) => random =>
        Math.ScaleB(1 + random.NextDouble(), random.Next(lowExponent, highExponent)) * (random.Next(2) == 0 ? 1 : -1);

    private static double PositiveBits(Random random) => BitConverter.Int64BitsToDouble(random.NextInt64(1, 0x7FF0_0000_0000_0000));

    /// <summary>center plus or minus a power of two from 2^-50 on, above the center only for side 1.</summary>
    private static Func<Random, double> Near(double center, int side = 0) => random =>
        center + (Math.ScaleB(1 + random.NextDouble(), random.Next(-50, -2)) * (side == 1 || random.Next(2) == 0 ? 1 : -1));

    private static double NearMultiplesOfHalfPi(Random random) => Math.BitIncrement(random.Next(-600000, 600000) * (Math.PI / 2));
}
