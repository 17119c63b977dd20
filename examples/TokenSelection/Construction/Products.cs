using System;
using System.Collections.Generic;

namespace TokenSelections.Construction;

/// <summary>Products of linear forms by units of one function, so that sums of units are the product.</summary>
internal static class Products
{
    /// <summary><c>x y z = ((x + y + z)^3 - (x + y - z)^3 - (x - y + z)^3 + (x - y - z)^3) / 24</c>: four units of a cubic decoder.</summary>
    public static IEnumerable<Weighted> Cubic(StackLayer layer, LinearForm x, LinearForm y, LinearForm z) =>
    [
        new(layer.Unit(x + y + z), 1.0 / 24), new(layer.Unit(x + y - z), -1.0 / 24), new(layer.Unit(x - y + z), -1.0 / 24), new(layer.Unit(x - y - z), 1.0 / 24),
    ];

    /// <summary><c>x y = ((x + y)^2 - (x - y)^2) / 4</c>: two units of a quadratic decoder.</summary>
    public static IEnumerable<Weighted> Quadratic(StackLayer layer, LinearForm x, LinearForm y) => [new(layer.Unit(x + y), 0.25), new(layer.Unit(x - y), -0.25)];

    /// <summary><c>x = x 1</c> by the same two units.</summary>
    public static IEnumerable<Weighted> QuadraticCopy(StackLayer layer, LinearForm x) => Quadratic(layer, x, LinearForm.Number(1));

    /// <summary>
    /// As <see cref="Quadratic"/>, each square by the even part of GELU, <c>x^2 ~ sqrt(pi / 2) (gelu(e x) + gelu(-e x)) / e^2</c>: four units. GELU is x/2 and an even function with
    /// <c>gelu(x) + gelu(-x) = x erf(x / sqrt 2) = sqrt(2 / pi) (x^2 - x^4 / 6 + ...)</c>, so the relative error is about (e x)^2 / 6.
    /// </summary>
    public static IEnumerable<Weighted> Gelu(StackLayer layer, LinearForm x, LinearForm y, double scale)
    {
        double weight = Math.Sqrt(Math.PI / 2) / (4 * scale * scale);
        return
        [
            new(layer.Unit(scale * (x + y)), weight), new(layer.Unit(-scale * (x + y)), weight), new(layer.Unit(scale * (x - y)), -weight), new(layer.Unit(-scale * (x - y)), -weight),
        ];
    }

    /// <summary><c>x = gelu(x) - gelu(-x)</c>: two units, exactly.</summary>
    public static IEnumerable<Weighted> GeluCopy(StackLayer layer, LinearForm x) => [new(layer.Unit(x), 1), new(layer.Unit(-1 * x), -1)];
}
