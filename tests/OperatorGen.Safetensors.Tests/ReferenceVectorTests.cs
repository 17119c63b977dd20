using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace OperatorGen.Safetensors.Tests;

public class ReferenceVectorTests
{
    [SkippableFact]
    public void All_reference_vectors_are_read_and_written_back_the_same()
    {
        string folder = Path.Combine(Build.RepositoryRoot(), "..", "shared", "reference", "vectors");
        Skip.IfNot(Directory.Exists(folder), "shared/reference/vectors is not beside the repository.");
        string[] paths = Directory.GetFiles(folder, "*.safetensors", SearchOption.AllDirectories);
        Assert.NotEmpty(paths);
        foreach (string path in paths)
        {
            SafetensorsFile file = SafetensorsFile.Parse(File.ReadAllBytes(path));
            Assert.NotEmpty(file.Tensors);
            using MemoryStream stream = new();
            SafetensorsFile.Write(
                stream,
                file.Tensors.Select(t => (t.Name, t.DType, t.Shape, t.Bytes)),
                file.Metadata.Count == 0 ? null : new Dictionary<string, string>(file.Metadata));
            SafetensorsFile again = SafetensorsFile.Parse(stream.ToArray());
            foreach (SafetensorsTensor tensor in file.Tensors)
            {
                double[] values = tensor.ToDoubles();
                Assert.Equal(tensor.Shape.Aggregate(1, (a, b) => a * b), values.Length);
                SafetensorsTensor other = again.Find(tensor.Name)!;
                Assert.Equal(tensor.Shape, other.Shape);
                Assert.True(tensor.Bytes.Span.SequenceEqual(other.Bytes.Span), $"{path}: {tensor.Name}");
            }
        }
    }
}
