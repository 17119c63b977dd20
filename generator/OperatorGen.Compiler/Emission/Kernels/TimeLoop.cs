using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen.Compiler.Emission;

/// <summary>The loop of a scan over the time steps of a chunk, in the direction of its modes.</summary>
internal static class TimeLoop
{
    /// <summary>The head of the loop.</summary>
    /// <param name="timing">The direction.</param>
    /// <param name="indices">The indices that move with time: name, where the first time step is, elements from step to step.</param>
    public static string Of(ModeTiming timing, params (string Name, string Start, int Stride)[] indices)
    {
        string starts = string.Join(", ", indices.Select(index => $"{index.Name} = {index.Start}{(timing.Backward ? $" + ((end - 1) * {CSharp.Int(index.Stride)})" : "")}"));
        string moves = string.Join(", ", indices.Select(index => $"{index.Name} {(timing.Backward ? "-=" : "+=")} {CSharp.Int(index.Stride)}"));
        return $"for (nuint t = 0, {starts}; t < end; t++, {moves})";
    }

    /// <summary>The step that a state comes from, in a formula.</summary>
    public static string Before(ModeTiming timing) => timing.Backward ? "t+1" : "t-1";

    /// <summary>The step of the state that a readout reads, in a formula.</summary>
    public static string Read(ModeTiming timing) => timing.Delay == 0 ? "t" : Before(timing);
}
