using System;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Numerics;

/// <summary>The build for netstandard2.0 has its own 128-bit product and bit count; its texts and numbers are those of the build for net10.0.</summary>
public class NumberTextFrameworkTests
{
    private delegate bool Parser(ReadOnlySpan<char> text, out double value);

    [Fact]
    public void Texts_and_numbers_are_the_same_on_both_frameworks()
    {
        var formatDouble = NetStandardBuild.Method<Func<double, string>>(typeof(NumberText), "Format", typeof(double));
        var formatFloat = NetStandardBuild.Method<Func<float, string>>(typeof(NumberText), "Format", typeof(float));
        var formatDigits = NetStandardBuild.Method<Func<double, int, string>>(typeof(NumberText), "Format", typeof(double), typeof(int));
        var formatHex = NetStandardBuild.Method<Func<double, string>>(typeof(NumberText), "FormatHex", typeof(double));
        var parse = NetStandardBuild.Method<Parser>(typeof(NumberText), "TryParse", typeof(ReadOnlySpan<char>), typeof(double).MakeByRefType());
        var random = new Random(8);
        for (int i = 0; i < 20_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            float single = BitConverter.Int32BitsToSingle(random.Next());
            Assert.Equal(NumberText.Format(value), formatDouble(value));
            Assert.Equal(NumberText.Format(single), formatFloat(single));
            Assert.Equal(NumberText.Format(value, (i % 17) + 1), formatDigits(value, (i % 17) + 1));
            Assert.Equal(NumberText.FormatHex(value), formatHex(value));

            // With digits behind the shortest text, the way over big integers is taken as well.
            string text = NumberText.Format(Math.Abs(value % 1e9), 17) + (i % 2 == 0 ? "" : "e-" + i % 300);
            bool here = NumberText.TryParse(text.AsSpan(), out double valueHere);
            bool there = parse(text.AsSpan(), out double valueThere);
            Assert.Equal(here, there);
            Assert.Equal(BitConverter.DoubleToInt64Bits(valueHere), BitConverter.DoubleToInt64Bits(valueThere));

            text = "0." + new string('9', i % 40) + i + "4999999999999999999e" + ((i % 600) - 300);
            Assert.True(NumberText.TryParse(text.AsSpan(), out valueHere) && parse(text.AsSpan(), out valueThere));
            Assert.Equal(BitConverter.DoubleToInt64Bits(valueHere), BitConverter.DoubleToInt64Bits(valueThere));
        }
    }
}
