using System;
using System.IO;

namespace Text;

/// <summary>The files beside the program.</summary>
internal static class Files
{
    /// <summary>Parts of a held-out text are scored each from a fresh state, as the training does it.</summary>
    public const int Part = 4096;

    public static string Weights { get; } = Path.Combine(AppContext.BaseDirectory, "weights", "text.safetensors");

    public static byte[] Excerpt => Read("train.txt");

    public static byte[] HeldOut => Read("held-out.txt");

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data", name));
}
