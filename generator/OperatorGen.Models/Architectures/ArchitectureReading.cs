using System;
using System.Linq;
using System.Threading;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>One reading of a declaration by an architecture: the tables of names, the faults, and the checks that all architectures share.</summary>
internal sealed class ArchitectureReading
{
    private const int MaxLayers = 1024;
    private const int MaxState = 1 << 24;
    private readonly ModelDeclaration _declaration;

    public ArchitectureReading(ModelDeclaration declaration, CancellationToken cancellation)
    {
        _declaration = declaration;
        Cancellation = cancellation;
        Hyper = new HyperTable(declaration, Faults);
        Tensors = new TensorTable(declaration, Faults);
    }

    public FaultCollector Faults { get; } = new();

    public HyperTable Hyper { get; }

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
            Missing(name, axes.Length == 0 ? "Declare it: no tensor tells it." : $"Declare it, or the tensor '{axes[0].Tensor}' from which it is read.");
        }

        return TensorTable.AnySize;
    }

    /// <summary>A product of sizes; <see cref="TensorTable.AnySize"/> where one of them is not known and, with a fault, where it is larger than an architecture takes.</summary>
    /// <param name="factors">The sizes with the hyperparameters that say them.</param>
    public int Product(params (string Name, int Size)[] factors) => Product(HyperTable.MaxSize, factors);

    /// <summary>Reports states with more numbers than an architecture takes.</summary>
    /// <param name="factors">The sizes of a state with the hyperparameters that say them.</param>
    public void CheckState(params (string Name, int Size)[] factors) => Product(MaxState, factors);

    /// <summary>Reports a size that does not divide another one.</summary>
    /// <param name="divisor">The hyperparameter of the divisor, with its size.</param>
    /// <param name="size">The hyperparameter of the other one, with its size.</param>
    /// <param name="reason">Why it must, the end of a sentence; empty: it is clear.</param>
    public void CheckDivides((string Name, int Size) divisor, (string Name, int Size) size, string reason = "")
    {
        if (divisor.Size > 0 && size.Size > 0 && size.Size % divisor.Size != 0)
        {
            Faults.Add(ModelFaults.Inconsistent(
                Invariant($"'{divisor.Name}' is {divisor.Size} and {size.Name} {size.Size}: {divisor.Name} must divide {size.Name}{reason}."), PlaceOf(divisor.Name, size.Name)));
        }
    }

    /// <summary>Reports a declared factor that contradicts a product.</summary>
    /// <param name="factor">The hyperparameter of the factor, which may be absent.</param>
    /// <param name="other">The other factor.</param>
    /// <param name="product">The product.</param>
    public void CheckFactor(string factor, (string Name, int Size) other, (string Name, int Size) product)
    {
        if (Hyper.Size(factor) is int size && other.Size > 0 && product.Size > 0 && (long)size * other.Size != product.Size)
        {
            Faults.Add(ModelFaults.Inconsistent(
                Invariant($"'{factor}' is {size} and {other.Name} {other.Size}, but {product.Name} is {product.Size}, not their product: correct one of them."), PlaceOf(factor)));
        }
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

    private int Product(int limit, (string Name, int Size)[] factors)
    {
        long product = 1;
        foreach ((_, int size) in factors)
        {
            if (size == TensorTable.AnySize)
            {
                return TensorTable.AnySize;
            }

            product = Math.Min(product * size, limit + 1L);
        }

        if (product <= limit)
        {
            return (int)product;
        }

        Faults.Add(ModelFaults.Inconsistent(
            Invariant($"The product of {string.Join(", ", factors.Select(factor => Invariant($"'{factor.Name}' ({factor.Size})")))} is larger than {limit}, the largest that is possible."),
            PlaceOf([.. factors.Select(factor => factor.Name)])));
        return TensorTable.AnySize;
    }

    private TextPlace? PlaceOf(params string[] names) => names.Select(name => Hyper.Find(name)?.Place).FirstOrDefault(place => place is not null);

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
            return Faults.Result<SequenceModel>(null);
        }

        SequenceModel model = build() with { Scaling = _declaration.Scaling, Labels = _declaration.Labels, Calibration = _declaration.Calibration };
        if (_declaration.Labels.Count > 0 && _declaration.Labels.Count != model.OutputWidth)
        {
            Faults.Add(ModelFaults.LabelCount(_declaration.Labels.Count, model.OutputWidth, _declaration.Places.Labels));
        }

        if (_declaration.Scaling is { } scaling && scaling.Scale.Count != model.InputWidth)
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
