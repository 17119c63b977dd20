using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// Writes a selective cell in path form (the recurrence unrolled; Cirone et al. 2024 take it from there to signatures):
/// the state is the sum over all past inputs, each carried by the product of the gates since. The gates of a delta rule are matrices, its keys, queries and
/// states vectors.
/// </summary>
internal sealed partial class SelectiveCellPaths
{
    private static readonly VariableExpression s_n = Eq.Symbol("n"), s_j = Eq.Symbol("j"), s_t = Eq.Symbol("t"), s_tau = Eq.Symbol("tau"), s_r = Eq.Symbol("r");
    private static readonly VariableExpression s_state = Eq.Symbol("s"), s_gate = Eq.Symbol("gate", typeset: "alpha"), s_matrix = Eq.Symbol("T"), s_delta = Eq.Symbol("Delta"), s_beta = Eq.Symbol("beta"), s_a = Eq.Symbol("A");

    private readonly SelectiveCell _cell;
    private readonly VariableExpression _key, _query, _value;
    private readonly Expression? _n, _j; // indices of keys and values; null: there is one, or they are written as a vector

    private SelectiveCellPaths(SelectiveCell cell)
    {
        _cell = cell;
        bool mamba = cell.Transition is StepTransition;
        _key = Eq.Symbol(mamba ? "B" : "k");
        _query = Eq.Symbol(mamba ? "C" : "q");
        _value = Eq.Symbol(cell.Value is CellInputSignal ? "v" : "value");
        _n = cell is { KeyWidth: > 1, Transition: not DeltaTransition } ? s_n : null;
        _j = cell.ValueWidth > 1 ? s_j : null;
    }

    /// <summary>The path form of a cell.</summary>
    public static PathCell Solve(SelectiveCell cell)
    {
        var paths = new SelectiveCellPaths(cell);
        return new(cell.OutputWidth, cell.KeyWidth, paths.Formulas().ToEquatableArray()) { MeanGateFormulas = paths.MeanGate().ToEquatableArray() };
    }

    private IEnumerable<Formula> Formulas() =>
    [
        new(
            Indexed(s_state, _n, _j).At(s_t).Is(Eq.Sum(Eq.Past(s_tau, s_t), Carried() * Drive(s_tau))),
            _cell.Transition is DeltaTransition ? "later times on the left" : null),
        .. Gates(),
        Readout(),
        .. _cell.Value is CellInputSignal ? [] : Signal(_value, _cell.Value),
        .. Signal(_key, (_cell.Key as SelectiveParameter)?.Signal),
        .. Signal(_query, (_cell.Query as SelectiveParameter)?.Signal),
        .. Blocks(),
    ];

    /// <summary>Which part of each signal a cell has, in sentences; nothing where there is one cell, or where every cell has one number of each.</summary>
    private IEnumerable<Formula> Blocks()
    {
        int cells = _cell.Count;
        (string Name, int Blocks)[] signals =
        [
            (_value.Name, _cell.Value.Width / _cell.ValueWidth),
            .. _cell.Transition switch
            {
                StepTransition step => [(s_delta.Name, step.Delta.Width)],
                LogGateTransition log => [(s_gate.Name, log.LogGate.Width / (log.PerKey ? _cell.KeyWidth : 1))],
                GateTransition given => [(s_gate.Name, given.Gate.Width / (_cell.Field == Field.Complex ? 2 : 1))],
                DeltaTransition delta => [(s_beta.Name, delta.Beta.Width), .. delta.LogGate is { } log ? [(s_gate.Name, log.Width)] : ((string, int)[])[]],
                _ => ((string, int)[])[],
            },
            .. Operand(_key, _cell.Key),
            .. Operand(_query, _cell.Query),
        ];
        bool single = _cell is { KeyWidth: 1, ValueWidth: 1 } && Array.TrueForAll(signals, signal => signal.Blocks == cells);
        if (cells == 1 || single)
        {
            yield break;
        }

        foreach (IGrouping<int, (string Name, int Blocks)> group in signals.GroupBy(signal => signal.Blocks).OrderByDescending(group => group.Key))
        {
            string names = Listed([.. group.Select(signal => signal.Name + "(t)")]), count = NumberText.Format(group.Key), all = NumberText.Format(cells);
            yield return new WordsExpression(group.Key == 1
                ? $"all cells share {names}"
                : $"cell g of {all} has block {(group.Key == cells ? "g" : $"g {count} / {all}, rounded down,")} of the {count} of {names}");
        }
    }

    private IEnumerable<(string Name, int Blocks)> Operand(VariableExpression symbol, Parameter? parameter) =>
        parameter is SelectiveParameter selective ? [(symbol.Name, selective.Signal.Width / _cell.KeyWidth / (selective.Field == Field.Complex ? 2 : 1))] : [];

    private static string Listed(string[] names) =>
        names.Length == 1 ? names[0] : string.Join(", ", names.Take(names.Length - 1)) + " and " + names[names.Length - 1];

    /// <summary>What the state of the time tau has been multiplied by since.</summary>
    private Expression Carried() => _cell.Transition is DecayTransition ? s_a.Power(s_t - s_tau) : Eq.Product(Eq.Between(s_r, s_tau + 1, s_t), Gate(s_r));

    private Expression Gate(Expression time) => _cell.Transition is DeltaTransition ? s_matrix.At(time) : Indexed(s_gate, _cell.HasGatePerKey ? _n : null).At(time);

    private IEnumerable<Formula> Gates() => _cell.Transition switch
    {
        StepTransition step => [Gate(s_t).Is(Eq.Exp(s_delta.At(s_t) * Indexed(s_a, _cell.HasGatePerKey ? _n : null))), .. Signal(s_delta, step.Delta)],
        LogGateTransition log => Logarithm(log.LogGate),
        GateTransition given => Signal(s_gate, given.Gate),
        DecayTransition => [],
        DeltaTransition { LogGate: null } delta => [Gate(s_t).Is(Erased()), .. Signal(s_beta, delta.Beta)],
        DeltaTransition delta => [Gate(s_t).Is(s_gate.At(s_t) * Erased()), .. Logarithm(delta.LogGate), .. Signal(s_beta, delta.Beta)],
        _ => throw new NotSupportedException($"There is no formula for a {_cell.Transition.GetType().Name}."),
    };

    private static IEnumerable<Formula> Logarithm(Signal signal) => [Eq.Log(s_gate.At(s_t)).Is(Tree(signal))];

    /// <summary>The identity without what the key erases.</summary>
    private Expression Erased() => Eq.Symbol("I") - (s_beta.At(s_t) * _key.At(s_t) * _key.At(s_t).Transposed);

    private Formula Readout()
    {
        bool before = _cell.Order == ReadOrder.PreUpdate;
        Expression state = Indexed(s_state, _n, _j).At(before ? s_t - 1 : s_t);
        state = _cell is { Field: Field.Complex, Query: null or { Field: Field.Real } } ? Eq.Re(state) : state;
        state += before && _cell.Bonus is not null ? Indexed(Eq.Symbol("u"), _n) * Drive(s_t) : 0;
        Expression read = Parameter(_query, _cell.Query, s_t) * state;
        Expression sum = _cell.Query is null ? state
            : _cell.Transition is DeltaTransition ? _query.At(s_t).Transposed * state
            : _n is null ? read
            : Eq.Sum(Eq.All(s_n, Eq.Symbol("N")), read);
        Expression readout = Eq.Number(_cell.Gamma) * (_cell is { Field: Field.Complex, Query.Field: Field.Complex } ? Eq.Re(sum) : sum);
        return Indexed(Eq.Symbol("o"), _j).At(s_t).Is(readout + (_cell.Skip is null ? 0 : Eq.Symbol("D") * Indexed(_value, _j).At(s_t)));
    }

    private static IEnumerable<Formula> Signal(VariableExpression symbol, Signal? signal) => signal is null ? [] : [symbol.At(s_t).Is(Tree(signal))];

    /// <summary>What an input adds to the state.</summary>
    private Expression Drive(Expression time)
    {
        Expression factor = _cell.Transition switch { StepTransition => s_delta.At(time), DeltaTransition => s_beta.At(time), _ => 1 };
        return factor * Parameter(_key, _cell.Key, time) * Indexed(_value, _j).At(time);
    }

    /// <summary>A key or query; a constant one has no time.</summary>
    private Expression Parameter(VariableExpression symbol, Parameter? parameter, Expression time) => parameter switch
    {
        null => 1,
        ConstantParameter => Indexed(symbol, _n),
        _ => Indexed(symbol, _n).At(time),
    };

    private static Expression Indexed(VariableExpression symbol, params Expression?[] indices)
    {
        Expression[] given = [.. indices.OfType<Expression>()];
        return given.Length == 0 ? symbol : symbol[given];
    }

    private static Expression Tree(Signal signal) => signal switch
    {
        CellInputSignal => Formula.At("v"),
        ProjectedSignal s => Eq.Name(s.Name).At(Tree(s.Source)),
        SlicedSignal s => Tree(s.Source).Slice(s.Start, s.Start + s.Width),
        MappedSignal s => Eq.Name(s.Function.Name).At(Tree(s.Source)),
        AffineSignal s => (Eq.Number(s.Factor) * Tree(s.Source)) + (s.Offset is null ? 0 : Eq.Name(s.Offset.Name ?? "offset")),
        ClampedSignal s => Limited("min", Limited("max", Tree(s.Source), s.Lower), s.Upper),
        PolarSignal s => Eq.Name("polar").At(Tree(s.Source)),
        _ => throw new NotSupportedException($"There is no formula for a {signal.GetType().Name}."),
    };

    private static Expression Limited(string function, Expression signal, double limit) =>
        double.IsInfinity(limit) ? signal : Eq.Name(function).At(signal, Eq.Number(limit));
}
