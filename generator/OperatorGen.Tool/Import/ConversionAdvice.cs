using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace OperatorGen.Tool.Import;

/// <summary>What to do with a checkpoint that is not a safetensors file: how Python converts it.</summary>
internal static class ConversionAdvice
{
    private static readonly string[] s_endings = [".pth", ".pt", ".bin", ".ckpt", ".pkl", ".pickle", ".zip"];

    /// <summary>Whether a file's name is one that torch.save or pickle usually has.</summary>
    public static bool IsUsualName(string path) => s_endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The message with the three lines.</summary>
    public static string Message(string path)
    {
        string target = Path.ChangeExtension(path, ".safetensors");
        return string.Join(
            '\n',
            $"{path} is not a safetensors file, but a zip or pickle as torch.save writes it, which can run code when it is read. Convert it in Python:",
            $"    import torch; from safetensors.torch import save_file; checkpoint = torch.load({JsonSerializer.Serialize(path)}, map_location=\"cpu\", weights_only=True)",
            "    state = checkpoint.get(\"state_dict\", checkpoint)  # what model.state_dict() returned when it was saved",
            $"    save_file({{name: tensor.contiguous() for name, tensor in state.items()}}, {JsonSerializer.Serialize(target)})");
    }
}
