using System;
using System.Linq;
using OperatorGen.Compiler.Plans;

namespace OperatorGen.Compiler.Emission;

/// <summary>What the writer of a step writes with: the plan, the kernels, and how buffers, tables and slots are spelled inside of a chunk.</summary>
/// <param name="writer">Where to.</param>
/// <param name="plan">The plan.</param>
/// <param name="helper">The class that holds kernels and tables.</param>
/// <param name="kernels">The kernels of the file.</param>
/// <param name="first">The expression of the first row of the buffers that is meant; null: 0.</param>
/// <param name="direct">Which rows are the caller's own; null: none.</param>
internal sealed class StepScope(CodeWriter writer, EvaluationPlan plan, string helper, KernelSet kernels, string? first = null, DirectRows? direct = null)
{
    private long[] TableOffsets => field ??= plan.TableOffsets();

    /// <summary>Where to.</summary>
    public CodeWriter Writer => writer;

    /// <summary>The plan.</summary>
    public EvaluationPlan Plan => plan;

    /// <summary>The class that holds kernels and tables.</summary>
    public string Helper => helper;

    /// <summary>Which rows are the caller's own.</summary>
    public DirectRows Direct { get; } = direct ?? DirectRows.None;

    /// <summary>Writes the comment over a step: whose part, the formula, the cost.</summary>
    public void Comment(PlanStep step, string formula)
    {
        string cost = step.Operations == 0 ? "" : $" ({CSharp.Grouped(step.Operations)} flops per time step)";
        writer.Line($"// {step.Heading.Replace('\n', ' ').Replace('\r', ' ')}: {formula}{cost}");
    }

    /// <summary>Writes the call of a kernel, which is added to the file where it is new.</summary>
    /// <param name="stem">What the kernel's name starts with: the kind and the shape.</param>
    /// <param name="write">Writes the kernel, given its name.</param>
    /// <param name="arguments">What follows the count of time steps; an empty one is left out.</param>
    public void Call(string stem, Action<CodeWriter, string> write, params string[] arguments)
    {
        string list = string.Join(", ", arguments.Where(a => a.Length > 0));
        writer.Line($"{Kernel(stem, write)}(count, {list});");
    }

    /// <summary>A kernel at the present width, as a value; it is added to the file where it is new.</summary>
    /// <param name="stem">What the kernel's name starts with: the kind and the shape.</param>
    /// <param name="write">Writes the kernel, given its name.</param>
    public string Kernel(string stem, Action<CodeWriter, string> write) => $"{helper}.{kernels.Get(stem, write)}<TSimd, TVector>";

    /// <summary>A view as a reference that can be written through.</summary>
    public static string Ref(PlanView view) => "ref " + Element(view);

    /// <summary>A view as a reference that is read.</summary>
    public static string In(PlanView view) => "in " + Element(view);

    /// <summary>A view with the rows of history before it.</summary>
    public string History(PlanView view)
    {
        int start = plan.Buffers[view.Buffer].Offset + view.Column;
        return "ref " + (first is null ? Add("scratch", start) : $"global::System.Runtime.CompilerServices.Unsafe.Add(ref scratch, {CSharp.Int(start)} + ({first} * {CSharp.Int(plan.Buffers[view.Buffer].Stride)}))");
    }

    /// <summary>The element of a view at an index; null: the first.</summary>
    public static string Element(PlanView view, string? index = null)
    {
        string column = view.Column == 0 ? "" : CSharp.Int(view.Column);
        string offset = index is null ? column : column.Length == 0 ? index : $"({index}) + {column}";
        return offset.Length == 0 ? Name(view.Buffer) : $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {Name(view.Buffer)}, {offset})";
    }

    /// <summary>A table that is read; empty where there is no table.</summary>
    public string Table(TableHandle? table) => table is { } given ? "in " + TableStart(given) : "";

    /// <summary>The first element of a table: in the assembly, or in the weights that were loaded.</summary>
    public string TableStart(TableHandle table)
    {
        if (!plan.IsExternal)
        {
            return $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({helper}.{plan[table].Name})";
        }

        long offset = TableOffsets[table.Index];
        string type = plan[table].IsBFloat16 ? "ushort" : CSharp.Name(plan.Element);
        return $"global::System.Runtime.CompilerServices.Unsafe.As<byte, {type}>(ref global::System.Runtime.CompilerServices.Unsafe.AddByteOffset(ref global::System.Runtime.CompilerServices.Unsafe.AsRef(in weights), unchecked((nint){CSharp.Int(offset)}L)))";
    }

    /// <summary>An element of a table of one row.</summary>
    public string TableElement(TableHandle table, string index) => plan.IsExternal
        ? $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {TableStart(table)}, {index})"
        : $"{helper}.{plan[table].Name}[{index}]";

    /// <summary>The type of a table's elements.</summary>
    public string TypeOf(TableHandle table) => plan[table].IsBFloat16 ? "ushort" : CSharp.Name(plan.Element);

    /// <summary>A part of the recurrent state.</summary>
    public string Slot(SlotHandle slot) => "ref " + Add("memory", plan[slot].Offset);

    /// <summary>A part of the recurrent state of another stream.</summary>
    /// <param name="state">The expression of the state.</param>
    /// <param name="slot">The part.</param>
    public string SlotOf(string state, SlotHandle slot)
    {
        string memory = $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference({state}.Memory)";
        return "ref " + Add(memory, plan[slot].Offset);
    }

    /// <summary>A row of what is kept of the whole sequence; the chunk's first row is at <c>sequence</c>.</summary>
    /// <param name="view">What is kept.</param>
    /// <param name="index">The time step within the chunk.</param>
    public string Row(SequenceView view, string index)
    {
        int offset = plan.Sequences[view.Buffer].Offset;
        return $"global::System.Runtime.CompilerServices.Unsafe.Add(ref sequence, ({index} * {CSharp.Int(plan.SequenceStride)}){(offset == 0 ? "" : $" + {CSharp.Int(offset)}")})";
    }

    /// <summary>The name of a buffer.</summary>
    public static string Name(int buffer) => "x" + CSharp.Int(buffer);

    /// <summary>A reference some elements on.</summary>
    public static string Add(string start, int offset) => offset == 0 ? start : $"global::System.Runtime.CompilerServices.Unsafe.Add(ref {start}, {CSharp.Int(offset)})";

    /// <summary>Elements from one time step of a view to the next.</summary>
    public int Stride(PlanView view) => plan.Buffers[view.Buffer].Stride;
}
