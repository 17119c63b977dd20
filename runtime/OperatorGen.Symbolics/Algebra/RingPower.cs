namespace OperatorGen.Symbolics;

/// <summary>Powers of coefficients.</summary>
internal static class RingPower
{
    /// <summary>a to an exponent of at least 0, by repeated squaring; a^0 is 1.</summary>
    public static T Of<T, TRing>(T a, int exponent)
        where TRing : struct, IRing<T>
    {
        TRing ring = default;
        T power = ring.One;
        T square = a;
        for (int rest = exponent; rest > 0; rest >>= 1)
        {
            power = (rest & 1) == 0 ? power : ring.Multiply(power, square);
            square = rest == 1 ? square : ring.Multiply(square, square);
        }

        return power;
    }
}
