using System;

namespace OperatorGen.TestKit;

/// <summary>What happens when a snapshot differs.</summary>
/// <param name="Accept">True: what was received becomes the verified text.</param>
/// <param name="ContinuousIntegration">True on a build server, where accepting is refused.</param>
public sealed record SnapshotMode(bool Accept, bool ContinuousIntegration)
{
    /// <summary>The name of the variable that accepts when it is 1.</summary>
    public const string AcceptVariable = "OPERATORGEN_ACCEPT_SNAPSHOTS";

    /// <summary>What the environment says: <see cref="AcceptVariable"/> = 1 accepts, CI = true refuses to.</summary>
    public static SnapshotMode FromEnvironment() => new(
        Environment.GetEnvironmentVariable(AcceptVariable) == "1",
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase));
}
