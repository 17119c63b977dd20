namespace OperatorGen;

/// <summary>Why a generation gives nothing more.</summary>
public enum GenerationEnd
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>The model chose a stop token, which is not given out.</summary>
    StopToken = 1,

    /// <summary>The text came to a stop string, which is not given out.</summary>
    StopString = 2,

    /// <summary>As many tokens as asked for were given out.</summary>
    Length = 3,
}
