namespace OperatorGen.Tool;

/// <summary>What the tool's process returns.</summary>
public static class ExitCode
{
    /// <summary>Everything went well.</summary>
    public const int Success = 0;

    /// <summary>The work found an error: a fault of a model, a tensor out of tolerance.</summary>
    public const int Failure = 1;

    /// <summary>There was nothing to work on: the command line or a file cannot be used.</summary>
    public const int Unusable = 2;

    /// <summary>The user ended the work: 128 and the number of the signal, as shells have it.</summary>
    public const int Cancelled = 130;
}
