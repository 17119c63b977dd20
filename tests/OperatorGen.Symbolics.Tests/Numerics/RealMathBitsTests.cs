using System;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Numerics;

/// <summary>The build for netstandard2.0, which a compiler loads, gives the bits of the build for net10.0; both give the bits written here.</summary>
public class RealMathBitsTests
{
    [Theory]
    [InlineData("Exp", 0x70F102F0994F29B6)]
    [InlineData("Expm1", 0x7E08A354D71A85D9)]
    [InlineData("Log", 0xECBDA5897FF2A6E2)]
    [InlineData("Sin", 0xC3B5EB79D3865EF3)]
    [InlineData("Cos", 0x521C6B750C41B530)]
    [InlineData("Tanh", 0x2E5DE2EE85F0B48F)]
    [InlineData("Sigmoid", 0xE7C5EC50ACDE037F)]
    [InlineData("Softplus", 0x0C96D17ECC7F83C3)]
    public void Bits_are_the_same_on_both_frameworks(string name, ulong expected)
    {
        ulong here = Hash(typeof(RealMath).GetMethod(name)!.CreateDelegate<Func<double, double>>());
        ulong there = Hash(NetStandardBuild.Method<Func<double, double>>(typeof(RealMath), name, typeof(double)));
        Assert.Equal($"0x{expected:X16} 0x{expected:X16}", $"0x{here:X16} 0x{there:X16}");
    }

    [Fact]
    public void Atan2_bits_are_the_same_on_both_frameworks()
    {
        var there = NetStandardBuild.Method<Func<double, double, double>>(typeof(RealMath), "Atan2", typeof(double), typeof(double));
        foreach (Func<double, double, double> atan2 in new[] { RealMath.Atan2, there })
        {
            Assert.Equal("0xFE03367780168DF5", $"0x{Hash(x => atan2(x, 0.75 - (x / 3))):X16}");
        }
    }

    /// <summary>FNV-1a over the results at 4,000 arguments: all exponents by a fixed multiplicative sequence, and a fine grid around zero.</summary>
    private static ulong Hash(Func<double, double> function)
    {
        ulong hash = 14695981039346656037;
        ulong word = 1;
        for (int i = 0; i < 4000; i++)
        {
            word = unchecked((word * 6364136223846793005) + 1442695040888963407);
            double wide = BitConverter.Int64BitsToDouble((long)word);
            double x = i % 2 == 0 ? (i - 2000) / 64.0 : double.IsFinite(wide) ? wide : 0;
            double value = function(x);

            // The sign and payload of a NaN are the processor's.
            long bits = double.IsNaN(value) ? 0 : BitConverter.DoubleToInt64Bits(value);
            for (int shift = 0; shift < 64; shift += 8)
            {
                hash = unchecked((hash ^ (byte)(bits >> shift)) * 1099511628211);
            }
        }

        return hash;
    }
}
