using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Plans the signals that make a cell selective; a signal that two parameters share is computed once.</summary>
internal sealed class SignalPlanner(PlanBuilder builder, string name, string prefix)
{
    private readonly Dictionary<Signal, PlanView> _planned = [];
    private readonly List<PlanView> _owned = [];
    private readonly Dictionary<Signal, PlanStep> _steps = [];
    private PlanView? _cellInput;

    /// <summary>The table of A, of gates e^(Delta A) per cell; null where there are none.</summary>
    public TableHandle? Rates { get; private set; }

    /// <summary>Says where the cells' input is.</summary>
    public void Start(PlanView cellInput) => _cellInput = cellInput;

    /// <summary>The step of a linear map that was planned.</summary>
    public LinearStep Projection(ProjectedSignal signal) => (LinearStep)_steps[signal];

    /// <summary>The step of an affine function that was planned.</summary>
    public AffineStep Affine(AffineSignal signal) => (AffineStep)_steps[signal];

    /// <summary>Adds the steps of a signal, unless they are there.</summary>
    /// <returns>Where the signal is.</returns>
    public PlanView Plan(Signal signal)
    {
        if (_planned.TryGetValue(signal, out PlanView? known))
        {
            return known;
        }

        PlanView view = signal switch
        {
            CellInputSignal => _cellInput ?? throw new InvalidOperationException("The cells' input is not planned yet."),
            SlicedSignal sliced => Slice(Plan(sliced.Source), sliced),
            ProjectedSignal projected => Project(projected),
            MappedSignal mapped => Map(mapped),
            AffineSignal affine => Scale(affine),
            ClampedSignal clamped => Clamp(clamped),
            _ => throw new ArgumentException($"No plan is known for a {signal.GetType().Name}.", nameof(signal)),
        };
        _planned.Add(signal, view);
        return view;
    }

    /// <summary>The exponential of a signal.</summary>
    /// <param name="signal">Logarithms.</param>
    public PlanView Exponential(Signal signal) => Exponential(Plan(signal));

    /// <summary>The exponential of what was planned.</summary>
    /// <param name="logarithms">Logarithms.</param>
    public PlanView Exponential(PlanView logarithms) => builder.Add(new ExponentialStep(name + " gate", logarithms, Own(logarithms.Width))).Target;

    /// <summary>The exponential of a step size times a constant per cell: e^(Delta_t A).</summary>
    /// <param name="delta">Delta, P numbers.</param>
    /// <param name="a">A, one number per cell.</param>
    public PlanView Exponential(Signal delta, Tensor a)
    {
        PlanView steps = Spread(delta, delta.Width, a.Count, cellsAreLanes: true)[0];
        TableHandle table = builder.Table(prefix + "Eigenvalues", "A, the continuous eigenvalues, and 0, [2, cell]." + TableOrigin.Of(a), 2, [a.Count], (row, g) => row == 0 ? a.Values[g] : 0);
        Rates = table;
        PlanView target = Own(a.Count);
        builder.Add(new AffineStep(name + " log gate", steps, target, table));
        return Exponential(target);
    }

    /// <summary>A signal in the parts that a scan needs, see <see cref="SpreadStep"/>; where it has them already, as it is.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="cellsAreLanes">Whether the parts are numbers and the lanes cells.</param>
    public EquatableArray<PlanView> Spread(Signal signal, int blocks, int cells, bool cellsAreLanes)
    {
        PlanView source = Plan(signal);
        int width = signal.Width / blocks;
        if (cellsAreLanes ? width == 1 && blocks == cells : blocks == cells && (cells == 1 || builder.Pad(width) == width))
        {
            return cellsAreLanes ? EquatableArray.Of(source) : Enumerable.Range(0, cells).Select(g => source with { Column = source.Column + (g * width), Width = width }).ToEquatableArray();
        }

        EquatableArray<PlanView> targets = builder.AcquireParts(cellsAreLanes ? [.. Enumerable.Repeat(cells, width)] : [.. Enumerable.Repeat(width, cells)]);
        _owned.Add(targets[0]);
        return builder.Add(new SpreadStep(name, source, blocks, cells, cellsAreLanes, targets)).Targets;
    }

    /// <summary>Real and imaginary parts of a complex gate of cells, cells as lanes.</summary>
    /// <param name="gate">Pairs (re, im).</param>
    /// <param name="cells">The cells.</param>
    public EquatableArray<PlanView> ComplexGate(Signal gate, int cells)
    {
        Signal pairs = gate is PolarSignal polar ? polar.Source : gate;
        EquatableArray<PlanView> parts = Spread(pairs, pairs.Width / 2, cells, cellsAreLanes: true);
        if (gate is not PolarSignal)
        {
            return parts;
        }

        PolarStep step = builder.Add(new PolarStep(name + " gate", parts[0], parts[1], builder.Rewrite(parts[0]), builder.Rewrite(parts[1])));
        return EquatableArray.Of(step.TargetRe, step.TargetIm);
    }

    /// <summary>A complex gate as pairs (re, im) of its blocks side by side.</summary>
    /// <param name="gate">Pairs (re, im).</param>
    public PlanView Pairs(Signal gate)
    {
        if (gate is not PolarSignal)
        {
            return Plan(gate);
        }

        int blocks = gate.Width / 2;
        EquatableArray<PlanView> parts = ComplexGate(gate, blocks);
        PlanView pairs = Own(gate.Width);
        builder.Add(new PairStep(name + " gate", parts[0], parts[1], pairs));
        return pairs;
    }

    /// <summary>Gives the signals' buffers back.</summary>
    public void Release() => _owned.ForEach(builder.Release);

    private static PlanView Slice(PlanView source, SlicedSignal sliced) => source with { Column = source.Column + sliced.Start, Width = sliced.Width };

    private PlanView Project(ProjectedSignal projected)
    {
        PlanView source = Plan(projected.Source);
        PlanView target = Own(projected.Width);
        string table = prefix + "Signal" + NumberText.Format(_owned.Count);
        _steps[projected] = LayerPlanner.Linear(builder, name + " " + projected.Name, table, projected.Projection, EquatableArray.Of(source), EquatableArray.Of(target));
        return target;
    }

    private PlanView Scale(AffineSignal affine)
    {
        PlanView source = Plan(affine.Source);
        PlanView target = Own(affine.Width);
        string origin = affine.Offset is { } given ? TableOrigin.Of(given) : "";
        TableHandle table = builder.Table(
            prefix + "Signal" + NumberText.Format(_owned.Count), "Factor and summand, [2, component]." + origin, 2, [affine.Width], (row, c) => row == 0 ? affine.Factor : affine.Offset?.Values[c] ?? 0);
        _steps[affine] = builder.Add(new AffineStep(name, source, target, table));
        return target;
    }

    private PlanView Clamp(ClampedSignal clamped)
    {
        PlanView source = Plan(clamped.Source);
        return builder.Add(new ClampStep(name, source, Own(clamped.Width), clamped.Lower, clamped.Upper)).Target;
    }

    private PlanView Map(MappedSignal mapped)
    {
        PlanView source = Plan(mapped.Source);
        PlanView target = Own(mapped.Width);
        builder.Add(new MapStep(name, source, target, mapped.Function));
        return target;
    }

    private PlanView Own(int width)
    {
        PlanView view = builder.Acquire(width);
        _owned.Add(view);
        return view;
    }
}
