namespace OperatorGen.Models;

/// <summary>The numbers that a state is made of.</summary>
public enum Field
{
    /// <summary>Real numbers.</summary>
    Real,

    /// <summary>Complex numbers, stored as (re, im).</summary>
    Complex,
}
