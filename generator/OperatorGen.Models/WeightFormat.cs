namespace OperatorGen.Models;

/// <summary>A format of the elements in a file of weights.</summary>
public enum WeightFormat
{
    /// <summary>The upper half of a single: 8 exponent bits, 7 fraction bits.</summary>
    BFloat16,

    /// <summary>IEEE half.</summary>
    Half,

    /// <summary>IEEE single.</summary>
    Single,

    /// <summary>IEEE double.</summary>
    Double,
}
