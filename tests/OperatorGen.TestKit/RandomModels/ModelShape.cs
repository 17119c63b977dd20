using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>The shape of a random model: everything but the numbers. Tests fix what they care about with <c>with</c>.</summary>
public sealed partial record ModelShape
{
    /// <summary>The kind of cells.</summary>
    public CellClass Cells { get; init; } = CellClass.Constant;

    /// <summary>Input channels.</summary>
    public int InputWidth { get; init; } = 1;

    /// <summary>True when a linear map comes before the first layer; without one the layers are as wide as the input.</summary>
    public bool Encoder { get; init; } = true;

    /// <summary>The width of the layers; unused without encoder.</summary>
    public int Width { get; init; } = 4;

    /// <summary>The number of layers.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Modes per channel, or of all channels together where they are shared; keys of a selective layer's heads.</summary>
    public int Modes { get; init; } = 4;

    /// <summary>Real or complex; of selective layers for <see cref="SelectiveKind.MambaFixed"/>.</summary>
    public Field Field { get; init; } = Field.Complex;

    /// <summary>The discretisation; not of selective cells.</summary>
    public DiscretizationRule Rule { get; init; } = DiscretizationRule.ZeroOrderHold;

    /// <summary>True when every channel has a step size of its own; for <see cref="CellClass.Constant"/> only.</summary>
    public bool DeltaPerCell { get; init; } = true;

    /// <summary>True when every mode has a step size of its own; for <see cref="CellClass.Constant"/> and <see cref="CellClass.Shared"/>.</summary>
    public bool DeltaPerMode { get; init; }

    /// <summary>Readouts per channel; for <see cref="CellClass.Constant"/> and <see cref="CellClass.LowRank"/>.</summary>
    public int Reads { get; init; } = 1;

    /// <summary>True when the state can be read and written by name; a selective layer's always can.</summary>
    public bool NamedState { get; init; }

    /// <summary>Which layers run in both directions, bit 0 for the first; not selective ones and oscillators. Their states have no name.</summary>
    public int BothDirections { get; init; }

    /// <summary>True when there is a D.</summary>
    public bool Skip { get; init; } = true;

    /// <summary>The name of the decoder's activation.</summary>
    public string Activation { get; init; } = "gelu-erf";

    /// <summary>True when a linear map follows the activation.</summary>
    public bool Mixing { get; init; } = true;

    /// <summary>True when the mixed channels are halved by a gated linear unit; with mixing only.</summary>
    public bool Glu { get; init; } = true;

    /// <summary>What ends the decoder in place of that gated linear unit; with mixing only, and not in a selective layer. Null: nothing else.</summary>
    public DecoderUnit? Unit { get; init; }

    /// <summary>True when x is added to the layer's output.</summary>
    public bool Residual { get; init; } = true;

    /// <summary>True when there is a norm before the input stage; behind a selective layer there always is a LayerNorm.</summary>
    public bool PreNorm { get; init; }

    /// <summary>True when there is a norm after the residual.</summary>
    public bool PostNorm { get; init; }

    /// <summary>What the norms are.</summary>
    public NormKind Norms { get; init; }

    /// <summary>The pooling.</summary>
    public Pooling Pooling { get; init; } = Pooling.None;

    /// <summary>The outputs of the head; 0: no head.</summary>
    public int HeadWidth { get; init; }

    /// <summary>True when the raw input is scaled.</summary>
    public bool Scaling { get; init; }

    /// <summary>True when linear maps and convolutions have a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Taps of the causal convolution of a selective layer; 0: none.</summary>
    public int Taps { get; init; } = 3;

    /// <summary>The width of the cells of a selective layer.</summary>
    public int InnerWidth { get; init; } = 6;

    /// <summary>The rank of the step size's projection in a selective layer.</summary>
    public int DeltaRank { get; init; } = 2;

    /// <summary>What the cells of a selective layer are.</summary>
    public SelectiveKind Selective { get; init; }

    /// <summary>The heads of a selective layer whose cells have several values.</summary>
    public int Heads { get; init; } = 2;

    /// <summary>The most groups of cells that share what cells of the kind can share; as many as divide the cells evenly.</summary>
    public int Groups { get; init; } = 2;

    /// <summary>True when the signals of a selective layer are slices of its cells' input instead of projections of it.</summary>
    public bool Slices { get; init; }

    /// <summary>True when a selective layer projects its input; without, its input is cut as it is, and has the width of its parts.</summary>
    public bool InputMap { get; init; } = true;

    /// <summary>How many of the inputs of selective cells pass without convolution and activation; at least one does not.</summary>
    public int Passed { get; init; }

    /// <summary>True when a selective layer has a gate stream.</summary>
    public bool Gate { get; init; } = true;

    /// <summary>True when a selective layer has a side stream.</summary>
    public bool Side { get; init; }

    /// <summary>True when the readouts of a selective layer have a norm.</summary>
    public bool ReadoutNorm { get; init; }

    /// <summary>True when that norm is taken behind the gate.</summary>
    public bool NormAfterGate { get; init; }

    /// <summary>The channels of a selective layer's feed-forward part; 0: none.</summary>
    public int FeedForward { get; init; }

    /// <summary>The width of the gate stream: one number per readout.</summary>
    internal int GateWidth => Gate ? RandomSelective.Readouts(this) : 0;

    /// <summary>The width of the side stream.</summary>
    internal int SideWidth => Side ? 2 * Width : 0;
}
