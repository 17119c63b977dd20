namespace OperatorGen;

/// <summary>How many products of numbers may be made.</summary>
/// <param name="left">How many.</param>
internal sealed class WorkBudget(long left)
{
    /// <summary>How many are left; none is 0 or below.</summary>
    public long Left { get; private set; } = left;

    /// <summary>Takes some; false where there are not enough.</summary>
    public bool Spend(long products) => (Left -= products) > 0;
}
