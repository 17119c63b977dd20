using System.Collections.Generic;
using System.IO;

namespace TokenSelections.Construction;

/// <summary>The model files of this example that are computed; <c>trained-copy.ssm.json</c> is trained.</summary>
internal static class ModelFiles
{
    /// <summary>The files by name.</summary>
    public static IReadOnlyList<(string Name, ModelText Model)> All { get; } =
    [
        ("copy.ssm.json", CopyModels.Cubic()),
        ("copy-gelu.ssm.json", CopyModels.Gelu(0.1, 0.03)),
        ("copy-gelu-coarse.ssm.json", CopyModels.Gelu(0.3, 0.1)),
        ("recall-16.ssm.json", new RecallModel(16, 16).Build()),
        ("recall-24.ssm.json", new RecallModel(24, 64).Build()),
        ("attention-20.ssm.json", new AttentionModel(20).Build()),
        ("attention-28.ssm.json", new AttentionModel(28).Build()),
    ];

    /// <summary>Writes all of them.</summary>
    public static void Write(string folder)
    {
        foreach ((string name, ModelText model) in All)
        {
            File.WriteAllText(Path.Combine(folder, name), model.ToString());
        }
    }
}
