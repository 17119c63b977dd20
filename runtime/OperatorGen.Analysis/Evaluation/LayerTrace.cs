namespace OperatorGen.Analysis;

/// <summary>What happens inside one layer for one sequence; every array is row-major, one row per time step.</summary>
public sealed class LayerTrace
{
    /// <summary>x, the layer's input, [time, width].</summary>
    public double[] Input { get; internal set; } = [];

    /// <summary>The pre-norm's mean per step; empty where there is no norm, or an affine one.</summary>
    public double[] PreNormMean { get; internal set; } = [];

    /// <summary>The pre-norm's scale per step; empty where there is no norm, or an affine one.</summary>
    public double[] PreNormScale { get; internal set; } = [];

    /// <summary>v, the cells' input, [time, channel].</summary>
    public double[] CellInput { get; internal set; } = [];

    /// <summary>o, the readouts, [time, channel].</summary>
    public double[] Readouts { get; internal set; } = [];

    /// <summary>z, the arguments of the gates: of a gated linear unit [time, output], of a gate stream [time, channel]; empty without gate.</summary>
    public double[] GateArguments { get; internal set; } = [];

    /// <summary>What the decoder makes of the readouts, before the residual, [time, output].</summary>
    public double[] Decoded { get; internal set; } = [];

    /// <summary>The post-norm's mean per step; empty where there is no norm, or an affine one.</summary>
    public double[] PostNormMean { get; internal set; } = [];

    /// <summary>The post-norm's scale per step; empty where there is no norm, or an affine one.</summary>
    public double[] PostNormScale { get; internal set; } = [];

    /// <summary>y, the layer's output, [time, output].</summary>
    public double[] Output { get; internal set; } = [];
}
