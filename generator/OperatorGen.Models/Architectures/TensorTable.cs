using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>A declaration's tensors for one architecture: each is taken by name with the shape that it must have, and what nobody took is unknown.</summary>
internal sealed class TensorTable
{
    /// <summary>A size that is not known; any size fits.</summary>
    public const int AnySize = -1;

    private readonly ModelDeclaration _declaration;
    private readonly FaultCollector _faults;
    private readonly Dictionary<string, DeclaredTensor> _byName = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    public TensorTable(ModelDeclaration declaration, FaultCollector faults)
    {
        _declaration = declaration;
        _faults = faults;
        foreach (DeclaredTensor tensor in declaration.Tensors)
        {
            _byName[tensor.Name] = tensor;
        }
    }

    /// <summary>A multiple of a size, which may be unknown.</summary>
    public static int Times(int factor, int size) => size == AnySize ? AnySize : factor * size;

    /// <summary>A sum of sizes; unknown where one of them is.</summary>
    public static int Sum(params int[] sizes) => Array.IndexOf(sizes, AnySize) >= 0 ? AnySize : sizes.Sum();

    /// <summary>True where the declaration has a tensor of that name.</summary>
    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>Where a tensor is declared; null where it is not.</summary>
    public TextPlace? PlaceOf(string name) => _byName.TryGetValue(name, out DeclaredTensor? tensor) ? tensor.Place : null;

    /// <summary>The shape of a tensor as text; null where it is not declared.</summary>
    public string? ShapeOf(string name) => _byName.TryGetValue(name, out DeclaredTensor? tensor) ? Tensor.ShapeText(tensor.Value.Shape) : null;

    /// <summary>The size of one axis of a tensor; null where it is absent, has another number of axes, or is empty.</summary>
    public int? Axis(string name, int axis, int rank) =>
        _byName.TryGetValue(name, out DeclaredTensor? tensor) && tensor.Value.Shape.Count == rank && tensor.Value.Count > 0 ? tensor.Value.Shape[axis] : null;

    /// <summary>Lets a tensor pass that another fault has told of.</summary>
    public void Know(string name) => _known.Add(name);

    /// <summary>A tensor of real numbers, or of complex ones with a last axis of 2; null with a fault where it is neither, or missing.</summary>
    public Tensor? TakeRealOrComplex(string name, params int[] shape)
    {
        int[] complex = [.. shape, 2];
        if (_byName.TryGetValue(name, out DeclaredTensor? tensor) && (Fits(tensor.Value.Shape, shape) || Fits(tensor.Value.Shape, complex)))
        {
            return Take(name, tensor.Value.Shape.Count == shape.Length ? shape : complex);
        }

        string expected = $"{Shapes.PatternText(shape)} or {Shapes.PatternText(complex)}";
        _known.Add(name);
        _faults.Add(tensor is null
            ? ModelFaults.MissingTensor(name, expected, _declaration.Architecture, _declaration.Places.Architecture)
            : ModelFaults.MisshapenTensor(name, Tensor.ShapeText(tensor.Value.Shape), expected, tensor.Place));
        return null;
    }

    /// <summary>A tensor of numbers; null with a fault where it is missing, misshapen or symbolic.</summary>
    public Tensor? Take(string name, params int[] shape)
    {
        Tensor? tensor = TakeSymbolic(name, shape);
        for (int i = 0; tensor is { IsNumeric: false } && i < tensor.Count; i++)
        {
            if (tensor[i].IsSymbol)
            {
                _faults.Add(ModelFaults.SymbolNotAllowed(name, Shapes.IndexText(tensor.Shape, i), tensor[i].Symbol!, _declaration.Architecture, PlaceOf(name)));
                return null;
            }
        }

        return tensor;
    }

    /// <summary>A tensor that may be absent; null with a fault where it is misshapen or symbolic.</summary>
    public Tensor? TakeIfPresent(string name, params int[] shape)
    {
        _known.Add(name);
        return Has(name) ? Take(name, shape) : null;
    }

    /// <summary>A tensor that a flag speaks of: required where it is true, unknown where it is false, as found where nothing is said.</summary>
    public Tensor? TakeIf(bool? declared, string name, params int[] shape) => declared switch
    {
        true => Take(name, shape),
        false => null,
        null => TakeIfPresent(name, shape),
    };

    /// <summary>A tensor whose elements may be symbols; null with a fault where it is missing or misshapen.</summary>
    public Tensor? TakeSymbolic(string name, params int[] shape)
    {
        _known.Add(name);
        if (!_byName.TryGetValue(name, out DeclaredTensor? tensor))
        {
            _faults.Add(ModelFaults.MissingTensor(name, Shapes.PatternText(shape), _declaration.Architecture, _declaration.Places.Architecture));
            return null;
        }

        if (!Fits(tensor.Value.Shape, shape))
        {
            _faults.Add(ModelFaults.MisshapenTensor(name, Tensor.ShapeText(tensor.Value.Shape), Shapes.PatternText(shape), tensor.Place));
            return null;
        }

        return IsFinite(tensor) ? tensor.Value.Named(name) : null;
    }

    /// <summary>Reports what nobody took.</summary>
    public void RejectUnknown()
    {
        var known = new HashSet<string>(_known, StringComparer.Ordinal);
        foreach (DeclaredTensor tensor in _declaration.Tensors)
        {
            if (!known.Contains(tensor.Name) && !_faults.IsFull(FaultKinds.UnknownTensor))
            {
                _faults.Add(ModelFaults.UnknownTensor(JsonSource.Shorten(tensor.Name), NearestName.Of(tensor.Name, _known), _declaration.Architecture, tensor.Place));
            }
        }
    }

    /// <summary>Inline numbers have not been through the reader, which lets only finite ones pass.</summary>
    private bool IsFinite(DeclaredTensor tensor)
    {
        if (!tensor.Value.HasNumbers)
        {
            return true;
        }

        ReadOnlySpan<double> values = tensor.Value.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if ((double.IsNaN(values[i]) || double.IsInfinity(values[i])) && !tensor.Value[i].IsSymbol)
            {
                _faults.Add(FileFaults.NotFinite($"tensor '{tensor.Name}'", Shapes.IndexText(tensor.Value.Shape, i), FiniteCheck.Name(values[i]), 0, tensor.Place));
                return false;
            }
        }

        return true;
    }

    private static bool Fits(EquatableArray<int> found, int[] expected) =>
        found.Count == expected.Length && found.Zip(expected, (size, wanted) => wanted == AnySize || size == wanted).All(fits => fits);
}
