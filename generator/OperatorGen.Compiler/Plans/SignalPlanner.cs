using System;
using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>Plans the signals that make a cell selective; a signal that two parameters share is computed once.</summary>
internal sealed class SignalPlanner(PlanBuilder builder, string name, string prefix, PlanView cellInput)
{
    private readonly Dictionary<Signal, PlanView> _planned = [];
    private readonly List<PlanView> _owned = [];

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
            CellInputSignal => cellInput,
            SlicedSignal sliced => Slice(Plan(sliced.Source), sliced),
            ProjectedSignal projected => Project(projected),
            MappedSignal mapped => Map(mapped),
            _ => throw new ArgumentException($"No plan is known for a {signal.GetType().Name}.", nameof(signal)),
        };
        _planned.Add(signal, view);
        return view;
    }

    /// <summary>Gives the signals' buffers back.</summary>
    public void Release() => _owned.ForEach(builder.Release);

    private static PlanView Slice(PlanView source, SlicedSignal sliced) => source with { Column = source.Column + sliced.Start, Width = sliced.Width };

    private PlanView Project(ProjectedSignal projected)
    {
        PlanView source = Plan(projected.Source);
        PlanView target = Own(projected.Width);
        string table = prefix + "Signal" + NumberText.Format(_owned.Count);
        LayerPlanner.Linear(builder, name + " " + projected.Name, table, projected.Projection, source, EquatableArray.Of(target));
        return target;
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
