namespace OperatorGen.Streams;

/// <summary>Where states of streams are stored.</summary>
public static class StreamStorage
{
    /// <summary>The name of the grain storage that streams use: any storage of Orleans may be registered by it.</summary>
    public const string ProviderName = "operatorgen-streams";
}
