using OperatorGen.Models;

namespace OperatorGen.Compiler.Plans;

/// <summary>Says in the documentation of a table which of upstream's tensors its numbers are made of.</summary>
internal static class TableOrigin
{
    /// <summary>A sentence with a blank before it; empty where no tensor has a name.</summary>
    public static string Of(params Tensor?[] tensors) => Tensor.NamesOf(tensors) is { } names ? $" Made of {names}." : "";
}
