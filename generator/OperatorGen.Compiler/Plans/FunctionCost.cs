using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Floating-point operations of a function of one number: what its vector code executes, about.</summary>
public static class FunctionCost
{
    /// <summary>An elementary function, such as e^x.</summary>
    public const long Elementary = 20;

    /// <summary>A decoder function: none for the identity, one for relu, a multiplication and an addition per degree of a polynomial, else an elementary one.</summary>
    public static long Of(DecoderFunction function) => function switch
    {
        Identity => 0,
        Relu => 1,
        PolynomialFunction polynomial => 2L * polynomial.Degree,
        _ => Elementary,
    };
}
