namespace OperatorGen.TestKit;

/// <summary>What kind of cells a random model has.</summary>
public enum CellClass
{
    /// <summary>Modes of one channel each: the S4D kind.</summary>
    Constant,

    /// <summary>Delta, B and C of the input, with projection, causal convolution and gate: the Mamba kind.</summary>
    Selective,
}
