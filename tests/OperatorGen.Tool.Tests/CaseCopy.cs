using System;
using System.IO;
using OperatorGen.TestKit;

namespace OperatorGen.Tool.Tests;

/// <summary>A copy of one of the project's own cases, to be changed.</summary>
internal sealed class CaseCopy : IDisposable
{
    public const string Small = "s4d-n4-h3-l16-a";
    public const string Selective = "mamba1-block-bias-a";
    public const string Pooled = "s4-example-prenorm-a";

    private readonly TemporaryFolder _parent = new();

    public CaseCopy(string name = Small)
    {
        Folder = _parent.File(name);
        Directory.CreateDirectory(Folder);
        File.Copy(Path.Combine(ConformanceFolders.Own, name, "case.json"), Path.Combine(Folder, "case.json"));
        Tensors = new TensorFile(Path.Combine(ConformanceFolders.Own, name, "f64.safetensors"));
        WriteTensors();
    }

    public string Folder { get; }

    public string Parent => _parent.Path;

    public TensorFile Tensors { get; }

    public string Description
    {
        get => File.ReadAllText(Path.Combine(Folder, "case.json"));
        set => File.WriteAllText(Path.Combine(Folder, "case.json"), value);
    }

    public void WriteTensors() => Tensors.Write(Path.Combine(Folder, "f64.safetensors"));

    /// <summary>Changes the tensors and checks the case.</summary>
    public ToolRun Check(Action<TensorFile> change, params string[] options)
    {
        change(Tensors);
        WriteTensors();
        return ToolRun.Of(["check", Folder, .. options]);
    }

    public void Dispose() => _parent.Dispose();
}
