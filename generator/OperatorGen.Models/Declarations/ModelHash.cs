using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The identity of a model: what it computes, not how its file is written.</summary>
public static class ModelHash
{
    /// <summary>
    /// SHA-256 over the architecture, the hyperparameters and tensors in the order of their names, the input scaling, and the calibration where
    /// there is one.
    /// Places, formatting, the order of keys, dtypes, labels, source and options do not enter; a number counts by its value.
    /// </summary>
    /// <param name="declaration">The model.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string ContentHash(this ModelDeclaration declaration)
    {
        ContentHash hash = new ContentHash().Add(declaration.Architecture);
        Add(hash, declaration.Hyper);
        hash.Add(declaration.Tensors.Count);
        foreach (DeclaredTensor tensor in declaration.Tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.Add(tensor.Name).Add(tensor.Value.Hash);
        }

        hash.Add(declaration.Scaling?.Scale.Hash).Add(declaration.Scaling?.Offset.Hash);
        if (declaration.Calibration is { } calibration)
        {
            Add(hash, calibration);
        }

        return hash.ToHexString();
    }

    /// <summary>What generated code calls the model by: the hash of its content, or of its shapes where the weights are external.</summary>
    /// <param name="declaration">The model.</param>
    public static string Identity(this ModelDeclaration declaration) => declaration.IsExternal ? declaration.ShapeHash() : declaration.ContentHash();

    /// <summary>
    /// SHA-256 over what code with external weights is made for: the architecture, the hyperparameters, and the shapes and formats of the tensors in the order of
    /// their names, the input scaling, and the layout of packed files. A file of weights is packed for one such hash.
    /// </summary>
    /// <param name="declaration">The model.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string ShapeHash(this ModelDeclaration declaration)
    {
        ContentHash hash = new ContentHash().Add("operatorgen shapes").Add(PackedFormat.Version).Add(declaration.Architecture);
        Add(hash, declaration.Hyper);
        hash.Add(declaration.Tensors.Count);
        foreach (DeclaredTensor tensor in declaration.Tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.Add(tensor.Name).Add((int)(tensor.Value.Format ?? WeightFormat.Single)).Add(tensor.Value.Shape.Count);
            foreach (int size in tensor.Value.Shape)
            {
                hash.Add(size);
            }
        }

        return hash.Add(declaration.Scaling?.Scale.Hash).Add(declaration.Scaling?.Offset.Hash).ToHexString();
    }

    private static void Add(ContentHash hash, EquatableArray<HyperParameter> hyper)
    {
        hash.Add(hyper.Count);
        foreach (HyperParameter each in hyper.OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            hash.Add(each.Name).Add(each.Kind.ToString());
            _ = each.Kind == HyperKind.Number && NumberText.TryParse(each.Value.AsSpan(), out double value) ? hash.Add(value) : hash.Add(each.Value);
        }
    }

    private static void Add(ContentHash hash, Calibration calibration)
    {
        hash.Add(calibration.Name).Add(calibration.Count).Add(calibration.Hash).Add(calibration.Layers.Count);
        foreach (EquatableArray<ArgumentMeasure> arguments in calibration.Layers.SelectMany(layer => new[] { layer.Readouts, layer.Gates }))
        {
            hash.Add(arguments.Count);
            foreach (ArgumentMeasure argument in arguments)
            {
                hash.Add(argument.Low).Add(argument.High).Add(argument.Measure.Nodes.ToArray()).Add(argument.Measure.Weights.ToArray());
            }
        }

        foreach (GateRange range in calibration.Layers.SelectMany(layer => layer.GateRanges))
        {
            hash.Add(range.Min).Add(range.Max).Add(range.Mean).Add(range.Count).Add(range.Closed);
        }
    }
}
