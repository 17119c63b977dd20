using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OperatorGen.Tool.Import;

/// <summary>What to do with a checkpoint that is not a safetensors file: how Python converts it, with torch and the standard library only.</summary>
internal static class ConversionAdvice
{
    private static readonly string[] s_endings = [".pth", ".pt", ".bin", ".ckpt", ".pkl", ".pickle", ".zip"];
    private static readonly JsonSerializerOptions s_asWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a file's name is one that torch.save or pickle usually has.</summary>
    public static bool IsUsualName(string path) => s_endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The message with the lines, which are not indented so that they run as they are printed.</summary>
    public static string Message(string path) => string.Join(
        '\n',
        Lines(path).Prepend($"{path} is not a safetensors file, but a zip or pickle as torch.save writes it, which can run code when it is read. These lines of Python convert it and make nothing but tensors and plain values of it:"));

    /// <summary>Lines for a Python prompt or file: a state dict, alone or as an entry "state_dict" or "model", becomes a safetensors file of its tensors.</summary>
    private static IEnumerable<string> Lines(string path) =>
    [
        "import itertools, json, pickle, struct, torch, types",
        "safe = {(\"collections\", \"OrderedDict\"), (\"torch._utils\", \"_rebuild_tensor\"), (\"torch._utils\", \"_rebuild_tensor_v2\"), (\"torch._utils\", \"_rebuild_parameter\")}",
        "ignored = type(\"Ignored\", (dict,), {name: lambda self, *rest, **more: None for name in (\"__init__\", \"__setstate__\", \"append\", \"extend\")})",
        "reader = type(\"Reader\", (pickle.Unpickler,), {\"find_class\": lambda self, module, name: pickle.Unpickler.find_class(self, module, name) if (module, name) in safe or (module == \"torch\" and name.endswith(\"Storage\")) else ignored})",
        "readers = types.SimpleNamespace(Unpickler=reader, load=lambda file, **more: reader(file, **more).load(), __name__=\"readers\")",
        $"state = torch.load({Quoted(path)}, map_location=\"cpu\", weights_only=False, pickle_module=readers)",
        "state = next((state[key] for key in (\"state_dict\", \"model\") if isinstance(state.get(key), dict)), state)",
        "types = {torch.float64: \"F64\", torch.float32: \"F32\", torch.float16: \"F16\", torch.bfloat16: \"BF16\", torch.int64: \"I64\", torch.int32: \"I32\", torch.uint8: \"U8\", torch.bool: \"BOOL\"}",
        "tensors = {name: value.detach().contiguous() for name, value in state.items() if torch.is_tensor(value) and value.dtype in types}",
        "data = [bytes(value.reshape(-1).view(torch.uint8).tolist()) for value in tensors.values()]",
        "ends = list(itertools.accumulate(map(len, data)))",
        "header = json.dumps({name: {\"dtype\": types[value.dtype], \"shape\": list(value.shape), \"data_offsets\": [end - len(part), end]} for (name, value), part, end in zip(tensors.items(), data, ends)}).encode()",
        $"print(open({Quoted(Target(path))}, \"wb\").write(struct.pack(\"<Q\", len(header)) + header + b\"\".join(data)), \"bytes,\", len(tensors), \"tensors\")",
    ];

    private static string Target(string path) =>
        Path.GetExtension(path) == ".safetensors" ? Path.ChangeExtension(path, ".converted.safetensors") : Path.ChangeExtension(path, ".safetensors");

    private static string Quoted(string path) => JsonSerializer.Serialize(path, s_asWritten);
}
