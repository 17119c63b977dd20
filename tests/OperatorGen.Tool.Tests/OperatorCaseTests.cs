using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Conformance;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>Cases of operators: inputs of several streams, constants among them, an initial state.</summary>
public sealed class OperatorCaseTests
{
    private const string Deltas = "gated-delta-rule-recurrent-a";

    [Fact]
    public void Inputs_follow_each_other_within_a_step_in_the_order_of_the_description()
    {
        NumberBlock input = Assert.Single(Case("gla", "H=2,K=1,V=2,T=3", """{ "q,k,gk": "B,T,H,K (gk = log decay)", "v,o": "B,T,H,V" }""", ["in.v", "in.q"], ("in.q", [1, 3, 2, 1]), ("in.v", [1, 3, 2, 2])).Inputs());
        Assert.Equal([3, 6], input.Shape);

        // v counts 0.. and q 100..
        Assert.Equal([100, 101, 102, 103, 0, 1, 104, 105, 106, 107, 2, 3, 108, 109, 110, 111, 4, 5], input.Values);
    }

    [Fact]
    public void Time_may_be_behind_the_heads_and_behind_the_channels()
    {
        Assert.Equal([0, 3, 1, 4, 2, 5], Case("retnet", "", """{ "q": "B,H,T,D (head first!)" }""", ["in.q"], ("in.q", [1, 2, 3, 1])).Inputs()[0].Values);
        Assert.Equal([0, 3, 1, 4, 2, 5], Case("mamba1-selective-scan", "", """{ "u": "B,D,L" }""", ["in.u"], ("in.u", [1, 2, 3])).Inputs()[0].Values);
    }

    [Fact]
    public void Complex_streams_alternate_between_real_and_imaginary_part_in_time()
    {
        const string Layout = """{ "u": "B,D,L", "B": "B,N,L | B,G,N,L | D,N ; complex ones interleaved on last axis (2L)" }""";
        NumberBlock input = Case("mamba1-selective-scan", "varB=true", Layout, ["in.u", "in.B"], ("in.u", [1, 1, 2]), ("in.B", [1, 2, 4])).Inputs()[0];

        // Per step: u, then (re, im) of every mode.
        Assert.Equal([0, 100, 101, 104, 105, 1, 102, 103, 106, 107], input.Values);
    }

    [Fact]
    public void What_has_no_time_is_a_tensor_of_the_model()
    {
        const string Layout = """{ "u,delta": "B,D,L", "A": "D,N", "B,C": "B,N,L | B,G,N,L | D,N", "complex fixed A,B": "trailing 2 = re,im" }""";
        ConformanceCase conformance = Case("mamba1-selective-scan", "varB=false,varC=false", Layout, ["in.u", "in.delta", "in.A", "in.B", "in.C", "in.delta_bias"],
            ("in.u", [2, 3, 4]), ("in.delta", [2, 3, 4]), ("in.A", [3, 2, 2]), ("in.B", [3, 2, 2]), ("in.C", [3, 2, 2]), ("in.delta_bias", [3]));
        Assert.Equal(6, conformance.Inputs()[0].Shape[1]);
        SelectiveCell cell = Assert.IsType<SelectiveCell>(conformance.ToModel().Layers[0].Cell);
        Assert.Equal((3, 2, Field.Complex), (cell.Count, cell.KeyWidth, cell.Field));
        Assert.IsType<ConstantParameter>(cell.Key);
    }

    [Fact]
    public void A_stream_z_is_the_gate_of_the_scan()
    {
        ConformanceCase conformance = Case("mamba1-selective-scan", "", """{ "u,delta,z,y": "B,D,L", "A": "D,N", "B,C": "B,N,L" }""", ["in.u", "in.delta", "in.A", "in.B", "in.C", "in.z"],
            ("in.u", [1, 2, 3]), ("in.delta", [1, 2, 3]), ("in.A", [2, 1]), ("in.B", [1, 1, 3]), ("in.C", [1, 1, 3]), ("in.z", [1, 2, 3]));
        Assert.Equal(2, conformance.ToModel().Layers[0].Input.GateWidth);
    }

    [Fact]
    public void With_an_initial_state_the_output_starts_from_it()
    {
        using var copy = new CaseCopy(Deltas);
        copy.Tensors.Set("in.initial_state", [1, 2, 4, 5], new double[40]);
        copy.Description = copy.Description.Replace("\"in.g\": {", "\"in.initial_state\": { \"shape\": [1, 2, 4, 5] }, \"in.g\": {", StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, copy.Check(_ => { }, "--engine", "reference").ExitCode);
        ToolRun run = copy.Check(tensors => tensors.Change("in.initial_state", 0, _ => 1), "--engine", "reference");
        Assert.All(run.Lines[..^2], line => Assert.EndsWith("FAIL", line, StringComparison.Ordinal));
        Assert.Equal(["out.o", "out.state"], run.Lines[..^2].Select(line => line.Split(' ')[3]));
    }

    [Fact]
    public void Streams_of_different_lengths_fail_with_a_reason()
    {
        using var copy = new CaseCopy(Deltas);
        ToolRun run = copy.Check(tensors => tensors.Set("in.beta", [1, 15, 2], new double[30]), "--engine", "reference");
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("different numbers of sequences or time steps", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_is_missing_or_not_listed_fails_with_its_name()
    {
        using var copy = new CaseCopy(Deltas);
        Assert.Contains("missing tensors: in.g", copy.Check(tensors => tensors.Remove("in.g"), "--engine", "reference").Error, StringComparison.Ordinal);
        Assert.Contains("does not list: in.h", copy.Check(tensors => tensors.Set("in.h", [1], 0), "--engine", "reference").Error, StringComparison.Ordinal);
    }

    /// <summary>A case with the given inputs: the elements of the tensor with the number i in the order of the file are 100 i, 100 i + 1, ... from the last in the list of names on.</summary>
    private static ConformanceCase Case(string architecture, string hyper, string layout, string[] listed, params (string Key, int[] Shape)[] tensors)
    {
        using var folder = new TemporaryFolder();
        string listing = string.Join(", ", listed.Select(key => $"\"{key}\": {{}}"));
        string parameters = string.Join(", ", hyper.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(each => $"\"{each.Replace("=", "\": ", StringComparison.Ordinal)}"));
        System.IO.File.WriteAllText(
            folder.File(CaseDescription.FileName),
            $$"""{ "arch": "{{architecture}}", "hyper": { {{parameters}} }, "layout": {{layout}}, "files": { "f64": { "tensors": { {{listing}} } } } }""");
        var file = new TensorFile();
        for (int i = 0; i < tensors.Length; i++)
        {
            file.Set(tensors[i].Key, tensors[i].Shape, [.. Enumerable.Range(100 * i, tensors[i].Shape.Aggregate(1, (product, size) => product * size)).Select(value => (double)value)]);
        }

        file.Write(folder.File("f64.safetensors"));
        return ConformanceCase.Load(folder.Path, Precision.Double);
    }
}
