namespace OperatorGen.Models;

/// <summary>What acts on the keys of a selective cell's state from one time step to the next, before k_t v_t is added.</summary>
public abstract record Transition;

/// <summary>Gates of constant eigenvalues and a step size: <c>a_t = e^(Delta_t A)</c>; the step multiplies the key too, <c>Delta_t k_t v_t</c> (Mamba).</summary>
/// <param name="A">The eigenvalues: shape [G] where all keys of a cell have one, or [G, K]; complex with a last axis of 2.</param>
/// <param name="Delta">The step size, P numbers; cell g of G has number g P / G, rounded down.</param>
public sealed record StepTransition(Tensor A, Signal Delta) : Transition;

/// <summary>Gates that are given by their logarithms: <c>a_t = e^(g_t)</c> (GLA, Mamba-2's operator, HGRN, RWKV-6).</summary>
/// <param name="LogGate">g: P numbers, or P blocks of K; cell g of G has block g P / G, rounded down.</param>
/// <param name="PerKey">True where each key has a gate of its own.</param>
public sealed record LogGateTransition(Signal LogGate, bool PerKey) : Transition;

/// <summary>Gates that are given as they are, one for all keys of a cell (GateLoop).</summary>
/// <param name="Gate">a: P numbers, or P pairs (re, im) where the state is complex; cell g of G has block g P / G, rounded down.</param>
public sealed record GateTransition(Signal Gate) : Transition;

/// <summary>A constant factor for all keys of a cell (RetNet).</summary>
/// <param name="A">Shape [G].</param>
public sealed record DecayTransition(Tensor A) : Transition;

/// <summary>
/// The delta rule: <c>T_t = alpha_t (I - beta_t k_t k_t^T)</c>, and <c>beta_t k_t v_t</c> is added (DeltaNet; gated: arXiv:2412.06464). alpha_t = e^(g_t), or 1.
/// </summary>
/// <param name="Beta">beta, P numbers; cell g of G has number g P / G, rounded down.</param>
/// <param name="LogGate">g, in the same way; null: alpha is 1.</param>
public sealed record DeltaTransition(Signal Beta, Signal? LogGate) : Transition;
