using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Says in words how a polynomial was made.</summary>
internal static class ExpansionText
{
    private const int Digits = 6;

    /// <summary>For example <c>order 2, Taylor about 0, converges everywhere</c>.</summary>
    public static string Of(DecoderPolynomial polynomial)
    {
        string order = "order " + NumberText.Format(polynomial.Order) + ", ";
        switch (polynomial.Kind)
        {
            case ExpansionKind.Chebyshev when polynomial.Order > 0:
                double middle = polynomial.Basis.Alpha(0);
                double half = polynomial.Basis.Scale(0);
                return $"{order}Chebyshev on [{Number(middle - half)}, {Number(middle + half)}]";
            case ExpansionKind.Chebyshev:
                return order + "Chebyshev";
            case ExpansionKind.Measure:
                return order + "least squares under the distribution on the calibration set";
        }

        if (polynomial.IsExact)
        {
            return "exact";
        }

        double centre = polynomial.Order > 0 ? polynomial.Basis.Alpha(0) : 0;
        double radius = polynomial.Function.TaylorRadius(centre);
        string distance = centre == 0 ? "|o|" : "|o - " + Number(centre) + "|";
        string converges = double.IsPositiveInfinity(radius) ? "everywhere" : "for " + distance + " < " + Number(radius);
        return $"{order}Taylor about {Number(centre)}, converges {converges}";
    }

    /// <summary>A number, rounded for people.</summary>
    public static string Number(double value) => double.IsPositiveInfinity(value) ? "infinity" : double.IsNegativeInfinity(value) ? "-infinity" : NumberText.Format(value, Digits);

    /// <summary>An interval for people, its ends rounded to the nearest: <c>[-1.5, 2]</c>. JSON has the proven ends.</summary>
    public static string Range(Interval range) => "[" + Number(range.Low) + ", " + Number(range.High) + "]";
}
