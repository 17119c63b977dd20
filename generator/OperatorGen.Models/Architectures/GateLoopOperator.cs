namespace OperatorGen.Models;

/// <summary>
/// <c>gateloop-operator</c>, gate_loop_operator of lucidrains/gateloop-transformer at 1ded1cb (docs/architectures/gateloop.md): one head with a complex gate that is
/// given as it is. The input of a time step is q, k, v, a = (re, im).
/// <code>
/// S_t = a_t S_{t-1} + k_t (x) v_t      y_t = q_t Re(S_t)
/// </code>
/// </summary>
public sealed class GateLoopOperator : SelectiveArchitecture
{
    /// <inheritdoc/>
    public override string Name => "gateloop-operator";

    private protected override StageResult<SequenceModel> Resolve(ArchitectureReading reading)
    {
        int width = reading.Size("d");
        reading.CheckState(("d", width), ("d", width));
        return reading.Finish(() =>
        {
            Signal[] parts = InputParts.Cut(width, width, width, 2); // q, k, v, a
            var cell = new SelectiveCell(
                (3 * width) + 2,
                1,
                width,
                width,
                Field.Complex,
                new GateTransition(parts[3]),
                parts[2],
                new SelectiveParameter(parts[1]),
                new SelectiveParameter(parts[0]),
                Gamma: 1);
            return SingleLayer.Of(Name, cell);
        });
    }
}
