using System;
using System.Linq;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;

namespace OperatorGen.Generator.Tests;

/// <summary>C# and model files that several tests share: small, stable models.</summary>
internal static class Sources
{
    /// <summary>The attributes of an inline model of two waves and a GELU.</summary>
    public const string TwoWaves = """
        [global::OperatorGen.InlineModel(Discretization = "zoh", Step = 0.125, Gamma = 2, Skip = 0.5, Decoder = "gelu-erf", InputLow = -1, InputHigh = 1)]
        [global::OperatorGen.Mode(-0.5, 3.0, OutputRe = 0.75, OutputIm = -0.25)]
        [global::OperatorGen.Mode(-0.25, 7.0, OutputRe = "1/3")]
        """;

    /// <summary>The smallest inline model.</summary>
    public const string OneWave = "[global::OperatorGen.InlineModel] [global::OperatorGen.Mode(0.5, 0.0)]";

    /// <summary>A documented class with attributes.</summary>
    public static string Class(string attributes, string declaration = "public partial class Model;") =>
        $"/// <summary>A model.</summary>\n{attributes}\n{declaration}\n";

    /// <summary>A class that names the model file <c>m.ssm.json</c>.</summary>
    public static string FileClass(string arguments = "") => Class($"[global::OperatorGen.SequenceModel(\"m.ssm.json\"{arguments})]");

    /// <summary>A model file of the architecture modes: one mode of eigenvalue 0.5 and output weight 2.</summary>
    public static string ModesFile(string eigenvalue = "0.5", string hyper = "\"discretization\": \"none\", \"gamma\": 1, \"decoder\": \"gelu-erf\"", string more = "") => $$"""
        {
          "format": "operatorgen/1",
          "architecture": "modes",
          "hyper": { {{hyper}} },{{more}}
          "tensors": {
            "eigenvalue": { "shape": [1, 2], "values": [{{eigenvalue}}, 0.25] },
            "input": { "shape": [1, 2], "values": [1, 0] },
            "output": { "shape": [1, 2], "values": [2, 0] }
          }
        }
        """;

    /// <summary>A model file of s4d-standalone with 2 channels and 2 stored modes.</summary>
    public static string S4DFile(string options = "\"precision\": \"both\"") => $$"""
        {
          "format": "operatorgen/1",
          "architecture": "s4d-standalone",
          "hyper": { "d_model": 2, "d_state": 4 },
          "options": { {{options}} },
          "tensors": {
        {{S4DTensors("")}}
          }
        }
        """;

    /// <summary>A model file of s4-example: 1 input, 2 channels, 2 stored modes, 3 outputs, 1 layer.</summary>
    public static string S4ExampleFile { get; } = $$"""
        {
          "format": "operatorgen/1",
          "architecture": "s4-example",
          "hyper": { "d_input": 1, "d_output": 3, "d_model": 2, "d_state": 4, "n_layers": 1, "prenorm": true },
          "options": { "precision": "both" },
          "labels": ["low", "middle", "high"],
          "source": { "trained on": "nothing, the numbers are made up" },
          "input": { "scale": [0.5], "offset": [0.25] },
          "tensors": {
            "encoder.weight": { "shape": [2, 1], "values": [0.75, -0.5] },
            "encoder.bias": { "shape": [2], "values": [0.125, 0.0625] },
        {{S4DTensors("s4_layers.0.")}},
            "norms.0.weight": { "shape": [2], "values": [1, 0.875] },
            "norms.0.bias": { "shape": [2], "values": [0, 0.125] },
            "decoder.weight": { "shape": [3, 2], "values": [0.5, -0.25, 0.125, 0.75, -0.5, 0.25] },
            "decoder.bias": { "shape": [3], "values": [0, 0.25, -0.25] }
          }
        }
        """;

    /// <summary>A model file of mamba1-block: width 2, 4 channels, 2 states, 2 taps, rank 1.</summary>
    public static string MambaFile { get; } = $$"""
        {
          "format": "operatorgen/1",
          "architecture": "mamba1-block",
          "hyper": { "d_model": 2, "expand": 2, "d_state": 2, "d_conv": 2, "dt_rank": 1 },
          "options": { "precision": "both" },
          "tensors": {
            "in_proj.weight": { "shape": [8, 2], "values": [{{Numbers(16)}}] },
            "conv1d.weight": { "shape": [4, 1, 2], "values": [{{Numbers(8)}}] },
            "conv1d.bias": { "shape": [4], "values": [{{Numbers(4)}}] },
            "x_proj.weight": { "shape": [5, 4], "values": [{{Numbers(20)}}] },
            "dt_proj.weight": { "shape": [4, 1], "values": [{{Numbers(4)}}] },
            "dt_proj.bias": { "shape": [4], "values": [{{Numbers(4)}}] },
            "A_log": { "shape": [4, 2], "values": [{{Numbers(8)}}] },
            "D": { "shape": [4], "values": [{{Numbers(4)}}] },
            "out_proj.weight": { "shape": [2, 4], "values": [{{Numbers(8)}}] }
          }
        }
        """;

    /// <summary>A model file of mamba1-lm: 3 tokens in an embedding of 4 rows that the head shares, width 2, one layer of 2 channels, 2 states, 2 taps, rank 1.</summary>
    public static string LanguageFile { get; } = $$"""
        {
          "format": "operatorgen/1",
          "architecture": "mamba1-lm",
          "hyper": { "d_model": 2, "n_layer": 1, "vocab_size": 3, "tie_embeddings": true, "ssm_cfg": { "expand": 1, "d_state": 2, "d_conv": 2, "dt_rank": 1 } },
          "options": { "precision": "both" },
          "tensors": {
            "backbone.embedding.weight": { "shape": [4, 2], "values": [{{Numbers(8)}}] },
            "backbone.layers.0.norm.weight": { "shape": [2], "values": [1, 0.875] },
            "backbone.layers.0.mixer.in_proj.weight": { "shape": [4, 2], "values": [{{Numbers(8)}}] },
            "backbone.layers.0.mixer.conv1d.weight": { "shape": [2, 1, 2], "values": [{{Numbers(4)}}] },
            "backbone.layers.0.mixer.conv1d.bias": { "shape": [2], "values": [{{Numbers(2)}}] },
            "backbone.layers.0.mixer.x_proj.weight": { "shape": [5, 2], "values": [{{Numbers(10)}}] },
            "backbone.layers.0.mixer.dt_proj.weight": { "shape": [2, 1], "values": [{{Numbers(2)}}] },
            "backbone.layers.0.mixer.dt_proj.bias": { "shape": [2], "values": [{{Numbers(2)}}] },
            "backbone.layers.0.mixer.A_log": { "shape": [2, 2], "values": [{{Numbers(4)}}] },
            "backbone.layers.0.mixer.D": { "shape": [2], "values": [{{Numbers(2)}}] },
            "backbone.layers.0.mixer.out_proj.weight": { "shape": [2, 2], "values": [{{Numbers(4)}}] },
            "backbone.norm_f.weight": { "shape": [2], "values": [1.125, 0.75] }
          }
        }
        """;

    /// <summary>A model file of gla-layer: 4 channels, 2 heads of 2 keys and 2 values.</summary>
    public static string GlaFile { get; } = $$"""
        {
          "format": "operatorgen/1",
          "architecture": "gla-layer",
          "hyper": { "hidden_size": 4, "num_heads": 2, "gate_low_rank_dim": 1 },
          "options": { "precision": "single" },
          "tensors": {
            "q_proj.weight": { "shape": [4, 4], "values": [{{Numbers(16)}}] },
            "k_proj.weight": { "shape": [4, 4], "values": [{{Numbers(16)}}] },
            "v_proj.weight": { "shape": [4, 4], "values": [{{Numbers(16)}}] },
            "g_proj.weight": { "shape": [4, 4], "values": [{{Numbers(16)}}] },
            "gk_proj.0.weight": { "shape": [1, 4], "values": [{{Numbers(4)}}] },
            "gk_proj.1.weight": { "shape": [4, 1], "values": [{{Numbers(4)}}] },
            "gk_proj.1.bias": { "shape": [4], "values": [{{Numbers(4)}}] },
            "g_norm_swish_gate.weight": { "shape": [2], "values": [{{Numbers(2)}}] },
            "o_proj.weight": { "shape": [4, 4], "values": [{{Numbers(16)}}] }
          }
        }
        """;

    /// <summary>The file of shapes of a model file.</summary>
    public static string Shapes(string model) => ModelFileWriter.Write(WeightPacker.WithoutNumbers(
        ModelFileReader.Read(model.Replace("\"both\"", "\"single\"", StringComparison.Ordinal), default).Value!, WeightFormat.Single));

    /// <summary>A path of two channels, a cell of two states whose series is cut by the norm, in both precisions.</summary>
    public static string CdeFile { get; } = """
        {
          "format": "operatorgen/1",
          "architecture": "linear-cde",
          "options": { "precision": "both" },
          "tensors": {
            "A": { "shape": [2, 2, 2], "values": [0, 0.5, -0.25, 0, 0.25, 0, 0.5, -0.25] },
            "B": { "shape": [2, 2], "values": [0, 0.125, 0, 0] },
            "Z_0": { "shape": [2], "values": [1, 0] },
            "C": { "shape": [1, 2], "values": [1, 2] }
          }
        }
        """;

    /// <summary>The word 12 of the signature: strictly triangular matrices.</summary>
    public static string WordFile { get; } = """
        {
          "format": "operatorgen/1",
          "architecture": "linear-cde",
          "tensors": {
            "A": { "shape": [2, 3, 3], "values": [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0] },
            "Z_0": { "shape": [3], "values": [1, 0, 0] },
            "C": { "shape": [1, 3], "values": [0, 0, 1] }
          }
        }
        """;

    /// <summary>A stack of one layer that takes tokens: a ring of 4 nodes, read before the update, with a dense D, b_1 and a cubic decoder.</summary>
    public static string StackFile { get; } = """
        {
          "format": "operatorgen/1",
          "architecture": "stack",
          "hyper": { "decoder": "polynomial(0, 0, 0, 1)", "read": "before" },
          "options": { "precision": "double", "expansion": "exact", "maxLength": 16 },
          "labels": ["a", "b", "stop"],
          "tensors": {
            "embedding.weight": { "shape": [3, 2], "values": [1, 0, -1, 0, 0, 1] },
            "layers.0.eigenvalue": { "shape": [3, 2], "values": [1, 0, 0, 1, -1, 0] },
            "layers.0.input": { "shape": [3, 2], "values": [1, 0, 1, 0, 0, 1] },
            "layers.0.output": { "shape": [2, 3], "values": [0.25, 0.5, 0.25, 0.5, -0.5, 1] },
            "layers.0.skip": { "shape": [2, 2], "values": [0, 1, 0.5, 0] },
            "layers.0.linear1.bias": { "shape": [2], "values": [0.125, -0.25] },
            "layers.0.linear2.weight": { "shape": [3, 2], "values": [1, 0, 0, 1, 0.5, 0.5] }
          }
        }
        """;

    /// <summary>A model file of s5-ssm: 2 channels, 2 stored modes that run in both directions.</summary>
    public static string S5BothDirectionsFile(string options = "") => $$"""
        {
          "format": "operatorgen/1",
          "architecture": "s5-ssm",
          "hyper": { "bidirectional": true, "conj_sym": true, "disc": "zoh" },
          "options": { {{options}} },
          "tensors": {
            "Lambda_re": { "shape": [2], "values": [-0.5, -0.25] },
            "Lambda_im": { "shape": [2], "values": [1.5, 6] },
            "B": { "shape": [2, 2, 2], "values": [{{Numbers(8)}}] },
            "C1": { "shape": [2, 2, 2], "values": [0.5, 0.25, -0.5, 0.125, 0.75, 0, 0.25, -0.75] },
            "C2": { "shape": [2, 2, 2], "values": [0.125, -0.25, 0.375, 0.5, -0.75, 0.25, 0, 0.625] },
            "D": { "shape": [2], "values": [0.5, -0.25] },
            "log_step": { "shape": [2, 1], "values": [-2, -3] }
          }
        }
        """;

    /// <summary>HiPPO-LegS of 8 states without noise, two channels: in single precision a low-rank step.</summary>
    public static string LowRankFile()
    {
        LowRankModes cell = HippoLegs.Cell(new System.Random(1), 4, 0.125, 0.03125);
        string Of(System.Collections.Generic.IEnumerable<double> values) => string.Join(", ", values.Select(x => NumberText.Format(x)));
        double[] a = cell.A.Values.ToArray();
        return $$"""
            {
              "format": "operatorgen/1",
              "architecture": "s4block-dplr",
              "hyper": { "dt_transform": "none", "real_transform": "none", "final_act": null },
              "tensors": {
                "layer.D": { "shape": [1, 2], "values": [{{Of(cell.Skip!.Values.ToArray())}}] },
                "layer.kernel.inv_dt": { "shape": [2, 1], "values": [0.125, 0.03125] },
                "layer.kernel.C": { "shape": [1, 2, 4, 2], "values": [{{Of(cell.C.Values.ToArray())}}] },
                "layer.kernel.B": { "shape": [1, 1, 4, 2], "values": [{{Of(cell.B.Values.ToArray())}}] },
                "layer.kernel.P": { "shape": [1, 1, 4, 2], "values": [{{Of(cell.P.Values.ToArray())}}] },
                "layer.kernel.A_real": { "shape": [1, 4], "values": [{{Of(a.Where((_, i) => i % 2 == 0).Select(x => -x))}}] },
                "layer.kernel.A_imag": { "shape": [1, 4], "values": [{{Of(a.Where((_, i) => i % 2 == 1).Select(x => -x))}}] },
                "layer.kernel.l_kernel": { "shape": [], "values": [0] }
              }
            }
            """;
    }

    private static string S4DTensors(string prefix) => $$"""
            "{{prefix}}D": { "shape": [2], "values": [0.5, -0.25] },
            "{{prefix}}kernel.C": { "shape": [2, 2, 2], "values": [0.5, 0.25, -0.5, 0.125, 0.75, 0, 0.25, -0.75] },
            "{{prefix}}kernel.log_dt": { "shape": [2], "values": [-2, -3] },
            "{{prefix}}kernel.log_A_real": { "shape": [2, 2], "values": [-0.5, -0.75, -1, -0.25] },
            "{{prefix}}kernel.A_imag": { "shape": [2, 2], "values": [0, 3, 1.5, 6] },
            "{{prefix}}output_linear.0.weight": { "shape": [4, 2], "values": [0.5, -0.5, 0.25, 0.75, -0.125, 1, 0.375, -1] },
            "{{prefix}}output_linear.0.bias": { "shape": [4], "values": [0, 0.125, -0.125, 0.25] }
        """;

    /// <summary>Numbers that look alike nowhere: multiples of 1/16 between -1/2 and 1/2, in an order of their own.</summary>
    private static string Numbers(int count) =>
        string.Join(", ", Enumerable.Range(0, count).Select(i => (((5 * i) % 17) - 8) * 0.0625).Select(number => Symbolics.NumberText.Format(number)));
}
