using System;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Numerics;

/// <summary>The values of IEEE 754 section 9.2 and C99 annex F.9, compared by bits: signed zeros count.</summary>
public class RealMathSpecialValueTests
{
    private const double Infinity = double.PositiveInfinity;
    private const double Nan = double.NaN;
    private const double Pi = 3.1415926535897931;

    [Fact]
    public void Functions_of_one_argument_have_the_values_of_the_standard()
    {
        (string Name, Func<double, double> Function, double Argument, double Value)[] cases =
        [
            ("exp", RealMath.Exp, 0, 1), ("exp", RealMath.Exp, -0.0, 1), ("exp", RealMath.Exp, Infinity, Infinity),
            ("exp", RealMath.Exp, -Infinity, 0), ("exp", RealMath.Exp, Nan, Nan), ("exp", RealMath.Exp, 1, 2.7182818284590451),
            ("exp", RealMath.Exp, 709.78271289338397, 1.7976931348622732E+308), ("exp", RealMath.Exp, 709.78271289338409, Infinity),
            ("exp", RealMath.Exp, -745.13321910194111, 4.94065645841247E-324), ("exp", RealMath.Exp, -745.13321910194122, 0),
            ("exp", RealMath.Exp, double.MaxValue, Infinity), ("exp", RealMath.Exp, -double.MaxValue, 0), ("exp", RealMath.Exp, double.Epsilon, 1),
            ("expm1", RealMath.Expm1, 0, 0), ("expm1", RealMath.Expm1, -0.0, -0.0), ("expm1", RealMath.Expm1, Infinity, Infinity),
            ("expm1", RealMath.Expm1, -Infinity, -1), ("expm1", RealMath.Expm1, Nan, Nan), ("expm1", RealMath.Expm1, -double.Epsilon, -double.Epsilon),
            ("expm1", RealMath.Expm1, 709.78271289338409, Infinity), ("expm1", RealMath.Expm1, -1e300, -1),
            ("log", RealMath.Log, 0, -Infinity), ("log", RealMath.Log, -0.0, -Infinity), ("log", RealMath.Log, 1, 0), ("log", RealMath.Log, -1, Nan),
            ("log", RealMath.Log, -Infinity, Nan), ("log", RealMath.Log, Infinity, Infinity), ("log", RealMath.Log, Nan, Nan),
            ("log", RealMath.Log, double.Epsilon, -744.44007192138122), ("log", RealMath.Log, double.MaxValue, 709.78271289338397),
            ("sin", RealMath.Sin, 0, 0), ("sin", RealMath.Sin, -0.0, -0.0), ("sin", RealMath.Sin, Infinity, Nan), ("sin", RealMath.Sin, -Infinity, Nan),
            ("sin", RealMath.Sin, Nan, Nan), ("sin", RealMath.Sin, double.Epsilon, double.Epsilon), ("sin", RealMath.Sin, Pi, 1.2246467991473532E-16),
            ("cos", RealMath.Cos, 0, 1), ("cos", RealMath.Cos, -0.0, 1), ("cos", RealMath.Cos, Infinity, Nan), ("cos", RealMath.Cos, -Infinity, Nan),
            ("cos", RealMath.Cos, Nan, Nan), ("cos", RealMath.Cos, double.Epsilon, 1), ("cos", RealMath.Cos, Pi, -1),
            ("tanh", RealMath.Tanh, 0, 0), ("tanh", RealMath.Tanh, -0.0, -0.0), ("tanh", RealMath.Tanh, Infinity, 1), ("tanh", RealMath.Tanh, -Infinity, -1),
            ("tanh", RealMath.Tanh, Nan, Nan), ("tanh", RealMath.Tanh, -double.Epsilon, -double.Epsilon), ("tanh", RealMath.Tanh, 1e300, 1),
            ("sigmoid", RealMath.Sigmoid, 0, 0.5), ("sigmoid", RealMath.Sigmoid, Infinity, 1), ("sigmoid", RealMath.Sigmoid, -Infinity, 0), ("sigmoid", RealMath.Sigmoid, Nan, Nan),
            ("softplus", RealMath.Softplus, 0, 0.69314718055994531), ("softplus", RealMath.Softplus, Infinity, Infinity),
            ("softplus", RealMath.Softplus, -Infinity, 0), ("softplus", RealMath.Softplus, Nan, Nan), ("softplus", RealMath.Softplus, double.MaxValue, double.MaxValue),
        ];
        foreach ((string name, Func<double, double> function, double argument, double value) in cases)
        {
            AssertSame(value, function(argument), $"{name}({NumberText.FormatHex(argument)})");
        }
    }

    [Fact]
    public void Atan2_is_that_of_the_standard()
    {
        (double Y, double X, double Value)[] cases =
        [
            (0.0, 1.0, 0.0),
            (-0.0, 1.0, -0.0),
            (0.0, -1.0, Pi),
            (-0.0, -1.0, -Pi),
            (0.0, 0.0, 0.0),
            (-0.0, 0.0, -0.0),
            (0.0, -0.0, Pi),
            (-0.0, -0.0, -Pi),
            (1.0, 0.0, Pi / 2),
            (1.0, -0.0, Pi / 2),
            (-1.0, 0.0, -Pi / 2),
            (1.0, 1.0, Pi / 4),
            (Infinity, Infinity, Pi / 4),
            (Infinity, -Infinity, 2.3561944901923448),
            (-Infinity, Infinity, -Pi / 4),
            (-Infinity, -Infinity, -2.3561944901923448),
            (Infinity, 5.0, Pi / 2),
            (5.0, Infinity, 0.0),
            (-5.0, Infinity, -0.0),
            (5.0, -Infinity, Pi),
            (-5.0, -Infinity, -Pi),
            (Nan, 1.0, Nan),
            (1.0, Nan, Nan),
            (double.Epsilon, double.MaxValue, 0.0),
            (double.Epsilon, -double.MaxValue, Pi),
            (double.MaxValue, double.Epsilon, Pi / 2),
            (double.Epsilon, double.Epsilon, Pi / 4),
            (double.MaxValue, double.MaxValue, Pi / 4),
        ];
        foreach ((double y, double x, double value) in cases)
        {
            AssertSame(value, RealMath.Atan2(y, x), $"atan2({NumberText.FormatHex(y)}, {NumberText.FormatHex(x)})");
        }
    }

    private static void AssertSame(double expected, double actual, string call)
    {
        bool same = double.IsNaN(expected) ? double.IsNaN(actual) : BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual);
        Assert.True(same, $"{call} is {NumberText.FormatHex(actual)}, not {NumberText.FormatHex(expected)}");
    }
}
