namespace OperatorGen.Models;

/// <summary>A normalisation of the channels of every time step.</summary>
/// <param name="Width">The number of channels.</param>
public abstract record Norm(int Width);

/// <summary>
/// Over the channels of one time step: <c>(x - mean) / sqrt(var + epsilon) * weight + bias</c>, var with divisor n (Ba, Kiros and Hinton 2016, arXiv:1607.06450).
/// </summary>
/// <param name="Width">The number of channels.</param>
/// <param name="Weight">Factors, shape [width].</param>
/// <param name="Bias">Summands, shape [width].</param>
/// <param name="Epsilon">What is added to the variance.</param>
public sealed record LayerNorm(int Width, Tensor Weight, Tensor Bias, double Epsilon) : Norm(Width);

/// <summary>
/// By the statistics of the training, per channel: <c>(x - mean) / sqrt(variance + epsilon) * weight + bias</c>, an affine map
/// (Ioffe and Szegedy 2015, arXiv:1502.03167, in inference).
/// </summary>
/// <param name="Width">The number of channels.</param>
/// <param name="Mean">The running mean, shape [width].</param>
/// <param name="Variance">The running variance, shape [width].</param>
/// <param name="Weight">Factors, shape [width]; null: 1.</param>
/// <param name="Bias">Summands, shape [width]; null: 0.</param>
/// <param name="Epsilon">What is added to the variance.</param>
public sealed record BatchNorm(int Width, Tensor Mean, Tensor Variance, Tensor? Weight, Tensor? Bias, double Epsilon) : Norm(Width);
