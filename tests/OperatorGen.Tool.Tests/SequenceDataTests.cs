using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using OperatorGen.Safetensors;
using OperatorGen.Tool.Data;
using Xunit;

namespace OperatorGen.Tool.Tests;

public class SequenceDataTests
{
    [Fact]
    public void A_sample_is_what_the_file_holds_without_its_padding()
    {
        using var folder = new TemporaryFolder();
        string path = StudyFiles.Data(folder);
        SequenceData data = Load(path, "test");
        double[] x = new TensorFile(path).Values("x_test");
        Assert.Equal((StudyFiles.Test, StudyFiles.Inputs, StudyFiles.Length, "noise", true), (data.Count, data.Channels, data.Length, data.Name, data.HasLabels));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), data.Hash);
        for (int i = 0; i < data.Count; i++)
        {
            Assert.Equal(x.Skip(i * StudyFiles.Length * StudyFiles.Inputs).Take((StudyFiles.Length - (i % 4)) * StudyFiles.Inputs), data.Sample(i));
            Assert.Equal(i % 3, data.Label(i));
        }
    }

    [Fact]
    public void Bytes_without_a_channel_axis_are_one_channel_and_labels_may_be_missing()
    {
        using var folder = new TemporaryFolder();
        var tensors = new TensorFile();
        tensors.Set("x_train", SafetensorsDType.U8, [2, 3], [0, 7, 255, 1, 2, 3]);
        tensors.Set("lo_hi", [2], -1, 1);
        tensors.Write(folder.File("bytes.safetensors"));
        SequenceData data = Load(folder.File("bytes.safetensors"), "train");
        Assert.Equal((2, 3, 1, false), (data.Count, data.Length, data.Channels, data.HasLabels));
        Assert.Equal([0, 7, 255], data.Sample(0));
        Assert.Equal([1, 2, 3], data.Sample(1));
    }

    public static TheoryData<string, Action<TensorFile>> Mistakes => new()
    {
        { "has no tensor 'x_test'; it has len_test", tensors => tensors.Remove("x_test") },
        { "--split train takes 'x_train'.", tensors => tensors.Remove("x_test") },
        { "the shape (n, length, channels) or (n, length) is expected", tensors => tensors.Reshape("x_test", StudyFiles.Test * StudyFiles.Length * StudyFiles.Inputs) },
        { "the shape [17] is expected", tensors => tensors.Set("y_test", [2], 0, 1) },
        { "element 2 of y_test is 0.5; a label", tensors => tensors.Set("y_test", [17], [0, 0, 0.5, .. new double[14]]) },
        { "element 1 of y_test is -1; a label", tensors => tensors.Set("y_test", [17], [0, -1, .. new double[15]]) },
        { "element 0 of len_test is 31; a length from 1 to 30", tensors => tensors.Set("len_test", [17], [.. Enumerable.Repeat(31.0, 17)]) },
        { "element 3 of len_test is 0; a length from 1 to 30", tensors => tensors.Set("len_test", [17], [1, 1, 1, 0, .. Enumerable.Repeat(1.0, 13)]) },
        { "not finite in sequence 1, time step 2, channel 1", tensors => tensors.Change("x_test", ((StudyFiles.Length + 2) * StudyFiles.Inputs) + 1, _ => double.NaN) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named(string message, Action<TensorFile> change)
    {
        using var folder = new TemporaryFolder();
        string path = StudyFiles.Data(folder, change: change);
        Assert.Contains(message, Assert.Throws<UnusableInputException>(() => Load(path, "test").Sample(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_the_model_is_named()
    {
        using var folder = new TemporaryFolder();
        SequenceData data = Load(StudyFiles.Data(folder), "test");
        Assert.Contains("has 2 numbers per time step, but the model's input has 3", Assert.Throws<UnusableInputException>(() => data.Require(3, null)).Message, StringComparison.Ordinal);
        Assert.EndsWith("give data of that width.", Assert.Throws<UnusableInputException>(() => data.Require(3, null)).Message, StringComparison.Ordinal);
        Assert.EndsWith("but the model's input has 30: the shape is (n, length, channels), so exchange the last two axes.", Assert.Throws<UnusableInputException>(() => data.Require(StudyFiles.Length, null)).Message, StringComparison.Ordinal);
        Assert.Contains("element 2 of y_test is 2, but the model has 2 scores", Assert.Throws<UnusableInputException>(() => data.RequireLabelsBelow(2)).Message, StringComparison.Ordinal);
        Assert.Contains("there is no sequence 17", Assert.Throws<UnusableInputException>(() => data.Sample(17)).Message, StringComparison.Ordinal);
    }

    private static SequenceData Load(string path, string split) => SequenceData.Load(path, split, choice: true);
}
