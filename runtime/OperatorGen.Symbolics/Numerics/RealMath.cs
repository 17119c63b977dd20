namespace OperatorGen.Symbolics;

/// <summary>
/// Elementary functions with the same bits on every host: nothing but IEEE + - * / and integer operations, computed in double-double and rounded once.
/// The error is below 0.50001 units in the last place, subnormal results included; special values are those of IEEE 754 (section 9.2).
/// </summary>
public static partial class RealMath
{
    private const double Tiny = 1.0 / (1 << 30);

    private static readonly double[] LogarithmOfTwoPieces =
        DoubleDoubleConstants.Split(DoubleDoubleConstants.LogarithmOfTwo(DoubleDoubleConstants.Bits), DoubleDoubleConstants.Bits, 41, 3);
}
