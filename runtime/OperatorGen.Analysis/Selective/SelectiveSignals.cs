using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The functions of the cells' input that make a recurrence selective, as a list: each is made of the input or of an earlier one, and is known by its number. Signal 0
/// is the input itself.
/// </summary>
public sealed class SelectiveSignals
{
    private readonly SignalNode[] _nodes;
    private readonly int[] _widths;

    /// <summary>Takes the signals as they are.</summary>
    /// <param name="inputs">The width of the cells' input.</param>
    /// <param name="signals">The signals from number 1 on.</param>
    /// <exception cref="ArgumentException">A signal is made of a later one, or of more than there is.</exception>
    public SelectiveSignals(int inputs, params SignalNode[] signals)
    {
        _nodes = signals;
        _widths = new int[signals.Length + 1];
        _widths[0] = inputs;
        for (int i = 0; i < signals.Length; i++)
        {
            int source = signals[i].Source;
            _widths[i + 1] = source >= 0 && source <= i ? signals[i].Width(_widths[source]) : throw new ArgumentException($"Signal {i + 1} is made of signal {source}, which is not there yet.", nameof(signals));
        }
    }

    /// <summary>The number of signals, the input included.</summary>
    public int Count => _widths.Length;

    /// <summary>The signals from number 1 on.</summary>
    public IReadOnlyList<SignalNode> Nodes => _nodes;

    /// <summary>The width of a signal.</summary>
    /// <param name="signal">Its number.</param>
    public int Width(int signal) => _widths[signal];
}

/// <summary>A signal that is made of another one.</summary>
/// <param name="Source">The number of that one.</param>
public abstract record SignalNode(int Source)
{
    /// <summary>The width for a source of the given width.</summary>
    /// <exception cref="ArgumentException">The source has another width than the signal takes.</exception>
    internal abstract int Width(int source);
}

/// <summary>A linear map.</summary>
/// <param name="Source">What is mapped.</param>
/// <param name="Map">The map.</param>
/// <param name="Name">Upstream's name of it.</param>
public sealed record ProjectedNode(int Source, LinearDescription Map, string Name) : SignalNode(Source)
{
    internal override int Width(int source) => source == Map.Inputs ? Map.Outputs : throw new ArgumentException($"{Name} takes {Map.Inputs} numbers, but its source has {source}.", nameof(source));
}

/// <summary>Consecutive components.</summary>
/// <param name="Source">What is cut.</param>
/// <param name="Start">The first component.</param>
/// <param name="Length">How many.</param>
public sealed record SlicedNode(int Source, int Start, int Length) : SignalNode(Source)
{
    internal override int Width(int source) => Start >= 0 && Start + Length <= source ? Length : throw new ArgumentException($"Components {Start} to {Start + Length} are cut of {source}.", nameof(source));
}

/// <summary>A function of every component.</summary>
/// <param name="Source">Of what.</param>
/// <param name="Function">The function.</param>
public sealed record MappedNode(int Source, DecoderFunction Function) : SignalNode(Source)
{
    internal override int Width(int source) => source;
}

/// <summary>factor x + offset, component by component.</summary>
/// <param name="Source">x.</param>
/// <param name="Factor">The factor.</param>
/// <param name="Offset">The summands, [component]; null: 0.</param>
public sealed record AffineNode(int Source, double Factor, double[]? Offset) : SignalNode(Source)
{
    internal override int Width(int source) => Offset is null || Offset.Length == source ? source : throw new ArgumentException($"{Offset.Length} summands are added to {source} components.", nameof(source));
}

/// <summary>min(max(x, lower), upper), component by component.</summary>
/// <param name="Source">x.</param>
/// <param name="Lower">The lower limit.</param>
/// <param name="Upper">The upper limit.</param>
public sealed record ClampedNode(int Source, double Lower, double Upper) : SignalNode(Source)
{
    internal override int Width(int source) => source;
}

/// <summary>sigmoid(|x|) x / |x| of pairs (re, im); 1/2 where x is 0.</summary>
/// <param name="Source">Pairs.</param>
public sealed record PolarNode(int Source) : SignalNode(Source)
{
    internal override int Width(int source) => source % 2 == 0 ? source : throw new ArgumentException($"{source} numbers are no pairs.", nameof(source));
}
