using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>The state of selective cells in upstream's order of axes, and as [G, K, V].</summary>
internal sealed class SelectiveCellState(SelectiveCell cell)
{
    /// <summary>Upstream's order as [G, K, V].</summary>
    public Complex[] Read(Complex[] state)
    {
        var inner = new Complex[state.Length];
        for (int at = 0; at < inner.Length; at++)
        {
            inner[at] = state[Place(at)];
        }

        return inner;
    }

    /// <summary>[G, K, V] in upstream's order.</summary>
    public void Write(Complex[] inner, Complex[] state)
    {
        for (int at = 0; at < inner.Length; at++)
        {
            state[Place(at)] = inner[at];
        }
    }

    private int Place(int at)
    {
        int keys = cell.KeyWidth, values = cell.ValueWidth, g = at / (keys * values), k = at / values % keys, j = at % values;
        return cell.Layout == StateOrder.ValuesKeys ? (((g * values) + j) * keys) + k : at;
    }
}
