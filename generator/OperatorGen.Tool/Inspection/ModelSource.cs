using System;
using System.IO;
using OperatorGen.Compiler;
using OperatorGen.Models;

namespace OperatorGen.Tool.Inspection;

/// <summary>A model file, read and resolved.</summary>
internal static class ModelSource
{
    /// <summary>Reads a model file; null where it has errors, which are then written to the error writer with their places.</summary>
    /// <param name="terminal">Where faults go.</param>
    /// <param name="path">The model file.</param>
    /// <exception cref="UnusableInputException">There is no such file.</exception>
    public static ModelDeclaration? Declaration(Terminal terminal, string path)
    {
        string text = Text(path, "a model is a file, *.ssm.json");
        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnusableInputException($"{path} is a checkpoint, not a model file: make one first, with operatorgen import {path} --architecture A -o MODEL.ssm.json.");
        }

        StageResult<ModelDeclaration> declaration = ModelFileReader.Read(text, default);
        return FaultText.Report(terminal.Error, path, declaration.Faults) ? null : declaration.Value;
    }

    /// <summary>The text of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What such a file is, for the message about a folder.</param>
    /// <exception cref="UnusableInputException">There is no such file.</exception>
    public static string Text(string path, string expected) => File.Exists(path)
        ? File.ReadAllText(path)
        : throw new UnusableInputException(Directory.Exists(path) ? $"{path} is a folder; {expected}." : $"There is no file {path}.");

    /// <summary>Resolves what a model file declares; null where it has errors, which are then written.</summary>
    /// <param name="terminal">Where faults go.</param>
    /// <param name="path">The model file, for the faults' places.</param>
    /// <param name="declaration">What it declares.</param>
    public static SequenceModel? Resolve(Terminal terminal, string path, ModelDeclaration declaration)
    {
        StageResult<SequenceModel> model = CompilerStages.Resolve(declaration, default);
        return FaultText.Report(terminal.Error, path, model.Faults) ? null : model.Value;
    }

    /// <summary>Reads and resolves a model file; null where it has errors, which are then written.</summary>
    /// <param name="terminal">Where faults go.</param>
    /// <param name="path">The model file.</param>
    /// <exception cref="UnusableInputException">There is no such file.</exception>
    public static SequenceModel? Load(Terminal terminal, string path) =>
        Declaration(terminal, path) is { } declaration ? Resolve(terminal, path, declaration) : null;
}
