using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// The model that S5's and LRU's repositories put around their layers: dense encoder, layers with norm, activation and residual, pooling, dense decoder, log-softmax.
/// <code>
/// x = W_e u + b_e      x = x + unit(g(cell(norm(x))))  (prenorm)   or   x = norm(x + unit(g(cell(x))))      logp = log_softmax(W_d pool(x) + b_d)
/// </code>
/// The GELU is flax's, in its tanh form.
/// </summary>
internal static class SharedModesClassifier
{
    private const double LayerNormEpsilon = 1e-6; // flax
    private const double BatchNormEpsilon = 1e-5; // flax

    /// <summary>What an architecture of this kind adds.</summary>
    /// <param name="NormName">The norm's name inside a layer.</param>
    /// <param name="Batch">Whether the norms are BatchNorms.</param>
    /// <param name="PreNorm">Whether they come before the recurrence.</param>
    /// <param name="Pooling">The pooling.</param>
    /// <param name="Activation">gelu, full_glu, half_glu1 or half_glu2.</param>
    /// <param name="Cell">Reads the recurrence with a prefix; the function it gives is called when no error was found.</param>
    public sealed record Parts(string NormName, bool Batch, bool PreNorm, Pooling Pooling, string Activation, Func<ArchitectureReading, string, int, Func<SharedModes>> Cell);

    /// <summary>Reads the model.</summary>
    public static StageResult<SequenceModel> Resolve(ArchitectureReading reading, string name, Parts parts)
    {
        reading.Hyper.Expect("gelu", "tanh");
        reading.Hyper.Expect("eval", "true");
        reading.Hyper.Ignore("batch", "L", "dropout", "training", "bn_momentum", "padded");
        double epsilon = parts.Batch
            ? Epsilon(reading, "bn_eps", "ln_eps", BatchNormEpsilon)
            : Epsilon(reading, "ln_eps", "bn_eps", LayerNormEpsilon);
        TensorTable tensors = reading.Tensors;
        int inputs = reading.Size("d_input", ("encoder.encoder.kernel", 0, 2));
        int width = reading.Size("d_model", ("encoder.encoder.kernel", 1, 2), ("encoder.encoder.bias", 0, 1));
        int outputs = reading.Size("d_output", ("decoder.kernel", 1, 2), ("decoder.bias", 0, 1));
        LinearTensors encoder = FlaxTensors.Dense(tensors, "encoder.encoder", inputs, width);
        List<Func<Layer>> layers = [.. Enumerable.Range(0, reading.LayerCount(Recurrence)).Select(i => Layer(reading, parts, i, width, epsilon))];
        LinearTensors decoder = FlaxTensors.Dense(tensors, "decoder", width, outputs);
        return reading.Finish(() => new SequenceModel(name, inputs, layers.Select(layer => layer()).ToEquatableArray())
        {
            Encoder = encoder.ToLinear(),
            Pooling = parts.Pooling,
            Head = decoder.ToLinear(),
            Output = OutputFunction.LogSoftmax,
        });
    }

    /// <summary>Whether the first layer has a tensor.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="name">The tensor's name inside the layer.</param>
    public static bool Has(ArchitectureReading reading, string name) => reading.Tensors.Has(Prefix(0) + name);

    /// <summary>Whether the norms come before the recurrence.</summary>
    public static bool PreNorm(HyperTable hyper) =>
        hyper.Flag("prenorm", false, "each norm comes after its layer (true: before it); the tensors are the same either way");

    /// <summary>What the names of each layer's recurrence begin with.</summary>
    public static string[] Prefixes(ModelDeclaration declaration) => ArchitectureReading.Prefixes(declaration, Recurrence);

    private static double Epsilon(ArchitectureReading reading, string used, string unused, double defaultValue)
    {
        reading.Hyper.Ignore(unused);
        return reading.Hyper.Positive(used, defaultValue, "what a norm adds to the variance; checkpoints do not hold it");
    }

    private static string Prefix(int layer) => Invariant($"encoder.layers_{layer}.");

    private static string Recurrence(int layer) => Prefix(layer) + "seq.";

    private static Func<Layer> Layer(ArchitectureReading reading, Parts parts, int index, int width, double epsilon)
    {
        string prefix = Prefix(index);
        TensorTable tensors = reading.Tensors;
        Func<SharedModes> cell = parts.Cell(reading, Recurrence(index), width);
        NormTensors norm = FlaxTensors.Norm(tensors, prefix + parts.NormName, width, parts.Batch, epsilon);
        LinearTensors? first = parts.Activation == "full_glu" ? FlaxTensors.Dense(tensors, prefix + "out1", width, width) : null;
        LinearTensors? second = parts.Activation == "gelu" ? null : FlaxTensors.Dense(tensors, prefix + "out2", width, width);
        return () => new Layer(
            prefix.TrimEnd('.'),
            width,
            parts.PreNorm ? norm.ToNorm() : null,
            InputStage.None,
            cell(),
            new Decoder
            {
                Activation = DecoderFunctions.GeluTanh,
                Mixing = first is null ? second?.ToLinear() : FlaxTensors.Stacked(first, second!).ToLinear(),
                Unit = parts.Activation switch
                {
                    "gelu" => null,
                    "full_glu" => new SplitGlu(DecoderFunctions.Sigmoid),
                    "half_glu1" => new HalfGlu(DecoderFunctions.Sigmoid, GluValue.Activated),
                    "half_glu2" => new HalfGlu(DecoderFunctions.Sigmoid, GluValue.Readout),
                    _ => throw new ArgumentOutOfRangeException(nameof(parts)),
                },
            },
            Residual: true,
            parts.PreNorm ? null : norm.ToNorm());
    }
}
