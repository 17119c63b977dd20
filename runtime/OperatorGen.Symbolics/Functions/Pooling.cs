namespace OperatorGen.Symbolics;

/// <summary>What turns a sequence of rows into one row.</summary>
public enum Pooling
{
    /// <summary>Nothing: one row per time step.</summary>
    None,

    /// <summary>The mean over all time steps.</summary>
    Mean,

    /// <summary>The row of the newest time step.</summary>
    Last,
}
