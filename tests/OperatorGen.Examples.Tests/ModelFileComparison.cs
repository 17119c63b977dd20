using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>Holds the model files of an example against what the example computes.</summary>
internal static class ModelFileComparison
{
    /// <summary>Fails where a file is not what is built, but for the rounding of sine, cosine and logarithm, which are no more than 1 ulp off on any platform, and of what they are multiplied by.</summary>
    /// <param name="example">The example's folder.</param>
    /// <param name="built">The files by name.</param>
    public static void AreBuilt(string example, IEnumerable<(string Name, string Text)> built)
    {
        foreach ((string name, string text) in built)
        {
            using var written = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(example), name)));
            using var expected = JsonDocument.Parse(text);
            Assert.Equal(Without(expected.RootElement, "tensors"), Without(written.RootElement, "tensors"));
            JsonElement tensors = expected.RootElement.GetProperty("tensors");
            Assert.Equal(tensors.EnumerateObject().Select(tensor => tensor.Name), written.RootElement.GetProperty("tensors").EnumerateObject().Select(tensor => tensor.Name));
            foreach (JsonProperty tensor in written.RootElement.GetProperty("tensors").EnumerateObject())
            {
                JsonElement other = tensors.GetProperty(tensor.Name);
                Assert.Equal(other.GetProperty("shape").GetRawText(), tensor.Value.GetProperty("shape").GetRawText());
                double ulp = IsSingle(other) ? 1e-7 : 1e-15;
                Assert.All(Numbers(other).Zip(Numbers(tensor.Value)), pair => Assert.Equal(pair.First, pair.Second, ulp * Math.Max(1, Math.Abs(pair.First))));
            }
        }
    }

    private static IEnumerable<(string, string)> Without(JsonElement file, string name) => file.EnumerateObject().Where(member => member.Name != name).Select(member => (member.Name, member.Value.GetRawText()));

    private static bool IsSingle(JsonElement tensor) => tensor.TryGetProperty("dtype", out JsonElement type) && type.GetString() == "F32";

    private static double[] Numbers(JsonElement tensor) =>
        !tensor.TryGetProperty("data", out JsonElement data) ? [.. tensor.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())]
        : IsSingle(tensor) ? [.. MemoryMarshal.Cast<byte, float>(data.GetBytesFromBase64()).ToArray().Select(value => (double)value)]
        : MemoryMarshal.Cast<byte, double>(data.GetBytesFromBase64()).ToArray();

    /// <summary>The folder of an example's model files.</summary>
    public static string Folder(string example)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "examples", example, "models");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException(Path.Combine("examples", example, "models"));
    }
}
