namespace OperatorGen.Models;

/// <summary>
/// <c>mamba2-ssd</c>, ssd_minimal.py of state-spaces/mamba at e9594ce (docs/architectures/mamba2.md): the recurrence of Mamba-2 by itself. The input of a time step
/// is X, A, B, C: X is already multiplied by the step, A is the logarithm of the gate.
/// <code>
/// S_t[h] = e^(A_t[h]) S_{t-1}[h] + X_t[h] (x) B_t[h]      Y_t[h] = S_t[h] C_t[h]
/// </code>
/// </summary>
public sealed class Mamba2Ssd : SelectiveArchitecture
{
    /// <inheritdoc/>
    public override string Name => "mamba2-ssd";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        reading.Hyper.Ignore("block_len");
        int heads = reading.Size("heads");
        int values = reading.Size("headdim");
        int keys = reading.Size("dstate");
        int allValues = reading.Product(("heads", heads), ("headdim", values));
        int allKeys = reading.Product(("heads", heads), ("dstate", keys));
        reading.CheckState(("heads", heads), ("headdim", values), ("dstate", keys));
        return reading.Finish(() =>
        {
            Signal[] parts = InputParts.Cut(allValues, heads, allKeys, allKeys); // X, A, B, C
            var cell = new SelectiveCell(
                allValues + heads + (2 * allKeys),
                heads,
                keys,
                values,
                Field.Real,
                new LogGateTransition(parts[1], PerKey: false),
                parts[0],
                new SelectiveParameter(parts[2]),
                new SelectiveParameter(parts[3]),
                Gamma: 1)
            { Layout = StateOrder.ValuesKeys, StateName = "final_state" };
            return SingleLayer.Of(Name, cell);
        });
    }
}
