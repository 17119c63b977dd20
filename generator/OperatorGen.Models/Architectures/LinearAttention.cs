using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>gla</c>, <c>simple-gla</c>, <c>retnet</c>, <c>rwkv6</c>, <c>deltanet</c> and <c>gated-deltanet</c>: the operators of fla-org/flash-linear-attention at bc3b101
/// (docs/architectures/linear-attention.md). Every head has a state of K keys by V values; the input of a time step is q, k, v, gates.
/// <code>
/// S_t = T_t S_{t-1} + k_t (x) v_t      o_t = K^(-1/2) q_t S_t                             T_t = e^(g_t) per key or head, or a constant
/// S_t = alpha_t (I - beta_t k_t k_t^T) S_{t-1} + beta_t k_t (x) v_t                       the delta rules
/// o_t = K^(-1/2) q_t (S_{t-1} + u k_t (x) v_t)                                            RWKV-6
/// </code>
/// </summary>
/// <param name="gate">What acts on the state.</param>
public sealed class LinearAttention(LinearAttentionGate gate) : SelectiveArchitecture
{
    /// <inheritdoc/>
    public override string Name => gate switch
    {
        LinearAttentionGate.PerKey => "gla",
        LinearAttentionGate.PerHead => "simple-gla",
        LinearAttentionGate.Constant => "retnet",
        LinearAttentionGate.PerKeyWithBonus => "rwkv6",
        LinearAttentionGate.Delta => "deltanet",
        LinearAttentionGate.GatedDelta => "gated-deltanet",
        _ => throw new InvalidOperationException($"The gate {gate} is not known."),
    };

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        bool hasBonus = gate == LinearAttentionGate.PerKeyWithBonus;
        bool isSquare = gate == LinearAttentionGate.Constant;
        string keyName = isSquare ? "D" : "K", valueName = isSquare ? "D" : "V";
        int heads = reading.Size("H", hasBonus ? [("u", 0, 2)] : []);
        int keys = reading.Size(keyName, hasBonus ? [("u", 1, 2)] : []);
        int values = isSquare ? keys : reading.Size("V");
        Tensor? bonus = hasBonus ? reading.Tensors.Take("u", heads, keys) : null;
        int allKeys = reading.Product(("H", heads), (keyName, keys));
        int allValues = reading.Product(("H", heads), (valueName, values));
        reading.CheckState(("H", heads), (keyName, keys), (valueName, values));
        double scale = QueryScale.Read(reading.Hyper, keyName, keys);
        if (isSquare)
        {
            reading.Hyper.Expect("decay", "1-2^(-5-h)");
        }

        return reading.Finish(() =>
        {
            Signal[] parts = InputParts.Cut([allKeys, allKeys, allValues, .. Gates(heads, allKeys)]); // q, k, v, gates
            var cell = new SelectiveCell(
                parts.Sum(part => part.Width),
                heads,
                keys,
                values,
                Field.Real,
                Transition(parts, heads),
                parts[2],
                new SelectiveParameter(parts[1]),
                new SelectiveParameter(parts[0]),
                scale)
            {
                Order = hasBonus ? ReadOrder.PreUpdate : ReadOrder.PostUpdate,
                Bonus = bonus,
                StateName = "state",
            };
            return SingleLayer.Of(Name, cell);
        });
    }

    private int[] Gates(int heads, int allKeys) => gate switch
    {
        LinearAttentionGate.PerKey or LinearAttentionGate.PerKeyWithBonus => [allKeys],
        LinearAttentionGate.PerHead or LinearAttentionGate.Delta => [heads],
        LinearAttentionGate.GatedDelta => [heads, heads],
        _ => [],
    };

    private Transition Transition(Signal[] parts, int heads) => gate switch
    {
        LinearAttentionGate.Constant => new DecayTransition(Decays(heads)),
        LinearAttentionGate.Delta => new DeltaTransition(parts[3], null),
        LinearAttentionGate.GatedDelta => new DeltaTransition(parts[3], parts[4]),
        _ => new LogGateTransition(parts[3], PerKey: gate != LinearAttentionGate.PerHead),
    };

    /// <summary><c>1 - 2^(-5-h)</c> of head h.</summary>
    private static Tensor Decays(int heads)
    {
        var decays = new double[heads];
        double power = 1.0 / 32;
        for (int h = 0; h < heads; h++, power /= 2)
        {
            decays[h] = 1 - power;
        }

        return new Tensor(EquatableArray.Of(heads), decays);
    }
}
