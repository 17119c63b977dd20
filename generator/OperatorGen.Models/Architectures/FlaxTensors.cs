using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Tensors as flax names them: dense maps with a <c>kernel</c> of shape [inputs, outputs], norms with <c>scale</c>, <c>bias</c> and running statistics.</summary>
internal static class FlaxTensors
{
    /// <summary>A dense map; its parts are null where they are missing. The weight is turned to [outputs, inputs].</summary>
    public static LinearTensors Dense(TensorTable tensors, string name, int inputs, int outputs) =>
        new(Transposed(tensors.Take(name + ".kernel", inputs, outputs)), tensors.Take(name + ".bias", outputs));

    /// <summary>Two maps of the same input as one, the first one's outputs first.</summary>
    public static LinearTensors Stacked(LinearTensors first, LinearTensors second) => new(RowTensors.Stacked(first.Weight!, second.Weight!), RowTensors.Stacked(first.Bias!, second.Bias!));

    /// <summary>A norm: LayerNorm, or BatchNorm with its running statistics; null parts where they are missing.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="name">The norm.</param>
    /// <param name="width">The number of channels.</param>
    /// <param name="batch">Whether it is a BatchNorm.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public static NormTensors Norm(TensorTable tensors, string name, int width, bool batch, double epsilon) => new(
        tensors.Take(name + ".scale", width),
        tensors.Take(name + ".bias", width),
        batch ? tensors.Take(name + ".mean", width) : null,
        batch ? tensors.Take(name + ".var", width) : null,
        batch,
        epsilon);

    private static Tensor? Transposed(Tensor? kernel)
    {
        if (kernel is null)
        {
            return null;
        }

        (int inputs, int outputs) = (kernel.Shape[0], kernel.Shape[1]);
        return Tensor.Derived(
            EquatableArray.Of(outputs, inputs),
            () =>
            {
                var values = new double[kernel.Count];
                for (int i = 0; i < values.Length; i++)
                {
                    values[(i % outputs * inputs) + (i / outputs)] = kernel.Values[i];
                }

                return values;
            },
            kernel);
    }
}

/// <summary>The tensors of a norm as far as they were found.</summary>
internal sealed record NormTensors(Tensor? Scale, Tensor? Bias, Tensor? Mean, Tensor? Variance, bool Batch, double Epsilon)
{
    /// <summary>The norm. Call only when no error was found.</summary>
    public Norm ToNorm() => Batch
        ? new BatchNorm(Scale!.Count, Mean!, Variance!, Scale, Bias, Epsilon)
        : new LayerNorm(Scale!.Count, Scale, Bias!, Epsilon);
}
