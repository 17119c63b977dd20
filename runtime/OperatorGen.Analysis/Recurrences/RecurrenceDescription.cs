namespace OperatorGen.Analysis;

/// <summary>
/// The recurrence of a layer with its numbers, from the cells' input v to the readouts o. What is asked of waves is asked of <see cref="Bank"/>; a recurrence
/// that depends on its input has none.
/// </summary>
public abstract class RecurrenceDescription
{
    private protected RecurrenceDescription(int inputs, int readouts, int wavesPerReadout)
    {
        Inputs = inputs;
        Readouts = readouts;
        WavesPerReadout = wavesPerReadout;
    }

    /// <summary>The width of v.</summary>
    public int Inputs { get; }

    /// <summary>The number of readouts.</summary>
    public int Readouts { get; }

    /// <summary>How many waves each readout is the sum of, its skip not counted.</summary>
    public int WavesPerReadout { get; }

    /// <summary>The modes; null where the recurrence depends on the input and has none.</summary>
    public abstract ModeBank? Bank { get; }
}
