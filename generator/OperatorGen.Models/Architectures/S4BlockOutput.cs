using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// What an S4Block makes of its readouts y, [Ch H]: <c>final_act(output_linear(activation(y)))</c>. With <c>activation</c> = glu it is
/// <c>output_linear(y[first half] * sigmoid(y[second half]))</c>, and upstream has twice the channels for it.
/// </summary>
/// <param name="HasInnerGlu">Whether the activation is the gated linear unit.</param>
/// <param name="Activation">The activation; the identity where it is the gated linear unit.</param>
/// <param name="FinalActivation">Upstream's name of the final activation; null: no output map.</param>
internal sealed record S4BlockOutput(bool HasInnerGlu, DecoderFunction Activation, string? FinalActivation)
{
    /// <summary>Reads the hyperparameters.</summary>
    public static S4BlockOutput Read(ArchitectureReading reading)
    {
        HyperTable hyper = reading.Hyper;
        string? final = S4BlockActivations.Final(hyper, reading.Tensors.Has("output_linear.0.weight"));
        if (hyper.Find("activation") is not { Value: "glu" } glu)
        {
            return new S4BlockOutput(false, S4BlockActivations.Inner(hyper), final);
        }

        if (final is not null && S4BlockActivations.Of(final)?.Equals(DecoderFunctions.Identity) != true)
        {
            hyper.Wrong(hyper.Find("final_act") ?? glu, "'id' or null for final_act where the activation of the readouts is glu, all that is computed here,");
        }

        return new S4BlockOutput(true, DecoderFunctions.Identity, final);
    }

    /// <summary>The readouts per feature: <c>channels</c>, twice as many with the gated linear unit; else as the tensors tell, which have them all.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="axes">Tensors that have them as an axis.</param>
    public int Reads(ArchitectureReading reading, params (string Tensor, int Axis, int Rank)[] axes)
    {
        int reads = reading.Size("channels", axes);
        return HasInnerGlu && reads > 0 && reading.Hyper.Find("channels") is { Kind: not HyperKind.Null } ? 2 * reads : reads;
    }

    /// <summary>The output map; null: none.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="width">H.</param>
    /// <param name="reads">The readouts per feature.</param>
    public LinearTensors? Linear(ArchitectureReading reading, int width, int reads)
    {
        if (FinalActivation is null)
        {
            return null;
        }

        bool unknown = width == TensorTable.AnySize || reads == TensorTable.AnySize;
        return reading.Linear("output_linear.0", width == TensorTable.AnySize ? width : FinalActivation == "glu" ? 2 * width : width, unknown ? TensorTable.AnySize : reads * width / (HasInnerGlu ? 2 : 1)); // [2H or H, Ch H]
    }

    /// <summary>The model of one block. Behind the gated linear unit the output map is the model's head.</summary>
    /// <param name="architecture">The architecture's name.</param>
    /// <param name="cell">The recurrence.</param>
    /// <param name="linear">The output map.</param>
    public SequenceModel Model(string architecture, Cell cell, LinearTensors? linear) => HasInnerGlu
        ? SingleLayer.Of(architecture, cell, new Decoder { Activation = Activation, Unit = new SplitGlu(DecoderFunctions.Sigmoid) }) with { Head = linear?.ToLinear() }
        : SingleLayer.Of(architecture, cell, new Decoder
        {
            Activation = Activation,
            Mixing = linear?.ToLinear(),
            Unit = FinalActivation switch
            {
                null => null,
                "glu" => new SplitGlu(DecoderFunctions.Sigmoid),
                var name when S4BlockActivations.Of(name) is { } function => function.Equals(DecoderFunctions.Identity) ? null : new FinalActivation(function),
                _ => throw new ArgumentOutOfRangeException(nameof(architecture), FinalActivation),
            },
        });
}
