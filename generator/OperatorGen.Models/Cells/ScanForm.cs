namespace OperatorGen.Models;

/// <summary>How modes of one channel each become code; all forms are the same function up to rounding.</summary>
public enum ScanForm
{
    /// <summary>In the form with the least arithmetic that the cell allows, unless its tables become too large.</summary>
    Counted,

    /// <summary>Step by step: s_t = lambda s_(t-1) + v_t, and a read of s_t.</summary>
    StepByStep,

    /// <summary>Two steps at a time: both are read off the state before them, which then moves on by lambda^2. Channels side by side.</summary>
    LookAhead,

    /// <summary>Two steps at a time, with the modes of a channel side by side.</summary>
    LookAheadOfModes,
}
