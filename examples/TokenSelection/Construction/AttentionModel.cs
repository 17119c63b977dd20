namespace TokenSelections.Construction;

/// <summary>
/// Attention, the query first. A word is a code of d numbers, 1 or -1. The first sample holds the code of the query, each further one a key and the logarithm of its value,
/// <code>
/// layer 1: the query is held with eigenvalue 1;                 dot = 1/d sum_i q_i k_i       decoder x^2
/// layer 2: weight = e^(kappa (dot - 1)), weighted = weight v    decoder e^x
/// layer 3: sums of both with eigenvalue 1                       decoder x
/// </code>
/// weighted / weight is softmax attention with the scale kappa; the ratio is formed by who uses the outputs.
/// </summary>
/// <param name="Dimension">d.</param>
internal sealed record AttentionModel(int Dimension)
{
    /// <summary>kappa.</summary>
    public const double Sharpness = 40;

    /// <summary>The numbers of a sample: the query's code, the key's code, the logarithm of the value.</summary>
    public int Width => (2 * Dimension) + 1;

    /// <summary>The model.</summary>
    public ModelText Build()
    {
        var first = new StackLayer(Width);
        Weighted[] dot = [];
        for (int i = 0; i < Dimension; i++)
        {
            dot = [.. dot, .. Weighted.Times(1.0 / Dimension, Products.Quadratic(first, LinearForm.Re(first.Mode(1, i)), LinearForm.Re(first.Mode(0, Dimension + i))))];
        }

        Weighted[] logarithm = [.. Products.QuadraticCopy(first, LinearForm.Re(first.Mode(0, 2 * Dimension)))];
        first.Output(dot);
        first.Output(logarithm);

        var second = new StackLayer(2);
        LinearForm exponent = (Sharpness * LinearForm.Re(second.Mode(0, 0))) - LinearForm.Number(Sharpness);
        LinearForm value = LinearForm.Re(second.Mode(0, 1));
        second.Unit(exponent);
        second.Unit(exponent + value);

        var third = new StackLayer(2);
        third.Unit(LinearForm.Re(third.Mode(1, 0)));
        third.Unit(LinearForm.Re(third.Mode(1, 1)));
        return new ModelText(first, second, third)
        {
            Decoders = ["polynomial(0, 0, 1)", "exp", "identity"],
            Order = 2,
            MaxLength = 128,
            Labels = ["weight", "weighted value"],
        };
    }
}
