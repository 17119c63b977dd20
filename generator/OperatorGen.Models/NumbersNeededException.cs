using System;

namespace OperatorGen.Models;

/// <summary>Numbers were asked for of a tensor of which only the shape is known. A stage makes a fault of it.</summary>
public sealed class NumbersNeededException : InvalidOperationException
{
    /// <summary>Says which tensor.</summary>
    /// <param name="tensor">Upstream's name of it; null: it has none.</param>
    public NumbersNeededException(string? tensor)
        : base(tensor is null ? "The numbers of a tensor are needed, but only its shape is known." : $"The numbers of the tensor '{tensor}' are needed, but only its shape is known.") => Tensor = tensor;

    /// <summary>Upstream's name of the tensor; null: it has none.</summary>
    public string? Tensor { get; }
}
