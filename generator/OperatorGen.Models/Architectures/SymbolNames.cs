using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>The names that an operator's formulas use themselves: a symbol of the same name could not be told apart in any notation.</summary>
internal static class SymbolNames
{
    // Streams, their parameters and indices, numbers, and the functions that formulas call.
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "t", "tau", "n", "input", "x", "v", "s", "w", "o", "d", "y", "g", "D", "K", "lambda", "weight",
        "i", "e", "pi", "Re", "sum", "exp", "log", "sqrt", "tanh", "erf", "max",
    };

    private static readonly string[] Indexed = ["lambda_", "weight_", "w_", "s_"];

    /// <summary>Reports each symbol that has such a name, once, where its tensor stands.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="tensors">The tensors that may have symbols, by name; null: absent.</param>
    public static void Check(ArchitectureReading reading, params (string Name, Tensor? Value)[] tensors)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, Tensor? value) in tensors)
        {
            for (int i = 0; value is { IsNumeric: false } && i < value.Count; i++)
            {
                if (value[i].Symbol is { } symbol && IsTaken(symbol) && reported.Add(symbol))
                {
                    reading.Faults.Add(ModelFaults.SymbolTaken(symbol, reading.Tensors.PlaceOf(name)));
                }
            }
        }
    }

    private static bool IsTaken(string symbol) =>
        Taken.Contains(symbol) || Indexed.Any(start => symbol.StartsWith(start, StringComparison.Ordinal) && symbol.Skip(start.Length).All(c => c is >= '0' and <= '9'));
}
