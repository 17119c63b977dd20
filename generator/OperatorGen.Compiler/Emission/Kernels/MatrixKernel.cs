using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>What the kernels of matrix states share: how operands are passed, indexed and broadcast, cell by cell.</summary>
internal sealed class MatrixKernel(CodeWriter writer, StepScope scope, MatrixSizes sizes)
{
    /// <summary>Values of a cell, padded.</summary>
    public int Columns { get; } = scope.Plan.Pad(sizes.Values);

    /// <summary>The argument of an operand; empty where there is none.</summary>
    public static string Argument(StepScope scope, ScanOperand? operand) =>
        operand is null ? "" : operand.View is { } view ? StepScope.In(view) : scope.Table(operand.Table);

    /// <summary>The parameter of an operand with a comma before it; empty where there is none.</summary>
    public string Parameter(string name, object? operand) => operand is null ? "" : $", ref readonly {CSharp.Name(scope.Plan.Element)} {name}";

    /// <summary>Writes the index of an operand's block for the present cell g: the name and a g behind it.</summary>
    public void Block(string name, ScanOperand? operand)
    {
        if (operand is null || operand.Blocks == 1)
        {
            return;
        }

        string block = operand.Blocks == sizes.Cells ? "g" : $"g * {CSharp.Int(operand.Blocks)} / {CSharp.Int(sizes.Cells)}";
        writer.Line($"nuint {name}g = {(operand.BlockWidth == 1 ? block : $"{block} * {CSharp.Int(operand.BlockWidth)}")};");
    }

    /// <summary>A number of an operand at the step t, in all lanes.</summary>
    /// <param name="name">The operand.</param>
    /// <param name="operand">What it is.</param>
    /// <param name="number">The number within the block, an expression; empty: the first.</param>
    /// <param name="time">The step.</param>
    public string Broadcast(string name, ScanOperand operand, string number = "", string time = "t") => $"TSimd.Broadcast({Number(name, operand, number, time)})";

    /// <summary>A number of an operand at the step t.</summary>
    public string Number(string name, ScanOperand operand, string number = "", string time = "t")
    {
        string[] parts =
        [
            operand.View is null ? "" : $"({time} * {CSharp.Int(scope.Stride(operand.View))})",
            operand.Blocks == 1 ? "" : name + "g",
            number,
        ];
        string index = string.Join(" + ", System.Array.FindAll(parts, part => part.Length > 0 && part != "0"));
        return $"global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in {name}), {(index.Length == 0 ? "0" : index)})";
    }

    /// <summary>Elements from one step to the next.</summary>
    public string Stride(EquatableArray<PlanView> parts) => CSharp.Int(scope.Stride(parts[0]));

    /// <summary>The loop over cells.</summary>
    public string Cells => $"for (nuint g = 0; g < {CSharp.Int(sizes.Cells)}; g++)";

    /// <summary>The loop over the values of a cell, a vector at a time; h counts in values and readouts of all cells.</summary>
    public string Values => $"for (nuint h = g * {CSharp.Int(Columns)}; h < (g + 1) * {CSharp.Int(Columns)}; h += (nuint)TSimd.Count)";

    /// <summary>Where the state of the first key begins, given <see cref="Values"/>; rows follow each other by <see cref="Columns"/>.</summary>
    /// <param name="rows">Rows of a cell.</param>
    public string FirstRow(int rows) => rows == 1 ? "h" : $"(g * {CSharp.Int((rows - 1) * Columns)}) + h";

    /// <summary>The size of the cells in words.</summary>
    public string Text => $"{CSharp.Count(sizes.Cells, "cell")} of {CSharp.Count(sizes.Keys, "key")} and {CSharp.Count(sizes.Values, "value")} each";
}
