using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// One layer of the template: <c>x -> [norm] -> input stage -> cells -> decoder -> [+ x] -> [feed-forward] -> [norm]</c>.
/// </summary>
/// <param name="Name">Upstream's prefix of the layer's tensors, for example <c>s4_layers.0</c>; empty for a model of one layer without prefix.</param>
/// <param name="Width">The width of x, the layer's input.</param>
/// <param name="PreNorm">The norm before the input stage; null: none.</param>
/// <param name="Input">What is between x and the cells' input v.</param>
/// <param name="Cell">The recurrence.</param>
/// <param name="Decoder">What comes after the readout.</param>
/// <param name="Residual">True when x is added to the decoder's output.</param>
/// <param name="PostNorm">The norm after the residual and the feed-forward part; null: none.</param>
public sealed record Layer(
    string Name,
    int Width,
    Norm? PreNorm,
    InputStage Input,
    Cell Cell,
    Decoder Decoder,
    bool Residual,
    Norm? PostNorm)
{
    /// <summary>The feed-forward part after the residual; null: none.</summary>
    public FeedForward? FeedForward { get; init; }

    /// <summary>The width of the layer's output.</summary>
    public int OutputWidth => Decoder.OutputWidth(Cell.OutputWidth);
}

/// <summary>
/// A position-wise map of the channels beside a residual: <c>y = x + down(function(up(norm(x))))</c>, the feed-forward block of Vaswani et al. 2017
/// (arXiv:1706.03762, section 3.3) with its norm before it.
/// </summary>
/// <param name="Norm">The norm of its input; null: none.</param>
/// <param name="Up">The map into its channels.</param>
/// <param name="Function">What is applied to them.</param>
/// <param name="Down">The map back.</param>
public sealed record FeedForward(Norm? Norm, Linear Up, DecoderFunction Function, Linear Down);

/// <summary>
/// What is between a layer's input x and its cells' input v. The projection of x, or x itself, is cut into four parts in this order:
/// <code>
/// (c, p, z, s) = split(projection x)      v = (activation(convolution c), p)
/// </code>
/// c is convolved, p passes as it is, z is the gate stream and s the side stream of the decoder.
/// </summary>
/// <param name="Projection">The linear map; null: x itself is cut.</param>
/// <param name="GateWidth">The width of z; 0: none.</param>
/// <param name="Convolution">The causal depthwise convolution of c; null: none.</param>
/// <param name="Activation">Applied after the convolution; <see cref="DecoderFunctions.Identity"/>: nothing.</param>
public sealed record InputStage(Linear? Projection, int GateWidth, CausalConvolution? Convolution, DecoderFunction Activation)
{
    /// <summary>The width of p, which reaches the cells without convolution and activation; 0: none.</summary>
    public int PassedWidth { get; init; }

    /// <summary>The width of s, see <see cref="Decoder.Side"/>; 0: none.</summary>
    public int SideWidth { get; init; }

    /// <summary>The stage that passes x on as it is.</summary>
    public static InputStage None { get; } = new(null, 0, null, DecoderFunctions.Identity);
}

/// <summary>
/// A causal depthwise convolution: <c>v'_t[c] = bias[c] + sum_j weight[c, j] v_{t - width + 1 + j}[c]</c>, j = 0 .. width-1, zero before the start.
/// </summary>
/// <param name="Channels">The number of channels.</param>
/// <param name="Width">The number of taps, the newest last.</param>
/// <param name="Weight">Shape [channels, width].</param>
/// <param name="Bias">Shape [channels]; null: none.</param>
/// <param name="StateName">Upstream's name of its cache, the last <c>width</c> inputs, newest last, shape [channels, width]; null where upstream has none.</param>
public sealed record CausalConvolution(int Channels, int Width, Tensor Weight, Tensor? Bias, string? StateName);
