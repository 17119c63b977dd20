using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using static OperatorGen.Models.Tests.Samples;

namespace OperatorGen.Models.Tests;

/// <summary>Small declarations of stacks of two layers with random weights, and what they compute by the formulas of their documentation, written out plainly.</summary>
/// <param name="Complex">Whether modes are complex.</param>
/// <param name="Before">Whether states are read before the update.</param>
/// <param name="Skip">Whether there is a D.</param>
/// <param name="First">Whether there is a W_1.</param>
/// <param name="Bias">Whether there is a b_1.</param>
/// <param name="Residual">Whether a layer's input is added to its output.</param>
/// <param name="Tokens">Whether it takes tokens.</param>
/// <param name="Pooling">The pooling.</param>
/// <param name="Decoder">The decoder of the first layer; the second has the exponential.</param>
public sealed record StackSamples(bool Complex, bool Before, bool Skip, bool First, bool Bias, bool Residual, bool Tokens, string Pooling, string Decoder)
{
    public const int Vocabulary = 5;

    private const int Width = 3, Modes = 4, Readouts = 2, Units = 6, Inputs = 2;

    /// <summary>Each option with and without each other one, in turns.</summary>
    public static IEnumerable<StackSamples> All { get; } =
    [
        new(true, false, false, false, false, false, false, "none", "gelu-erf"),
        new(true, true, false, false, false, true, false, "mean", "relu"),
        new(true, true, true, true, true, true, true, "none", "gelu-erf"),
        new(true, false, true, false, true, false, false, "last", "polynomial(1/3, 0, 1/2, 1/4)"),
        new(false, true, true, true, false, false, false, "mean", "identity"),
        new(false, true, false, true, true, false, false, "none", "polynomial(0, 1, 0, 1/4)"),
        new(false, false, true, true, true, true, false, "none", "gelu-erf"),
        new(false, false, false, false, true, true, true, "none", "exp"),
    ];

    /// <summary>The declaration.</summary>
    public ModelDeclaration Declare(int seed)
    {
        var random = new Random(seed);
        List<DeclaredTensor> tensors = Tokens
            ? [Random(random, "embedding.weight", Vocabulary, Width), Random(random, "head.weight", Vocabulary, Width)]
            : [Random(random, "encoder.weight", Width, Inputs), Random(random, "encoder.bias", Width), Random(random, "head.weight", 2, Width), Random(random, "head.bias", 2)];
        for (int layer = 0; layer < 2; layer++)
        {
            string prefix = $"layers.{layer}.";
            int units = First ? Units : Readouts;
            tensors.Add(Modulus(Parts(random, prefix + "eigenvalue", Modes)));
            tensors.Add(Parts(random, prefix + "input", Modes, Width));
            tensors.Add(Parts(random, prefix + "output", Readouts, Modes));
            tensors.AddRange(Skip ? [Random(random, prefix + "skip", Readouts, Width)] : []);
            tensors.AddRange(First ? [Random(random, prefix + "linear1.weight", Units, Readouts)] : []);
            tensors.AddRange(Bias ? [Random(random, prefix + "linear1.bias", units)] : []);
            tensors.Add(Random(random, prefix + "linear2.weight", Width, units));
            tensors.AddRange(layer == 0 ? [Random(random, prefix + "linear2.bias", Width)] : []);
        }

        HyperParameter[] hyper =
        [
            Text("decoder", "exp"), Text("layers.0.decoder", Decoder), Text("read", Before ? "before" : "after"), Text("pooling", Pooling),
            new("residual", Residual ? "true" : "false", HyperKind.Boolean, null), Number("gamma", Complex ? 2 : 1),
        ];
        return new ModelDeclaration("stack", hyper.ToEquatableArray(), tensors.ToEquatableArray()) { Options = new ModelOptions(1) { MaxLength = 100 } };
    }

    /// <summary>The output for a sequence of samples or tokens, [time, sample], by the formulas.</summary>
    public double[] Output(ModelDeclaration declaration, double[] input)
    {
        int sample = Tokens ? 1 : Inputs;
        double[][] x = [.. input.Chunk(sample).Select(u => Tokens
            ? Row("embedding.weight", (int)u[0])
            : Affine("encoder", u))];
        for (int layer = 0; layer < 2; layer++)
        {
            var states = new System.Numerics.Complex[Modes];
            string prefix = $"layers.{layer}.";
            for (int t = 0; t < x.Length; t++)
            {
                System.Numerics.Complex[] next = [.. Enumerable.Range(0, Modes).Select(n => (Part(prefix + "eigenvalue", n) * states[n]) + x[t].Select((value, i) => Part(prefix + "input", (n * Width) + i) * value).Aggregate((a, b) => a + b))];
                double[] o = [.. Enumerable.Range(0, Readouts).Select(h =>
                    ((Complex ? 2 : 1) * (Before ? states : next).Select((state, n) => (Part(prefix + "output", (h * Modes) + n) * state).Real).Sum())
                    + (Skip ? x[t].Select((value, i) => Of(prefix + "skip").Values[(h * Width) + i] * value).Sum() : 0))];
                double[] units = First ? Affine(prefix + "linear1", o) : [.. o.Select((value, h) => value + (Bias ? Of(prefix + "linear1.bias").Values[h] : 0))];
                double[] y = Affine(prefix + "linear2", [.. units.Select(DecoderFunctions.Find(layer == 0 ? Decoder : "exp")!.Value)]);
                x[t] = [.. y.Select((value, i) => value + (Residual ? x[t][i] : 0))];
                states = next;
            }
        }

        double[][] pooled = Pooling switch
        {
            "mean" => [[.. Enumerable.Range(0, Width).Select(i => x.Average(row => row[i]))]],
            "last" => [x[^1]],
            _ => x,
        };
        return [.. pooled.SelectMany(row => Affine("head", row))];

        Tensor Of(string name) => declaration.Tensors.Single(tensor => tensor.Name == name).Value;

        double[] Row(string name, int row) => Of(name).Values.Slice(row * Of(name).Shape[1], Of(name).Shape[1]).ToArray();

        System.Numerics.Complex Part(string name, int k) => Complex ? new System.Numerics.Complex(Of(name).Values[2 * k], Of(name).Values[(2 * k) + 1]) : Of(name).Values[k];

        double[] Affine(string name, double[] v) =>
            [.. Enumerable.Range(0, Of(name + ".weight").Shape[0]).Select(r => Row(name + ".weight", r).Zip(v, (w, value) => w * value).Sum() + (declaration.Tensors.Any(tensor => tensor.Name == name + ".bias") ? Of(name + ".bias").Values[r] : 0))];
    }

    private static HyperParameter Text(string name, string value) => new(name, value, HyperKind.Text, null);

    private DeclaredTensor Parts(Random random, string name, params int[] shape) => Random(random, name, Complex ? [.. shape, 2] : shape);

    // One mode of modulus 1, and one of 0.
    private DeclaredTensor Modulus(DeclaredTensor eigenvalues)
    {
        double[] values = eigenvalues.Value.Values.ToArray();
        int parts = Complex ? 2 : 1;
        (values[0], values[parts]) = (Complex ? 0.6 : -1, 0);
        (values[1], values[(2 * parts) - 1]) = Complex ? (0.8, 0) : (0, 0);
        return eigenvalues with { Value = new Tensor(eigenvalues.Value.Shape, values) };
    }
}
