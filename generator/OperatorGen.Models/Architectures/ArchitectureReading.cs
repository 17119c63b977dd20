using System;
using System.Linq;
using System.Threading;

namespace OperatorGen.Models;

/// <summary>One reading of a declaration by an architecture: the tables of names, the faults, and the checks that all architectures share.</summary>
internal sealed partial class ArchitectureReading
{
    /// <summary>The most layers of a model.</summary>
    public const int MaxLayers = 1024;

    private readonly ModelDeclaration _declaration;

    public ArchitectureReading(ModelDeclaration declaration, CancellationToken cancellation)
    {
        _declaration = declaration;
        Cancellation = cancellation;
        Hyper = new HyperTable(declaration, Faults);
        Tensors = new TensorTable(declaration, Faults);
    }

    public FaultCollector Faults { get; } = new();

    /// <summary>Whether no number may decide what the model is made of.</summary>
    public bool ByShapes => _declaration.ByShapes;

    public HyperTable Hyper { get; }

    /// <summary>Whether a greatest length of a sequence is declared, so that what grows no faster than its length is bounded.</summary>
    public bool HasGreatestLength => _declaration.Options.MaxLength is not null;

    public TensorTable Tensors { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>A size: as the hyperparameter says, else as a tensor's axis says; <see cref="TensorTable.AnySize"/> with a fault where neither does.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="axes">Tensors that have the size as an axis, with the axis and their number of axes.</param>
    public int Size(string name, params (string Tensor, int Axis, int Rank)[] axes)
    {
        if (Hyper.Size(name) is int declared)
        {
            return declared;
        }

        foreach ((string tensor, int axis, int rank) in axes)
        {
            if (Tensors.Axis(tensor, axis, rank) is int size)
            {
                return size;
            }
        }

        if (Hyper.Find(name) is null or { Kind: HyperKind.Null })
        {
            string? misshapen = axes.Select(axis => axis.Tensor).FirstOrDefault(Tensors.Has);
            Missing(name, axes.Length == 0 ? "Declare it: no tensor tells it."
                : misshapen is null ? $"Declare it, or the tensor '{axes[0].Tensor}' from which it is read."
                : $"Declare it, or correct the tensor '{misshapen}': its shape {Tensors.ShapeOf(misshapen)} does not tell it.");
        }

        return TensorTable.AnySize;
    }

    /// <summary>The modes that are stored, as a hyperparameter says, which counts both of a conjugate pair where one of them is stored; else as a tensor's axis says.</summary>
    /// <param name="name">The hyperparameter.</param>
    /// <param name="perMode">What it counts for a stored mode: 2 or 1.</param>
    /// <param name="axes">As for <see cref="Size"/>.</param>
    public int Modes(string name, int perMode, params (string Tensor, int Axis, int Rank)[] axes)
    {
        if (Hyper.Find(name) is null)
        {
            return Size(name, axes);
        }

        return Hyper.Size(name, minimum: perMode) is int states ? states / perMode : TensorTable.AnySize;
    }

    /// <summary>The number of layers: as a hyperparameter says, else as many as have a D, at least one.</summary>
    /// <param name="prefix">What the names of a layer's recurrence begin with.</param>
    /// <param name="name">The hyperparameter.</param>
    public int LayerCount(Func<int, string> prefix, string name = "n_layers")
    {
        if (Hyper.Size(name, maximum: MaxLayers) is int declared)
        {
            return declared;
        }

        int count = 1;
        while (count < MaxLayers && Tensors.Has(prefix(count) + "D"))
        {
            count++;
        }

        return count;
    }

    /// <summary>What the names of each layer's recurrence begin with, as far as the declaration has a D of it.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="prefix">What the names of a layer's recurrence begin with.</param>
    public static string[] Prefixes(ModelDeclaration declaration, Func<int, string> prefix) =>
        [.. Enumerable.Range(0, MaxLayers).Select(prefix).TakeWhile(each => declaration.Tensors.Any(tensor => tensor.Name == each + "D"))];

    /// <summary>Reports a hyperparameter that is missing.</summary>
    public void Missing(string name, string remedy) => Faults.Add(ModelFaults.MissingHyperparameter(name, remedy, _declaration.Places.Architecture));

    /// <summary>A linear map with a bias; its parts are null where they are missing.</summary>
    public LinearTensors Linear(string name, int outputs, int inputs) =>
        new(Tensors.Take(name + ".weight", outputs, inputs), Tensors.Take(name + ".bias", outputs));

    /// <summary>A LayerNorm's factors and summands; null where they are missing.</summary>
    public LinearTensors LayerNorm(string name, int width) => new(Tensors.Take(name + ".weight", width), Tensors.Take(name + ".bias", width));

    /// <summary>Ends the reading: unknown names, then the model, then what must fit its widths.</summary>
    /// <param name="build">Makes the model; called only when no error was found, so that every tensor is there.</param>
    public StageResult<SequenceModel> Finish(Func<SequenceModel> build)
    {
        Hyper.RejectUnknown();
        if (Hyper.HasUnsupported)
        {
            // The tensors of another model would not fit either: faults of theirs would be consequences.
            return Faults.Without(FaultKinds.MissingTensor, FaultKinds.MisshapenTensor, FaultKinds.MissingHyperparameter).Result<SequenceModel>(null);
        }

        Tensors.RejectUnknown();
        if (Faults.HasErrors)
        {
            // Shapes that are expected from sizes that contradict each other are consequences too.
            return (HasContradiction ? Faults.Without(FaultKinds.MisshapenTensor) : Faults).Result<SequenceModel>(null);
        }

        SequenceModel model = build() with { IsExternal = _declaration.IsExternal, Scaling = _declaration.Scaling, Labels = _declaration.Labels, Calibration = _declaration.Calibration };
        int named = model.Embedding?.Vocabulary ?? model.OutputWidth; // rows that pad a vocabulary belong to no token
        if (_declaration.Labels.Count > 0 && _declaration.Labels.Count != named)
        {
            Faults.Add(ModelFaults.LabelCount(_declaration.Labels.Count, named, model.Embedding is null ? "output" : "token", _declaration.Places.Labels));
        }

        if (_declaration.Scaling is not null && model.Embedding is not null)
        {
            Faults.Add(ModelFaults.Inconsistent("The model takes tokens, so there is no input to scale: remove 'input'.", _declaration.Places.Scaling));
        }
        else if (_declaration.Scaling is { } scaling && scaling.Scale.Count != model.InputWidth)
        {
            Faults.Add(ModelFaults.ScalingSize(scaling.Scale.Count, model.InputWidth, _declaration.Places.Scaling));
        }

        if (_declaration.Calibration is { } calibration && CalibrationCheck.Mismatch(calibration, model) is { } mismatch)
        {
            Faults.Add(ModelFaults.CalibrationMismatch(mismatch, _declaration.Places.Calibration));
        }

        return Faults.Result(model) with { Assumed = Hyper.Assumed };
    }
}

/// <summary>Weight and bias as far as they were found.</summary>
/// <param name="Weight">Shape [outputs, inputs].</param>
/// <param name="Bias">Shape [outputs].</param>
internal sealed record LinearTensors(Tensor? Weight, Tensor? Bias)
{
    /// <summary>The map. Call only when no error was found.</summary>
    public Linear ToLinear() => new(Weight!.Shape[1], Weight.Shape[0], Weight, Bias);
}
