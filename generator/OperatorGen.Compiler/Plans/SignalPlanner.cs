using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Plans the signals that make a cell selective; a signal that two parameters share is computed once. Functions of one number that follow each other are one step, unless
/// what is between them is needed elsewhere.
/// </summary>
/// <param name="builder">Where the steps go.</param>
/// <param name="name">Whose signals.</param>
/// <param name="prefix">What the names of tables begin with.</param>
/// <param name="roots">All signals that will be asked for.</param>
internal sealed class SignalPlanner(PlanBuilder builder, string name, string prefix, IEnumerable<Signal> roots)
{
    private readonly Dictionary<Signal, PlanView> _planned = [];
    private readonly HashSet<PlanView> _cut = []; // slices whose last vector has numbers of others too
    private readonly Dictionary<PlanView, PlanView> _whole = []; // copies of them
    private readonly List<PlanView> _owned = [];
    private readonly Dictionary<Signal, LinearStep> _projections = [];
    private readonly Dictionary<Signal, TableHandle> _offsets = [];
    private readonly Dictionary<Signal, int> _uses = Uses(roots);
    private PlanView? _cellInput;
    private int _tables;

    /// <summary>The table of A, of gates e^(Delta A) per cell; null where there are none.</summary>
    public TableHandle? Rates { get; private set; }

    /// <summary>Says where the cells' input is.</summary>
    public void Start(PlanView cellInput) => _cellInput = cellInput;

    /// <summary>The step of a linear map that was planned.</summary>
    public LinearStep Projection(ProjectedSignal signal) => _projections[signal];

    /// <summary>The table of an affine function with an offset that was planned, [(factor, summand), component].</summary>
    public TableHandle Offset(AffineSignal signal) => _offsets[signal];

    /// <summary>Adds the steps of a signal, unless they are there.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="meaning">What it is to the cell, for the headings.</param>
    /// <returns>Where the signal is.</returns>
    public PlanView Plan(Signal signal, string meaning)
    {
        if (_planned.TryGetValue(signal, out PlanView? known))
        {
            return known;
        }

        PlanView view = signal switch
        {
            CellInputSignal => _cellInput ?? throw new InvalidOperationException("The cells' input is not planned yet."),
            SlicedSignal sliced => Slice(Plan(sliced.Source, meaning), sliced),
            ProjectedSignal projected => Project(projected, meaning),
            _ when IsPointwise(signal) => Pointwise(signal, meaning),
            _ => throw new ArgumentException($"No plan is known for a {signal.GetType().Name}.", nameof(signal)),
        };
        _planned.Add(signal, view);
        return view;
    }

    /// <summary>The exponential of a signal.</summary>
    /// <param name="signal">Logarithms.</param>
    /// <param name="meaning">What it is to the cell, for the headings.</param>
    public PlanView Exponential(Signal signal, string meaning) => CanJoin(signal)
        ? Pointwise(signal, meaning, new ExponentialPoint())
        : Add(Whole(Plan(signal, meaning), meaning), meaning, [new ExponentialPoint()], []);

    /// <summary>The exponential of a step size times a constant per cell: e^(Delta_t A).</summary>
    /// <param name="delta">Delta, P numbers.</param>
    /// <param name="a">A, one number per cell.</param>
    /// <param name="meaning">What it is to the cell, for the headings.</param>
    public PlanView Exponential(PlanView delta, Tensor a, string meaning)
    {
        PlanView steps = Spread(delta, meaning, delta.Width, a.Count, cellsAreLanes: true)[0];
        TableHandle table = builder.Table(prefix + "Eigenvalues", "A, the continuous eigenvalues, and 0, [2, cell]." + TableOrigin.Of(a), 2, [a.Count], (row, g) => row == 0 ? a.Values[g] : 0);
        Rates = table;
        return Add(steps, meaning, [new AffinePoint("A", null), new ExponentialPoint()], [table]);
    }

    /// <summary>A signal in the parts that a scan needs, see <see cref="SpreadStep"/>; where it has them already, as it is.</summary>
    /// <param name="source">The signal.</param>
    /// <param name="meaning">What it is to the cell, for the heading.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="cellsAreLanes">Whether the parts are numbers and the lanes cells.</param>
    public EquatableArray<PlanView> Spread(PlanView source, string meaning, int blocks, int cells, bool cellsAreLanes)
    {
        int width = source.Width / blocks;
        if (cellsAreLanes ? width == 1 && blocks == cells : blocks == cells && (cells == 1 || builder.Pad(width) == width))
        {
            source = Whole(source, meaning);
            return cellsAreLanes ? EquatableArray.Of(source) : Enumerable.Range(0, cells).Select(g => source with { Column = source.Column + (g * width), Width = width }).ToEquatableArray();
        }

        EquatableArray<PlanView> targets = builder.AcquireParts(cellsAreLanes ? [.. Enumerable.Repeat(cells, width)] : [.. Enumerable.Repeat(width, cells)]);
        _owned.Add(targets[0]);
        return builder.Add(new SpreadStep(Heading(meaning), source, blocks, cells, cellsAreLanes, targets)).Targets;
    }

    /// <summary>Real and imaginary parts of a complex gate of cells, cells as lanes.</summary>
    /// <param name="gate">Pairs (re, im).</param>
    /// <param name="meaning">What it is to the cell, for the headings.</param>
    /// <param name="cells">The cells.</param>
    public EquatableArray<PlanView> ComplexGate(Signal gate, string meaning, int cells)
    {
        PlanView pairs = Plan(gate is PolarSignal polar ? polar.Source : gate, meaning);
        EquatableArray<PlanView> parts = Spread(pairs, meaning, pairs.Width / 2, cells, cellsAreLanes: true);
        if (gate is not PolarSignal)
        {
            return parts;
        }

        PolarStep step = builder.Add(new PolarStep(Heading(meaning), parts[0], parts[1], builder.Rewrite(parts[0]), builder.Rewrite(parts[1])));
        return EquatableArray.Of(step.TargetRe, step.TargetIm);
    }

    /// <summary>A complex gate as pairs (re, im) of its blocks side by side.</summary>
    /// <param name="gate">Pairs (re, im).</param>
    /// <param name="meaning">What it is to the cell, for the headings.</param>
    public PlanView Pairs(Signal gate, string meaning)
    {
        if (gate is not PolarSignal)
        {
            return Plan(gate, meaning);
        }

        int blocks = gate.Width / 2;
        EquatableArray<PlanView> parts = ComplexGate(gate, meaning, blocks);
        PlanView pairs = Own(gate.Width);
        builder.Add(new PairStep(Heading(meaning), parts[0], parts[1], pairs));
        return pairs;
    }

    /// <summary>Gives the signals' buffers back.</summary>
    public void Release() => _owned.ForEach(builder.Release);

    private PlanView Slice(PlanView source, SlicedSignal sliced)
    {
        PlanView slice = source with { Column = source.Column + sliced.Start, Width = sliced.Width };
        bool isEnd = sliced.Start + sliced.Width == source.Width && slice.Column % builder.Lanes == 0 && !_cut.Contains(source);
        if (builder.Pad(slice.Width) != slice.Width && !isEnd)
        {
            _cut.Add(slice);
        }

        return slice;
    }

    /// <summary>A view for steps that read whole vectors: a copy where others' numbers are in the last one.</summary>
    private PlanView Whole(PlanView view, string meaning)
    {
        if (!_cut.Contains(view))
        {
            return view;
        }

        if (!_whole.TryGetValue(view, out PlanView? copy))
        {
            copy = builder.Add(new PackStep(Heading(meaning), EquatableArray.Of(view), Own(view.Width))).Target;
            _whole.Add(view, copy);
        }

        return copy;
    }

    private static bool IsPointwise(Signal signal) => signal is MappedSignal or AffineSignal or ClampedSignal;

    /// <summary>How often each signal is asked for: by the cell, or by another signal.</summary>
    private static Dictionary<Signal, int> Uses(IEnumerable<Signal> roots)
    {
        var uses = new Dictionary<Signal, int>();
        foreach (Signal root in roots)
        {
            Signal signal = root;
            while (!uses.ContainsKey(signal))
            {
                uses.Add(signal, 1);
                if (signal is CellInputSignal)
                {
                    break;
                }

                signal = SignalSource.Of(signal);
            }

            uses[signal]++;
        }

        return uses;
    }

    private string Heading(string meaning) => name + " " + meaning;

    private string TableName() => prefix + "Signal" + NumberText.Format(_tables++);

    /// <summary>Whether a signal is a function of one number that nobody else needs.</summary>
    private bool CanJoin(Signal signal) => IsPointwise(signal) && !_planned.ContainsKey(signal) && _uses[signal] == 1;

    /// <summary>One step for a signal and for what it is made of, as far as these are functions of one number that nobody else needs.</summary>
    private PlanView Pointwise(Signal signal, string meaning, params PointFunction[] then)
    {
        var chain = new Stack<Signal>([signal]);
        while (CanJoin(SignalSource.Of(chain.Peek())))
        {
            chain.Push(SignalSource.Of(chain.Peek()));
        }

        PlanView source = Whole(Plan(SignalSource.Of(chain.Peek()), meaning), meaning);
        var tables = new List<TableHandle>();
        PointFunction[] functions = [.. chain.Select(each => Function(each, tables)), .. then];
        return Add(source, meaning, functions, tables);
    }

    private PlanView Add(PlanView source, string meaning, IEnumerable<PointFunction> functions, IEnumerable<TableHandle> tables) =>
        builder.Add(new PointwiseStep(Heading(meaning), source, Own(source.Width), functions.ToEquatableArray(), tables.ToEquatableArray())).Target;

    private PointFunction Function(Signal signal, List<TableHandle> tables)
    {
        switch (signal)
        {
            case MappedSignal mapped:
                return new MappedPoint(mapped.Function);
            case ClampedSignal clamped:
                return new ClampedPoint(clamped.Lower, clamped.Upper);
            case AffineSignal { Offset: null } scaled:
                return new ScaledPoint(builder.Round(scaled.Factor, TableName()));
            case AffineSignal { Offset: { } offset } affine:
                TableHandle table = builder.Table(
                    TableName(), "Factor and summand, [2, component]." + TableOrigin.Of(offset), 2, [affine.Width], (row, c) => row == 0 ? affine.Factor : offset.Values[c]);
                _offsets[affine] = table;
                tables.Add(table);
                return new AffinePoint(affine.Factor == 1 ? null : NumberText.Format(affine.Factor), "b");
            default:
                throw new ArgumentException($"A {signal.GetType().Name} is no function of one number.", nameof(signal));
        }
    }

    private PlanView Project(ProjectedSignal projected, string meaning)
    {
        PlanView source = Plan(projected.Source, meaning);
        PlanView target = Own(projected.Width);
        _projections[projected] = LayerPlanner.Linear(builder, Heading(projected.Name), TableName(), projected.Projection, EquatableArray.Of(source), EquatableArray.Of(target));
        return target;
    }

    private PlanView Own(int width)
    {
        PlanView view = builder.Acquire(width);
        _owned.Add(view);
        return view;
    }
}
