using System;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Tests;

/// <summary>Small models and data files for calibrations and studies.</summary>
internal static class StudyFiles
{
    public const int Train = 24;
    public const int Test = 17;
    public const int Length = 30;
    public const int Inputs = 2;

    /// <summary>A pooled classifier of 3 channels and 3 classes.</summary>
    public static string Classifier(TemporaryFolder folder, string? options = null, double scale = 1)
    {
        var random = new Random(11);
        string text = $$"""
            { "format": "operatorgen/1", "architecture": "s4d-classifier",
              "hyper": { "d_input": 2, "d_model": 3, "d_state": 4, "d_output": 3 },
              "options": { {{options}} }, "input": { "scale": [{{NumberText.Format(scale)}}, 1] },
              "tensors": {
                "encoder.weight": { "shape": [3, 2], "values": [{{Numbers(random, 6)}}] }, "encoder.bias": { "shape": [3], "values": [{{Numbers(random, 3)}}] },
                "kernel.C": { "shape": [3, 2, 2], "values": [{{Numbers(random, 12)}}] }, "kernel.log_dt": { "shape": [3], "values": [-2, -3, -1] },
                "kernel.log_A_real": { "shape": [3, 2], "values": [-0.5, -0.5, -0.5, -0.5, -0.5, -0.5] }, "kernel.A_imag": { "shape": [3, 2], "values": [0, 3, 1, 4, 2, 6] },
                "D": { "shape": [3], "values": [{{Numbers(random, 3)}}] },
                "decoder.weight": { "shape": [3, 3], "values": [{{Numbers(random, 9)}}] }, "decoder.bias": { "shape": [3], "values": [{{Numbers(random, 3)}}] } } }
            """;
        return Write(folder, "classifier.ssm.json", text);
    }

    /// <summary>A pooled classifier of 3 channels, 3 classes and 2 modes that all channels share and that run in both directions.</summary>
    public static string BothDirections(TemporaryFolder folder, string? options = null)
    {
        var random = new Random(13);
        const string Layer = "encoder.layers_0.";
        string text = $$"""
            { "format": "operatorgen/1", "architecture": "s5-classifier", "hyper": { "bidirectional": true, "activation": "gelu" }, "options": { {{options}} },
              "tensors": {
                "encoder.encoder.kernel": { "shape": [2, 3], "values": [{{Numbers(random, 6)}}] }, "encoder.encoder.bias": { "shape": [3], "values": [{{Numbers(random, 3)}}] },
                "{{Layer}}seq.Lambda_re": { "shape": [2], "values": [-0.5, -0.25] }, "{{Layer}}seq.Lambda_im": { "shape": [2], "values": [1, 3] },
                "{{Layer}}seq.B": { "shape": [2, 3, 2], "values": [{{Numbers(random, 12)}}] }, "{{Layer}}seq.D": { "shape": [3], "values": [{{Numbers(random, 3)}}] },
                "{{Layer}}seq.C1": { "shape": [3, 2, 2], "values": [{{Numbers(random, 12)}}] }, "{{Layer}}seq.C2": { "shape": [3, 2, 2], "values": [{{Numbers(random, 12)}}] },
                "{{Layer}}seq.log_step": { "shape": [2, 1], "values": [-1, -2] },
                "{{Layer}}norm.scale": { "shape": [3], "values": [1, 1, 1] }, "{{Layer}}norm.bias": { "shape": [3], "values": [0, 0, 0] },
                "decoder.kernel": { "shape": [3, 3], "values": [{{Numbers(random, 9)}}] }, "decoder.bias": { "shape": [3], "values": [{{Numbers(random, 3)}}] } } }
            """;
        return Write(folder, "both.ssm.json", text);
    }

    /// <summary>A selective pooled classifier of two layers with 3 channels of 2 states each, and 3 classes.</summary>
    public static string Selective(TemporaryFolder folder)
    {
        var random = new Random(14);
        string layers = string.Concat(Enumerable.Range(0, 2).Select(i => $$"""
                "layers.{{i}}.norm.weight": { "shape": [3], "values": [1, 1.25, 0.75] }, "layers.{{i}}.mixer.in_proj.weight": { "shape": [6, 3], "values": [{{Numbers(random, 18)}}] },
                "layers.{{i}}.mixer.conv1d.weight": { "shape": [3, 1, 2], "values": [{{Numbers(random, 6)}}] }, "layers.{{i}}.mixer.conv1d.bias": { "shape": [3], "values": [{{Numbers(random, 3)}}] },
                "layers.{{i}}.mixer.x_proj.weight": { "shape": [5, 3], "values": [{{Numbers(random, 15)}}] }, "layers.{{i}}.mixer.dt_proj.weight": { "shape": [3, 1], "values": [{{Numbers(random, 3)}}] },
                "layers.{{i}}.mixer.dt_proj.bias": { "shape": [3], "values": [-1, -2, 0] }, "layers.{{i}}.mixer.A_log": { "shape": [3, 2], "values": [-1, 0, -1, 0, -1, 0] },
                "layers.{{i}}.mixer.D": { "shape": [3], "values": [{{Numbers(random, 3)}}] }, "layers.{{i}}.mixer.out_proj.weight": { "shape": [3, 3], "values": [{{Numbers(random, 9)}}] },
            """));
        string text = $$"""
            { "format": "operatorgen/1", "architecture": "mamba-classifier", "hyper": { "d_model": 3, "expand": 1, "d_state": 2, "d_conv": 2, "dt_rank": 1, "bias": false },
              "tensors": {
                "encoder.weight": { "shape": [3, 2], "values": [{{Numbers(random, 6)}}] }, "encoder.bias": { "shape": [3], "values": [{{Numbers(random, 3)}}] },
            {{layers}}    "norm_f.weight": { "shape": [3], "values": [1, 1, 1] },
                "decoder.weight": { "shape": [3, 3], "values": [{{Numbers(random, 9)}}] }, "decoder.bias": { "shape": [3], "values": [{{Numbers(random, 3)}}] } } }
            """;
        return Write(folder, "selective.ssm.json", text);
    }

    /// <summary>Two heads of gated linear attention, 2 keys by 2 values, without weights: 16 numbers per time step, the last 4 of them log-gates.</summary>
    public static string Gla(TemporaryFolder folder) => Write(folder, "gla.ssm.json", """
        { "format": "operatorgen/1", "architecture": "gla", "hyper": { "H": 2, "K": 2, "V": 2 }, "tensors": {} }
        """);

    /// <summary>Sequences for <see cref="Gla"/>: noise in queries, keys and values, and the log-gates that are asked for.</summary>
    public static string GlaData(TemporaryFolder folder, Func<int, int, int, double> logGate, double noise = 1) => Data(folder, 16, tensors =>
    {
        foreach (string name in new[] { "x_train", "x_test" })
        {
            double[] x = tensors.Values(name);
            for (int i = 0; i < x.Length; i++)
            {
                int channel = i % 16, time = i / 16 % Length, sequence = i / 16 / Length;
                x[i] = channel < 12 ? noise * x[i] : logGate(sequence, time, channel - 12);
            }

            tensors.Set(name, tensors.Shape(name), x);
        }
    });

    /// <summary>Two heads of the gated delta rule, 2 keys by 3 values, without weights: 18 numbers per time step.</summary>
    public static string Delta(TemporaryFolder folder) => Write(folder, "delta.ssm.json", """
        { "format": "operatorgen/1", "architecture": "gated-deltanet", "hyper": { "H": 2, "K": 2, "V": 3 }, "tensors": {} }
        """);

    /// <summary>One channel, no pooling, a cubic decoder.</summary>
    public static string Cubic(TemporaryFolder folder) => Write(folder, "cubic.ssm.json", """
        { "format": "operatorgen/1", "architecture": "modes",
          "hyper": { "discretization": "none", "gamma": 2, "decoder": "polynomial(1/4, 1, -1/2, 1/8)" },
          "tensors": { "eigenvalue": { "shape": [2, 2], "values": [0.5, 0.25, -0.25, 0.75] }, "input": { "shape": [2, 2], "values": [1, 0, 1, 0] },
            "output": { "shape": [2, 2], "values": [0.5, 0.25, 0.25, -0.5] } } }
        """);

    /// <summary>Sequences of noise with a trend, labelled by what the trend is.</summary>
    public static string Data(TemporaryFolder folder, int inputs = Inputs, Action<TensorFile>? change = null)
    {
        var random = new Random(12);
        var tensors = new TensorFile();
        foreach ((string split, int count) in new[] { ("train", Train), ("test", Test) })
        {
            double[] x = [.. Enumerable.Range(0, count * Length * inputs).Select(i => (2 * random.NextDouble()) - 1 + ((i / (Length * inputs) % 3) * 0.25))];
            tensors.Set("x_" + split, [count, Length, inputs], x);
            tensors.Set("y_" + split, SafetensorsDType.I32, [count], [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes(i % 3))]);
            tensors.Set("len_" + split, SafetensorsDType.I64, [count], [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((long)(Length - (i % 4))))]);
        }

        change?.Invoke(tensors);
        string path = folder.File("noise.safetensors");
        tensors.Write(path);
        return path;
    }

    public static ModelDeclaration Read(string path) => ModelFileReader.Read(File.ReadAllText(path), default).Value!;

    private static string Numbers(Random random, int count) =>
        string.Join(", ", Enumerable.Range(0, count).Select(_ => NumberText.Format((float)((2 * random.NextDouble()) - 1))));

    private static string Write(TemporaryFolder folder, string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }
}
