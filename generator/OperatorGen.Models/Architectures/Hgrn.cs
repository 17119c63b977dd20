namespace OperatorGen.Models;

/// <summary>
/// <c>hgrn</c>, the operator of fla-org/flash-linear-attention at bc3b101 (docs/architectures/linear-attention.md): channels with a gate each. The input of a time
/// step is x, g.
/// <code>
/// h_t = e^(g_t) h_{t-1} + x_t      o_t = h_t
/// </code>
/// </summary>
public sealed class Hgrn : SelectiveArchitecture
{
    /// <inheritdoc/>
    public override string Name => "hgrn";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        int channels = reading.Size("D");
        return reading.Finish(() =>
        {
            Signal[] parts = InputParts.Cut(channels, channels); // x, g
            var cell = new SelectiveCell(2 * channels, channels, 1, 1, Field.Real, new LogGateTransition(parts[1], PerKey: false), parts[0], Key: null, Query: null, Gamma: 1)
            {
                Layout = StateOrder.Cells,
                StateName = "state",
            };
            return SingleLayer.Of(Name, cell);
        });
    }
}
