using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using OperatorGen.Compiler;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Safetensors;
using OperatorGen.TestKit;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Conformance;

/// <summary>
/// Every trained model of <c>examples</c>: reference and generated code against the scores that PyTorch computed with the code that trained it
/// (<c>examples/training/scores.py</c>), for sequences of 40, 17 and 1 steps: the input's scaling, the recurrence, the gate and a mean that ends
/// where the sequence ends.
/// </summary>
public sealed class TrainedModelTests
{
    private static readonly VectorWidth[] s_widths = [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    private static readonly Dictionary<string, string> s_files = Directory
        .EnumerateFiles(Path.Combine(RepositoryFolder.Path, "examples"), "*.ssm.json", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(RepositoryFolder.Path, path).Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"))
        .Where(path => File.ReadAllText(path).Contains("examples/training/train.py", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetFileName(path).Replace(".ssm.json", "", StringComparison.Ordinal));

    public static TheoryData<string> Names => [.. s_files.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_trained_model_has_scores_and_every_score_file_a_model() => Assert.Equal(
        s_files.Keys.Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Folder, "*.safetensors").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Reference_and_generated_code_give_the_scores_of_py_torch(string name)
    {
        var trained = Trained.Load(name);
        var reference = new ReferenceEvaluator(trained.Model);
        Agree(trained, "reference", Tolerances.Double, input => reference.Forward(input));
        Agree(trained, Tolerances.Double, GeneratedModel.Load<double>(trained.Model));
        Agree(trained, Tolerances.Single, GeneratedModel.Load<float>(trained.Model));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_step_behind_the_end_changes_the_scores(string name)
    {
        var trained = Trained.Load(name);
        var reference = new ReferenceEvaluator(trained.Model);
        (double[] longer, double[] scores) = trained.Sequence(1, extra: 1);
        Assert.True(Deviation.Between(scores, reference.Forward(longer)).MaxRel > Tolerances.Single);
    }

    private static string Folder => Path.Combine(RepositoryFolder.Path, "tests", "OperatorGen.Conformance", "trained");

    private static void Agree<T>(Trained trained, double tolerance, IGeneratedModel<T> generated)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (VectorWidth width in s_widths)
        {
            Agree(trained, $"generated {typeof(T).Name} {width}", tolerance, input =>
            {
                var output = new T[generated.OutputWidth];
                generated.Forward([.. input.Select(T.CreateChecked)], output, generated.CreateState(), width);
                return [.. output.Select(double.CreateChecked)];
            });
        }
    }

    private static void Agree(Trained trained, string engine, double tolerance, Func<double[], double[]> run)
    {
        for (int i = 0; i < trained.Lengths.Length; i++)
        {
            (double[] input, double[] scores) = trained.Sequence(i);
            double error = Deviation.Between(scores, run(input)).MaxRel;
            Assert.True(error <= tolerance, $"{engine}, {trained.Lengths[i]} steps: {error} is above {tolerance}");
        }
    }

    private sealed record Trained(SequenceModel Model, double[] Input, int[] Lengths, double[] Scores)
    {
        public static Trained Load(string name)
        {
            StageResult<ModelDeclaration> declaration = ModelFileReader.Read(File.ReadAllText(s_files[name]), default);
            Assert.Empty(declaration.Faults);
            StageResult<SequenceModel> model = CompilerStages.Resolve(declaration.Value!, default);
            Assert.Empty(model.Faults);
            SafetensorsFile file = SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".safetensors")));
            Assert.True(
                File.ReadAllText(s_files[name]).Contains($"\"sha256\": \"{file.Metadata["sha256"]}\"", StringComparison.Ordinal),
                $"The scores of {name} are those of other weights: run examples/training/scores.py.");
            return new Trained(
                model.Value!,
                file.Find("x")!.ToDoubles(),
                Array.ConvertAll(file.Find("len")!.ToDoubles(), length => (int)length),
                file.Find("scores")!.ToDoubles());
        }

        /// <summary>A sequence [time, channel], cut at its length plus some steps, and its scores.</summary>
        public (double[] Input, double[] Scores) Sequence(int index, int extra = 0)
        {
            int stride = Input.Length / Lengths.Length, outputs = Scores.Length / Lengths.Length;
            return (Input.AsSpan(index * stride, (Lengths[index] + extra) * Model.InputWidth).ToArray(), Scores.AsSpan(index * outputs, outputs).ToArray());
        }
    }
}
