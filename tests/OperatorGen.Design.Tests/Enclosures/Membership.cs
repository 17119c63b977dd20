using OperatorGen.Symbolics;

namespace OperatorGen.Design.Tests.Enclosures;

/// <summary>What tests ask of intervals beyond what the product does.</summary>
internal static class Membership
{
    /// <summary>True where the rational number is a member.</summary>
    public static bool ContainsRational(this Interval interval, BigRational x) =>
        (interval.Low == double.NegativeInfinity || BigRational.FromDouble(interval.Low) <= x)
        && (interval.High == double.PositiveInfinity || x <= BigRational.FromDouble(interval.High));
}
