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

/// <summary>
/// Over groups of channels of one time step: <c>x / sqrt(mean(x^2) + epsilon) * weight</c> (Zhang and Sennrich 2019, arXiv:1910.07467), the mean over the group.
/// </summary>
/// <param name="Width">The number of channels.</param>
/// <param name="Weight">Factors, shape [width].</param>
/// <param name="Epsilon">What is added to the mean square.</param>
/// <param name="GroupWidth">The channels of a group; <paramref name="Width"/> is a multiple of it.</param>
public sealed record RmsNorm(int Width, Tensor Weight, double Epsilon, int GroupWidth) : Norm(Width);

/// <summary>
/// By the length of the vector of channels: <c>x / max(|x|, floor) * sqrt(width) * weight</c>, the RMSNorm of lucidrains/gateloop-transformer.
/// </summary>
/// <param name="Width">The number of channels.</param>
/// <param name="Weight">Factors, shape [width].</param>
/// <param name="Floor">The least length that is divided by.</param>
public sealed record LengthNorm(int Width, Tensor Weight, double Floor) : Norm(Width);
