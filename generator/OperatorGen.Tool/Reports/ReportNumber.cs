using System;
using System.Globalization;
using System.Numerics;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Reports;

/// <summary>Numbers as a report shows them: rounded to five digits; the JSON beside it has all of them.</summary>
internal static class ReportNumber
{
    private const int Digits = 5;
    private const double Great = 1e7; // from here on with an exponent

    /// <summary>A number.</summary>
    public static string Text(double value) => double.IsPositiveInfinity(value) ? "∞"
        : (Math.Abs(value) >= Great ? value.ToString("0.####e0", CultureInfo.InvariantCulture) : NumberText.Format(value, Digits)).Replace('-', '−');

    /// <summary>A number of things, in groups of three digits.</summary>
    public static string Count(BigInteger value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    /// <summary>A number with its sign.</summary>
    public static string Signed(double value) => (value > 0 ? "+" : "") + Text(value);
}
