using System;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>The sizes of a GLA layer, as hyperparameters and tensors say.</summary>
/// <param name="Width">hidden_size.</param>
/// <param name="Heads">num_heads.</param>
/// <param name="Shared">num_kv_heads: how many keys, values and gates there are.</param>
/// <param name="HeadKeys">head_k_dim.</param>
/// <param name="HeadValues">head_v_dim.</param>
/// <param name="AllQueries">The queries of all heads.</param>
/// <param name="AllKeys">All keys.</param>
/// <param name="AllValues">All values.</param>
/// <param name="Readouts">The readouts of all heads.</param>
/// <param name="Rank">gate_low_rank_dim.</param>
internal sealed record GlaSizes(int Width, int Heads, int Shared, int HeadKeys, int HeadValues, int AllQueries, int AllKeys, int AllValues, int Readouts, int Rank)
{
    private const string HeadCount = "num_heads", SharedHeads = "num_kv_heads", KeySize = "head_k_dim", ValueSize = "head_v_dim";

    /// <summary>Reads them, and reports those that contradict each other.</summary>
    public static GlaSizes Read(ArchitectureReading reading, GlaOptions options)
    {
        HyperTable hyper = reading.Hyper;
        TensorTable tensors = reading.Tensors;
        int width = reading.Size("hidden_size", ("q_proj.weight", 1, 2), ("o_proj.weight", 0, 2));
        int values = reading.Size(ValueSize, (options.NormName, 0, 1));
        int heads = hyper.Size(HeadCount) ?? Quotient(tensors.Axis("o_proj.weight", 1, 2), values) ?? reading.Size(HeadCount);
        int keys = hyper.Size(KeySize) ?? Quotient(tensors.Axis("q_proj.weight", 0, 2), heads) ?? reading.Size(KeySize);
        int shared = hyper.Size(SharedHeads) ?? Quotient(tensors.Axis("v_proj.weight", 0, 2), values) ?? heads;
        reading.CheckDivides((SharedHeads, shared), (HeadCount, heads));
        reading.CheckState((HeadCount, heads), (KeySize, keys), (ValueSize, values));
        var sizes = new GlaSizes(
            width,
            heads,
            shared,
            keys,
            values,
            reading.Product((HeadCount, heads), (KeySize, keys)),
            reading.Product((SharedHeads, shared), (KeySize, keys)),
            reading.Product((SharedHeads, shared), (ValueSize, values)),
            reading.Product((HeadCount, heads), (ValueSize, values)),
            reading.Size("gate_low_rank_dim", ("gk_proj.0.weight", 0, 2)));
        CheckExpansion(reading, "expand_k", width, KeySize, sizes.AllQueries);
        CheckExpansion(reading, "expand_v", width, ValueSize, sizes.Readouts);
        return sizes;
    }

    private static int? Quotient(int? size, int divisor) => size is int known && divisor > 0 && known >= divisor ? known / divisor : null;

    /// <summary>Reports a declared expansion of the width, a number with fractions, that is not what all heads have together.</summary>
    private static void CheckExpansion(ArchitectureReading reading, string name, int width, string perHead, int all)
    {
        double factor = reading.Hyper.Number(name, double.NaN, value => value > 0, "a positive number");
        if (width > 0 && all > 0 && !double.IsNaN(factor) && Math.Floor(width * factor) != all)
        {
            reading.Contradiction(Invariant($"'{name}' makes {Math.Floor(width * factor)} of hidden_size {width}, but num_heads times {perHead} is {all}: correct one of them."), name);
        }
    }
}
