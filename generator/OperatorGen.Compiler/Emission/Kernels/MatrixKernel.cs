using System;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// What the kernels of matrix states share: the call, the head with its loops over cells and values, and how operands are passed, indexed and broadcast, cell by cell.
/// </summary>
internal sealed class MatrixKernel
{
    /// <summary>The name of D, which is read in vectors; all other operands are read number by number.</summary>
    public const string Skip = "d";

    private readonly CodeWriter _writer;
    private readonly StepScope _scope;
    private readonly MatrixStep _step;

    private MatrixKernel(CodeWriter writer, StepScope scope, MatrixStep step)
    {
        (_writer, _scope, _step) = (writer, scope, step);
        Columns = scope.Plan.Pad(step.Sizes.Values);
    }

    /// <summary>Values of a cell, padded.</summary>
    public int Columns { get; }

    /// <summary>The number type.</summary>
    public string Type => CSharp.Name(_scope.Plan.Element);

    /// <summary>Writes the call of a step and, where it is new, its kernel.</summary>
    /// <param name="scope">Where to.</param>
    /// <param name="step">The step.</param>
    /// <param name="stem">What the kernel's name starts with; the sizes follow.</param>
    /// <param name="formula">The formula, given how the state before the step is written.</param>
    /// <param name="remark">What the documentation says besides, a sentence; empty: nothing.</param>
    /// <param name="operands">What there is besides values, readouts and state, by the names of the kernel's parameters; those that are null are left out.</param>
    /// <param name="values">Writes what is done with a vector of values of a cell, within the loops.</param>
    public static void Call(
        StepScope scope, MatrixStep step, string stem, Func<string, string> formula, string remark, (string Name, ScanOperand? Operand)[] operands, Action<CodeWriter, MatrixKernel> values)
    {
        scope.Comment(step, formula("S_(t-1)"));
        scope.Call(
            $"{stem}{CSharp.Int(step.Sizes.Cells)}x{CSharp.Int(step.Sizes.Keys)}x{CSharp.Int(step.Sizes.Values)}",
            (writer, name) => new MatrixKernel(writer, scope, step).Write(name, formula("S_{t-1}"), remark, operands, values),
            [StepScope.In(step.Sources[0]), StepScope.Ref(step.Targets[0]), .. operands.Select(each => Argument(scope, each.Operand)), scope.Slot(step.Slot)]);
    }

    /// <summary>A table of one number per readout as an operand; null where there is none.</summary>
    public static ScanOperand? Readouts(TableHandle? table, MatrixSizes sizes) => table is null ? null : new ScanOperand(null, table, 1, sizes.Cells * sizes.Values);

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
            operand.View is null ? "" : $"({time} * {CSharp.Int(_scope.Stride(operand.View))})",
            operand.Blocks == 1 ? "" : name + "g",
            number,
        ];
        string index = string.Join(" + ", Array.FindAll(parts, part => part.Length > 0 && part != "0"));
        return $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {name}0, {(index.Length == 0 ? "0" : index)})";
    }

    /// <summary>Elements from one step to the next.</summary>
    public string Stride(EquatableArray<PlanView> parts) => CSharp.Int(_scope.Stride(parts[0]));

    /// <summary>Where the state of the first key begins; rows follow each other by <see cref="Columns"/>.</summary>
    /// <param name="rows">Rows of a cell.</param>
    public string FirstRow(int rows) => rows == 1 ? "h" : $"(g * {CSharp.Int((rows - 1) * Columns)}) + h";

    private static string Argument(StepScope scope, ScanOperand? operand) =>
        operand is null ? "" : operand.View is { } view ? StepScope.In(view) : scope.Table(operand.Table);

    private void Write(string name, string formula, string remark, (string Name, ScanOperand? Operand)[] operands, Action<CodeWriter, MatrixKernel> values)
    {
        MatrixSizes sizes = _step.Sizes;
        _writer.Line("/// <summary>");
        _writer.Line($"/// <c>{CSharp.Xml(formula)}</c>");
        _writer.Line(
            $"/// for {CSharp.Count(sizes.Cells, "cell")} of {CSharp.Count(sizes.Keys, "key")} and {CSharp.Count(sizes.Values, "value")} each; {CSharp.Grouped(_step.Operations)} flops per time step.");
        if (remark.Length > 0)
        {
            _writer.Line("/// " + remark);
        }

        _writer.Line("/// </summary>");
        string others = string.Concat(operands.Where(each => each.Operand is not null).Select(each => $", ref readonly {Type} {each.Name}"));
        _writer.Kernel(name, _scope.Plan.Element, $"ref readonly {Type} v, ref {Type} o{others}, ref {Type} s", () =>
        {
            _writer.Line("nuint end = (nuint)steps;");
            foreach ((string operand, _) in operands.Where(each => each.Operand is not null && each.Name != Skip))
            {
                _writer.Line($"ref {Type} {operand}0 = ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in {operand});");
            }

            _writer.Block($"for (nuint g = 0; g < {CSharp.Int(sizes.Cells)}; g++)", () =>
            {
                foreach ((string operand, ScanOperand? what) in operands)
                {
                    Block(operand, what);
                }

                // A vector of values at a time; h counts in values and readouts of all cells.
                _writer.Block(
                    $"for (nuint h = g * {CSharp.Int(Columns)}; h < (g + 1) * {CSharp.Int(Columns)}; h += (nuint)TSimd.Count)", () => values(_writer, this));
            });
        });
    }

    /// <summary>Writes the index of an operand's block for the present cell g: the name and a g behind it.</summary>
    private void Block(string name, ScanOperand? operand)
    {
        if (operand is null || operand.Blocks == 1)
        {
            return;
        }

        int cells = _step.Sizes.Cells;
        string block = operand.Blocks == cells ? "g" : $"g * {CSharp.Int(operand.Blocks)} / {CSharp.Int(cells)}";
        _writer.Line($"nuint {name}g = {(operand.BlockWidth == 1 ? block : $"{block} * {CSharp.Int(operand.BlockWidth)}")};");
    }
}
