using System.Collections.Generic;

namespace OperatorGen;

/// <summary>What each sample of an input gets of a score, through all waves that it is part of.</summary>
/// <param name="Of">Whose samples they are.</param>
/// <param name="Width">How many numbers a sample has.</param>
/// <param name="Inputs">The samples themselves, [time, width]. A number that is 0 gets nothing.</param>
/// <param name="Values">What each number gets, [time, width].</param>
/// <param name="Rows">What belongs to no sample: biases before the waves, and means of norms; through all layers also the score's other constants, and the decoders of silent waves.</param>
public sealed record InputTimeAttribution(AttributedInput Of, int Width, IReadOnlyList<double> Inputs, IReadOnlyList<double> Values, IReadOnlyList<NamedContribution> Rows)
{
    /// <summary>What each time step gets, all numbers of its sample together, [time].</summary>
    public IReadOnlyList<double> ByTime()
    {
        var times = new double[Values.Count / Width];
        for (int i = 0; i < Values.Count; i++)
        {
            times[i / Width] += Values[i];
        }

        return times;
    }
}

/// <summary>What the samples are that a score is attributed to.</summary>
public enum AttributedInput
{
    /// <summary>The model's input after its scaling.</summary>
    Model,

    /// <summary>The input of the layer, held fixed: what the layers before it gave out.</summary>
    Layer,

    /// <summary>The input of the layer's cells: a function that is not linear comes before them.</summary>
    Cells,
}
