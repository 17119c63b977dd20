using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// What a layer makes of its readout o, in this order:
/// <c>h = norm(activation(o)); h = h * gate(z); h = (side, h); m = mixing h; r = unit(o, h, m)</c>.
/// </summary>
public sealed record Decoder
{
    /// <summary>The decoder function of the readout.</summary>
    public required DecoderFunction Activation { get; init; }

    /// <summary>The norm of the readout; null: none.</summary>
    public Norm? Norm { get; init; }

    /// <summary>Whether the norm is taken after the gate has multiplied, and not before.</summary>
    public bool NormAfterGate { get; init; }

    /// <summary>The function of the gate stream z that multiplies; null: no gate stream.</summary>
    public DecoderFunction? Gate { get; init; }

    /// <summary>
    /// The function of a gated linear unit beside the recurrence (Mamba-2's d_mlp): of the side stream's halves (a, b), <c>f(a) * b</c> goes before h into the mixing.
    /// Null: no side stream.
    /// </summary>
    public DecoderFunction? Side { get; init; }

    /// <summary>The position-wise linear map; null: m = h.</summary>
    public Linear? Mixing { get; init; }

    /// <summary>What is made of m; null: r = m.</summary>
    public DecoderUnit? Unit { get; init; }

    /// <summary>The width after the decoder, for a readout of the given width.</summary>
    public int OutputWidth(int readoutWidth) => (Mixing?.Outputs ?? readoutWidth) / (Unit is SplitGlu ? 2 : 1);
}

/// <summary>The end of a decoder: a function of the mixed channels m, or a value times such a function.</summary>
/// <param name="Function">The function.</param>
public abstract record DecoderUnit(DecoderFunction Function);

/// <summary>The gated linear unit whose value and argument are mixed: <c>r = m[first half] * gate(m[second half])</c>.</summary>
/// <param name="Function">The gate.</param>
public sealed record SplitGlu(DecoderFunction Function) : DecoderUnit(Function);

/// <summary>The gated linear unit of which only the argument is mixed: <c>r = value * gate(m)</c>.</summary>
/// <param name="Function">The gate.</param>
/// <param name="Value">What is multiplied.</param>
public sealed record HalfGlu(DecoderFunction Function, GluValue Value) : DecoderUnit(Function);

/// <summary>A function at the end: <c>r = function(m)</c>.</summary>
/// <param name="Function">The function.</param>
public sealed record FinalActivation(DecoderFunction Function) : DecoderUnit(Function);

/// <summary>The value of a <see cref="HalfGlu"/>.</summary>
public enum GluValue
{
    /// <summary>h, what the mixing sees.</summary>
    Activated,

    /// <summary>o, the readout before its activation.</summary>
    Readout,
}
