using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// What follows S4D's kernel (docs/architectures/s4d-standalone.md): <c>z = W gelu-erf(y) + b; out = z[:H] * sigmoid(z[H:])</c>, W stored as a convolution of width 1 or as a matrix.
/// </summary>
internal sealed class S4DMixing
{
    private readonly int _channels;
    private readonly Tensor? _weight;
    private readonly Tensor? _bias;

    private S4DMixing(TensorTable tensors, string prefix, int channels)
    {
        _channels = channels;
        int outputs = channels == TensorTable.AnySize ? TensorTable.AnySize : 2 * channels;
        string weight = prefix + "output_linear.0.weight";
        _weight = tensors.Axis(weight, 0, 2) is not null
            ? tensors.Take(weight, outputs, channels) // [2H, H]
            : tensors.Take(weight, outputs, channels, 1); // [2H, H, 1]
        _bias = tensors.Take(prefix + "output_linear.0.bias", outputs); // [2H]
    }

    /// <summary>True where the declaration has one of the map's tensors.</summary>
    public static bool IsPresent(TensorTable tensors, string prefix) =>
        tensors.Has(prefix + "output_linear.0.weight") || tensors.Has(prefix + "output_linear.0.bias");

    /// <summary>Takes the tensors; missing and misshapen ones become faults.</summary>
    public static S4DMixing Read(TensorTable tensors, string prefix, int channels) => new(tensors, prefix, channels);

    /// <summary>The decoder. Call only when no error was found.</summary>
    public Decoder ToDecoder()
    {
        Tensor matrix = _weight!.WithShape(EquatableArray.Of(2 * _channels, _channels));
        return new Decoder
        {
            Activation = DecoderFunctions.GeluErf,
            Mixing = new Linear(_channels, 2 * _channels, matrix, _bias),
            Unit = new SplitGlu(DecoderFunctions.Sigmoid),
        };
    }
}
