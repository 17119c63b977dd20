namespace OperatorGen;

/// <summary>
/// Which vector width an evaluation uses. All widths run on every machine (a width that the hardware lacks is emulated, slowly);
/// results of one width on one machine are the same to the bit however a sequence is cut.
/// </summary>
public enum VectorWidth
{
    /// <summary>The widest that the hardware runs well.</summary>
    Widest = 0,

    /// <summary>128 bits.</summary>
    Bits128 = 128,

    /// <summary>256 bits.</summary>
    Bits256 = 256,

    /// <summary>512 bits.</summary>
    Bits512 = 512,
}
