using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The functions between an S4Block's stored parameters and Re A, Im A and Delta, by upstream's names.</summary>
internal static class S4BlockTransforms
{
    private const double ReluFloor = 1e-4;

    /// <summary>All names.</summary>
    public static string[] Names { get; } = ["none", "exp", "relu", "sigmoid", "softplus"];

    /// <summary>The function of a name: x, e^x, max(x, 0) + 1e-4, 1 / (1 + e^-x), log(1 + e^x).</summary>
    public static Func<double, double> Of(string name) => name switch
    {
        "none" => x => x,
        "exp" => RealMath.Exp,
        "relu" => x => Math.Max(x, 0) + ReluFloor,
        "sigmoid" => RealMath.Sigmoid,
        "softplus" => RealMath.Softplus,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>The hyperbolic sine, (e^x - e^-x) / 2.</summary>
    public static double Sinh(double x) => (RealMath.Expm1(x) - RealMath.Expm1(-x)) / 2;
}
