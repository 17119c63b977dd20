namespace OperatorGen.TestKit;

/// <summary>What kind of cells a random model has; <see cref="CellClasses"/> says which kind each is.</summary>
public enum CellClass
{
    /// <summary>Modes of one channel each: the S4D kind.</summary>
    Constant,

    /// <summary>Modes of one channel each that a low-rank part couples: the S4 kind.</summary>
    LowRank,

    /// <summary>Modes that all channels share: the S5 and LRU kind.</summary>
    Shared,

    /// <summary>Gates, keys, values and queries of the input, with projection, causal convolution and gate stream; <see cref="SelectiveKind"/> has the kinds.</summary>
    Selective,

    /// <summary>Oscillators that all channels share: the LinOSS kind.</summary>
    Oscillators,

    /// <summary>Linear controlled differential equations, by every step, with dense, triangular and sparse matrices.</summary>
    LinearCde,
}
