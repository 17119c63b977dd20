using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.Safetensors;
using TokenSelections;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>The trained stack of <c>examples/TokenSelection</c>, beside PyTorch's own outputs in double precision (<c>examples/training/selection.py check</c>).</summary>
public sealed class TrainedSelectionTests
{
    private const double Float = 2e-5; // the tolerance of float code beside a reference in double, of the largest logit

    [Fact]
    public void Logits_are_those_of_PyTorch_and_so_is_every_choice()
    {
        var file = SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "trained-copy.safetensors")));
        double[] tokens = file.Find("x_test")!.ToDoubles(), expected = file.Find("out_test")!.ToDoubles();
        const int Sequences = 8;
        int steps = tokens.Length / Sequences, width = TrainedCopy.OutputWidth;
        var model = new TrainedCopy();
        double tolerance = Float * expected.Max(Math.Abs);
        for (int i = 0; i < Sequences; i++)
        {
            var logits = new float[steps * width];
            model.Forward([.. tokens.Skip(i * steps).Take(steps).Select(token => (int)token)], logits);
            for (int t = 0; t < steps; t++)
            {
                double[] wanted = expected[(((i * steps) + t) * width)..(((i * steps) + t + 1) * width)];
                float[] found = logits[(t * width)..((t + 1) * width)];
                Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
                double[] falling = [.. wanted.OrderDescending()];
                if (falling[0] - falling[1] > 2 * tolerance)
                {
                    Assert.Equal(Array.IndexOf(wanted, falling[0]), Array.IndexOf(found, found.Max()));
                }
            }
        }
    }

    [Fact]
    public void The_outputs_are_of_the_committed_model()
    {
        var file = SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "trained-copy.safetensors")));
        using var model = JsonDocument.Parse(File.ReadAllText(Path.Combine(ModelFileComparison.Folder("TokenSelection"), "trained-copy.ssm.json")));
        Assert.Equal(model.RootElement.GetProperty("source").GetProperty("sha256").GetString(), file.Metadata["model_sha256"]);
    }
}
