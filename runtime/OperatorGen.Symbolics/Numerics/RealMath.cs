using System;

namespace OperatorGen.Symbolics;

/// <summary>Stub: replaced by the numerics work.</summary>
public static class RealMath
{
#pragma warning disable RS0030, CS1591
    public static double Exp(double x) => Math.Exp(x);
    public static double Expm1(double x) => Math.Exp(x) - 1;
    public static double Log(double x) => Math.Log(x);
    public static double Log1p(double x) => Math.Log(1 + x);
    public static double Sin(double x) => Math.Sin(x);
    public static double Cos(double x) => Math.Cos(x);
    public static double Atan2(double y, double x) => Math.Atan2(y, x);
    public static double Tanh(double x) => Math.Tanh(x);
    public static double Erf(double x) => x;
    public static double Pow(double x, int n) => Math.Pow(x, n);
#pragma warning restore RS0030, CS1591
}
