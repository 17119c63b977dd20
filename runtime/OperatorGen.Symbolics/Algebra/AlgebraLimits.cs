using System.Threading;

namespace OperatorGen.Symbolics;

/// <summary>How much an operation on polynomials may grow, and how it is stopped.</summary>
/// <param name="Terms">The most terms that a result may have; one more throws <see cref="TermLimitException"/>.</param>
/// <param name="Cancellation">Polled at least every few thousand terms.</param>
public sealed record AlgebraLimits(int Terms, CancellationToken Cancellation = default)
{
    /// <summary>A million terms, not cancellable: what operators use.</summary>
    public static AlgebraLimits Default { get; } = new(1_000_000);
}
