using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Import;

namespace OperatorGen.Tool.Conformance;

/// <summary>One case made by running upstream's code: weights, inputs, outputs and intermediates in one precision.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Architecture">The architecture, by its name in model files.</param>
/// <param name="Hyper">The hyperparameters by upstream name.</param>
/// <param name="Precision"><see cref="Precision.Double"/> or <see cref="Precision.Single"/>: what upstream ran in.</param>
/// <param name="Tensors">The tensors by key.</param>
/// <param name="Listed">The tensors that <c>case.json</c> lists, in its order; null where it lists none.</param>
public sealed record ConformanceCase(
    string Name,
    string Architecture,
    EquatableArray<HyperParameter> Hyper,
    Precision Precision,
    IReadOnlyDictionary<string, ConformanceTensor> Tensors,
    IReadOnlyList<string>? Listed)
{
    /// <summary>What comes before upstream's names of the weights.</summary>
    public const string WeightPrefix = "w.";

    /// <summary>What comes before the inputs' names.</summary>
    public const string InputPrefix = "in.";

    /// <summary>What comes before the outputs' names.</summary>
    public const string OutputPrefix = "out.";

    /// <summary>The tolerance of outputs relative to max|tensor|.</summary>
    public double Tolerance => Tolerances.Of(Name, Precision);

    /// <summary>The input sequences, [time, channel] each.</summary>
    /// <param name="stateNames">Names of state: inputs with these names are states to start from.</param>
    /// <exception cref="ConformanceException">There is not exactly one input tensor and the case is not one of an operator, or a layout does not fit.</exception>
    public IReadOnlyList<NumberBlock> Inputs(params IReadOnlyCollection<string> stateNames)
    {
        if (Operator is { } function)
        {
            return function.Inputs();
        }

        string[] keys = [.. Tensors.Keys.Where(key => key.StartsWith(InputPrefix, StringComparison.Ordinal) && !stateNames.Contains(key[InputPrefix.Length..]) && !IsSecond(key))];
        return keys.Length == 1
            ? Tensors[keys[0]].Blocks()
            : throw new ConformanceException(keys.Length == 0 ? "the case has no input tensor" : $"the case has several input tensors: {string.Join(", ", keys)}");
    }

    /// <summary>What its inputs are, where it is the case of an operator; else null.</summary>
    internal OperatorCase? Operator => CaseLayout.IsOperator(Tensors.Keys.Concat(Listed ?? [])) ? new OperatorCase(this) : null;

    /// <summary>The state that sequences start from; null where the case has none.</summary>
    /// <param name="name">The name of a part of the model's state.</param>
    internal ConformanceTensor? Start(string name) => Operator is { } function ? function.Start : Tensors.GetValueOrDefault(InputPrefix + name);

    /// <summary>The sequences of a second input, which is named as the first with a 2 behind it; empty where there is none.</summary>
    public IReadOnlyList<NumberBlock> SecondInputs() =>
        Tensors.Values.FirstOrDefault(tensor => tensor.Key.StartsWith(InputPrefix, StringComparison.Ordinal) && IsSecond(tensor.Key))?.Blocks() ?? [];

    private bool IsSecond(string key) => key.EndsWith('2') && Tensors.ContainsKey(key[..^1]);

    /// <summary>The names, without the prefix, of the outputs that the file holds or the description lists, in order.</summary>
    public IReadOnlyList<string> Outputs =>
        [.. Tensors.Keys.Concat(Listed ?? Enumerable.Empty<string>())
            .Where(key => key.StartsWith(OutputPrefix, StringComparison.Ordinal))
            .Select(key => key[OutputPrefix.Length..])
            .Distinct()
            .Order(StringComparer.Ordinal)];

    /// <summary>Whether the case has an output tensor, or lists it.</summary>
    /// <param name="name">Its name without the prefix.</param>
    public bool HasOutput(string name) => Outputs.Contains(name);

    /// <summary>The case without a hyperparameter.</summary>
    /// <param name="hyper">Its name.</param>
    public ConformanceCase Without(string hyper) => this with { Hyper = Hyper.Where(each => each.Name != hyper).ToEquatableArray() };

    /// <summary>Reads a case.</summary>
    /// <param name="folder">The folder of <c>case.json</c> and <c>f64.safetensors</c> or <c>f32.safetensors</c>.</param>
    /// <param name="precision"><see cref="Precision.Double"/> or <see cref="Precision.Single"/>.</param>
    /// <exception cref="UnusableInputException">A file is missing or malformed.</exception>
    public static ConformanceCase Load(string folder, Precision precision) => Load(CaseDescription.Load(folder), precision);

    /// <summary>Reads the tensors of a case.</summary>
    /// <param name="description">The case.</param>
    /// <param name="precision"><see cref="Precision.Double"/> or <see cref="Precision.Single"/>.</param>
    /// <exception cref="UnusableInputException">The file is missing or malformed.</exception>
    public static ConformanceCase Load(CaseDescription description, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(description);
        string path = description.TensorFile(precision);
        if (!File.Exists(path))
        {
            throw new UnusableInputException($"{description.Folder} has no {Path.GetFileName(path)}.");
        }

        return Checkpoint.Reading(path, () =>
        {
            IReadOnlyList<SafetensorsTensor> tensors = SafetensorsFile.Parse(File.ReadAllBytes(path)).Tensors;
            Func<string, IReadOnlyList<string>> axes = description.Axes([.. tensors.Select(tensor => (tensor.Name, tensor.Shape.ToArray()))], precision);
            return new ConformanceCase(
                description.Name,
                description.Architecture,
                description.Hyper,
                precision,
                tensors.ToDictionary(tensor => tensor.Name, tensor => new ConformanceTensor(tensor.Name, axes(tensor.Name), [.. tensor.Shape], tensor.ToDoubles())),
                description.Listed(precision));
        });
    }

    /// <summary>What the architecture says about a hyperparameter's value that it does not support; null where it supports all.</summary>
    public string? UnsupportedValue => Errors(Resolve()).FirstOrDefault(fault => fault.Kind == FaultKinds.HyperparameterValue)?.Message;

    /// <summary>The model that the weights make, through import and architecture as a user's checkpoint would go.</summary>
    /// <exception cref="ConformanceException">The architecture is unknown or refuses the weights.</exception>
    public SequenceModel ToModel()
    {
        (SequenceModel? model, IReadOnlyList<Fault> faults) = Resolve();
        return model ?? throw new ConformanceException(string.Join(" ", Errors((null, faults)).Select(fault => fault.Kind.Id + ": " + fault.Message)));
    }

    /// <summary>The declaration that the weights make.</summary>
    /// <exception cref="ConformanceException">The weights are refused.</exception>
    public ModelDeclaration ToDeclaration()
    {
        StageResult<ModelDeclaration> declaration = Declared();
        return declaration.Value ?? throw new ConformanceException(string.Join(" ", Errors((null, declaration.Faults)).Select(fault => fault.Kind.Id + ": " + fault.Message)));
    }

    private static IEnumerable<Fault> Errors((SequenceModel? Model, IReadOnlyList<Fault> Faults) resolved) =>
        resolved.Faults.Where(fault => fault.Kind.Severity == FaultSeverity.Error);

    private (SequenceModel? Model, IReadOnlyList<Fault> Faults) Resolve()
    {
        StageResult<ModelDeclaration> declaration = Declared();
        StageResult<SequenceModel>? model = declaration.Value is null ? null : ArchitectureCatalog.Resolve(declaration.Value, default);
        return (model?.Value, [.. model?.Faults ?? declaration.Faults]);
    }

    private StageResult<ModelDeclaration> Declared()
    {
        OperatorCase? function = Operator;
        return CheckpointImport.ToDeclaration(
            function?.Weights ?? Tensors.Values.Select(tensor => (tensor.Key, tensor.Shape.ToEquatableArray(), (double[])tensor.Values.Clone())),
            Architecture,
            function?.Hyper ?? Hyper,
            function is null ? WeightPrefix : "",
            EquatableArray<SourceEntry>.Empty,
            default);
    }
}
