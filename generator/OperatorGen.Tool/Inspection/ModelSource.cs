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
    public static SequenceModel? Load(Terminal terminal, string path)
    {
        if (!File.Exists(path))
        {
            throw new UnusableInputException(Directory.Exists(path) ? $"{path} is a folder; a model is a file, *.ssm.json." : $"There is no file {path}.");
        }

        StageResult<ModelDeclaration> declaration = ModelFileReader.Read(File.ReadAllText(path), default);
        if (FaultText.Report(terminal.Error, path, declaration.Faults) || declaration.Value is null)
        {
            return null;
        }

        StageResult<SequenceModel> model = CompilerStages.Resolve(declaration.Value, default);
        return FaultText.Report(terminal.Error, path, model.Faults) ? null : model.Value;
    }
}
