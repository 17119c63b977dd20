using System.Numerics;

namespace OperatorGen.Reference;

/// <summary>The formula of one kind of recurrence, one time step after the other.</summary>
internal interface ICellFormula
{
    /// <summary>How many numbers the state has.</summary>
    int StateSize { get; }

    /// <summary>One step: reads v_t, writes the state, returns the readouts; what is between is left in the trace.</summary>
    /// <param name="v">The cells' input, [input].</param>
    /// <param name="state">The state.</param>
    /// <param name="trace">Where the step's discrete parameters go.</param>
    double[] Step(double[] v, Complex[] state, LayerProbe trace);

    /// <summary>What the backward direction adds to the readouts, from the last time step to the first; null where there is none.</summary>
    /// <param name="v">The cells' input, [time][input].</param>
    /// <param name="traces">Where the steps' states go, [time].</param>
    /// <returns>[time][readout].</returns>
    double[][]? Backward(double[][] v, LayerProbe[] traces);
}
