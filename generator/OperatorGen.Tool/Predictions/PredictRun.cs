using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Evaluation;
using OperatorGen.Tool.Inspection;

namespace OperatorGen.Tool.Predictions;

/// <summary>One run of <c>predict</c>.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="path">The model file.</param>
/// <param name="split">Which sequences of the data file.</param>
/// <param name="engine">What computes.</param>
/// <param name="tolerance">The greatest relative difference; null: by the precision.</param>
internal sealed class PredictRun(Terminal terminal, string path, string split, EngineKind engine, double? tolerance)
{
    /// <summary>The packed file of a model with external weights; null: its numbers are in the model file.</summary>
    public string? WeightsPath { get; init; }

    /// <summary>Computes, writes, compares, and returns the exit code.</summary>
    /// <param name="dataPath">The data file.</param>
    /// <param name="output">The file to write; null: none, but the standard output where nothing is compared.</param>
    /// <param name="expectedPath">The file with the expected outputs; null: nothing is compared.</param>
    /// <exception cref="UnusableInputException">A file cannot be used or does not fit the model.</exception>
    public int Run(string dataPath, string? output, string? expectedPath)
    {
        if (tolerance < 0)
        {
            throw new UnusableInputException("--tolerance: a number of at least 0 is expected.");
        }

        if (ModelSource.Declaration(terminal, path) is not { } declaration || ModelSource.Resolve(terminal, path, declaration) is not { } model)
        {
            return ExitCode.Failure;
        }

        ModelCheck.RequireNumbers(path, ModelSymbols.Of(model), "a model needs numbers to be fed with data");
        var data = SequenceData.Load(dataPath, split, choice: true);
        data.Require(model);

        Precision precision = engine == EngineKind.Reference || declaration.Options.Precision is Precision.Double or Precision.Both ? Precision.Double : Precision.Single;
        if (declaration.IsExternal != (WeightsPath is not null) || (declaration.IsExternal && engine == EngineKind.Reference))
        {
            throw new UnusableInputException(WeightsPath is null ? $"{path} has shapes only: --weights names the packed file of its numbers."
                : declaration.IsExternal ? "--engine reference needs a model file with numbers; external weights are read by generated code."
                : $"{path} has its numbers in it: leave --weights out.");
        }

        if (engine == EngineKind.Generated && CompilerStages.Plan(model, precision, default) is { Value: null } refused)
        {
            FaultText.Report(terminal.Error, path, refused.Faults);
            return ExitCode.Failure;
        }

        PredictionSink? sink = output is not null || expectedPath is null ? PredictionSink.Of(terminal, output, model, data, precision) : null;
        PredictionComparison? comparison = expectedPath is null ? null : PredictionComparison.Load(expectedPath, model, data, tolerance, precision);
        var infinite = new RowsWithoutNumbers(model);
        Compute(WeightsPath is null ? engine.Create(model, precision) : Loaded(declaration, precision), data, sink, comparison, infinite);
        sink?.Close();
        if (infinite.Remark(precision) is { } remark)
        {
            terminal.Error.WriteLine($"{dataPath}: {remark}");
        }

        if (comparison is null)
        {
            return ExitCode.Success;
        }

        terminal.Output.WriteLine($"{path}: {engine.Text()} {(precision == Precision.Double ? "double" : "float")} on x_{split} of {data.Name}, {CountText.Of(data.Count, "sequence")}");
        return comparison.Report(terminal.Output) ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Generated code of the shapes, with the numbers of a packed file.</summary>
    private IConformanceEngine Loaded(ModelDeclaration declaration, Precision precision)
    {
        try
        {
            return precision == Precision.Double
                ? new GeneratedEngine<double>(GeneratedModel.LoadPacked<double>(declaration, WeightsPath!), VectorWidth.Widest)
                : new GeneratedEngine<float>(GeneratedModel.LoadPacked<float>(declaration, WeightsPath!), VectorWidth.Widest);
        }
        catch (System.Exception failure) when (failure is System.IO.InvalidDataException or Safetensors.SafetensorsException)
        {
            throw new UnusableInputException(Analysis.VisibleText.Of(failure.Message), failure);
        }
    }

    private void Compute(IConformanceEngine computing, SequenceData data, PredictionSink? sink, PredictionComparison? comparison, RowsWithoutNumbers infinite) =>
        terminal.Track("predict", data.Count, advance =>
        {
            for (int i = 0; i < data.Count; i++)
            {
                double[] sample = data.Sample(i);
                double[] outputs = computing.Forward(new NumberBlock([sample.Length / data.Channels, data.Channels], sample)).Output.Values;
                sink?.Add(i, outputs);
                comparison?.Add(i, outputs);
                infinite.Add(i, outputs);
                advance();
            }
        });
}
