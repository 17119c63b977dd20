namespace OperatorGen.Analysis;

/// <summary>What carries a selective state from one step to the next. A signal has P blocks, and cell g of G has block g P / G, rounded down.</summary>
public abstract record SelectiveGate
{
    private protected SelectiveGate()
    {
    }
}

/// <summary>a = e^(Delta A): constant eigenvalues and a step size, which multiplies the input too (Mamba).</summary>
/// <param name="Rates">A, [cell] or [cell, key], (re, im) side by side where the state is complex.</param>
/// <param name="Delta">The number of the step size's signal.</param>
public sealed record StepGate(double[] Rates, int Delta) : SelectiveGate;

/// <summary>a = e^g of a log-gate.</summary>
/// <param name="Signal">The number of g's signal.</param>
/// <param name="PerKey">Whether each key has a gate of its own.</param>
public sealed record LogGate(int Signal, bool PerKey) : SelectiveGate;

/// <summary>a is a signal, one per cell; pairs (re, im) where the state is complex.</summary>
/// <param name="Signal">The number of the signal.</param>
public sealed record GivenGate(int Signal) : SelectiveGate;

/// <summary>a is a constant per cell (RetNet).</summary>
/// <param name="Factors">[cell].</param>
public sealed record DecayGate(double[] Factors) : SelectiveGate;

/// <summary>The delta rule: alpha (I - beta k k^T), and beta k v is added.</summary>
/// <param name="Beta">The number of beta's signal.</param>
/// <param name="LogGate">The number of the signal of log alpha; null: alpha is 1.</param>
public sealed record DeltaGate(int Beta, int? LogGate) : SelectiveGate;

/// <summary>Keys or queries: a signal, or constants.</summary>
/// <param name="Signal">The number of the signal, P blocks of K numbers; null: constants.</param>
/// <param name="Values">The constants, [cell, key]; null: a signal.</param>
/// <param name="Complex">Whether they are complex, (re, im) side by side.</param>
public sealed record SelectiveOperand(int? Signal, double[]? Values, bool Complex);
