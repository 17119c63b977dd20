using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>
/// Writes a selective cell in path form (the recurrence unrolled; Cirone et al. 2024 take it from there to signatures):
/// the state is the sum over all past inputs, each carried by the product of the gates since. The gates of a delta rule are matrices.
/// </summary>
internal sealed partial class SelectiveCellPaths
{
    private static readonly VariableExpression s_n = Eq.Symbol("n"), s_m = Eq.Symbol("m"), s_j = Eq.Symbol("j"), s_t = Eq.Symbol("t"), s_tau = Eq.Symbol("tau"), s_r = Eq.Symbol("r");
    private static readonly VariableExpression s_state = Eq.Symbol("s"), s_gate = Eq.Symbol("gate", typeset: "alpha"), s_matrix = Eq.Symbol("T"), s_delta = Eq.Symbol("Delta"), s_beta = Eq.Symbol("beta");

    private readonly SelectiveCell _cell;
    private readonly VariableExpression _key, _query, _value;

    private SelectiveCellPaths(SelectiveCell cell)
    {
        _cell = cell;
        bool mamba = cell.Transition is StepTransition;
        _key = Eq.Symbol(mamba ? "B" : "k");
        _query = Eq.Symbol(mamba ? "C" : "q");
        _value = Eq.Symbol(cell.Value is CellInputSignal ? "v" : "value");
    }

    /// <summary>The path form of a cell.</summary>
    public static PathCell Solve(SelectiveCell cell)
    {
        var paths = new SelectiveCellPaths(cell);
        return new(cell.OutputWidth, cell.KeyWidth, paths.Formulas().ToEquatableArray()) { MeanGateFormulas = paths.MeanGate().ToEquatableArray() };
    }

    private IEnumerable<Formula> Formulas() => _cell.Transition is DeltaTransition delta
        ? [Ordered(), .. Gates(), Readout(), .. Signals(), .. Signal("beta", delta.Beta)]
        : [Path(), .. Gates(), Readout(), .. Signals()];

    /// <summary>The sum over paths whose gates are numbers.</summary>
    private Formula Path() => State(s_t).Is(Eq.Sum(Eq.Past(s_tau, s_t), Eq.Product(Eq.Between(s_r, s_tau + 1, s_t), Gate(s_r)) * Drive(s_tau)));

    /// <summary>The sum over paths whose gates are matrices; states and keys are vectors there.</summary>
    private Formula Ordered() => new(
        Value(s_state).At(s_t).Is(Eq.Sum(Eq.Past(s_tau, s_t), Eq.Product(Eq.Between(s_r, s_tau + 1, s_t), s_matrix.At(s_r)) * s_beta.At(s_tau) * _key.At(s_tau) * Value(_value).At(s_tau))),
        "the product of matrices has later times on the left");

    private IEnumerable<Formula> Gates()
    {
        Expression gate = Gate(s_t);
        switch (_cell.Transition)
        {
            case StepTransition step:
                VariableExpression a = Eq.Symbol("A");
                yield return gate.Is(Eq.Exp(s_delta.At(s_t) * (_cell.HasGatePerKey ? a[s_n] : a)));
                yield return s_delta.At(s_t).Is(Tree(step.Delta));
                break;
            case LogGateTransition log:
                foreach (Formula formula in Logarithm(gate, log.LogGate, log.PerKey))
                {
                    yield return formula;
                }

                break;
            case GateTransition given:
                yield return gate.Is(Tree(given.Gate));
                break;
            case DecayTransition:
                yield return new Formula(gate.Is(Eq.Symbol("A")), "a constant of the cell");
                break;
            case DeltaTransition delta:
                Expression projector = Eq.Delta(s_n, s_m) - (s_beta.At(s_t) * _key[s_n].At(s_t) * _key[s_m].At(s_t));
                yield return s_matrix[s_n, s_m].At(s_t).Is(delta.LogGate is null ? projector : gate * projector);
                foreach (Formula formula in delta.LogGate is { } gated ? Logarithm(gate, gated, perKey: false) : [])
                {
                    yield return formula;
                }

                break;
            default:
                throw new NotSupportedException($"There is no formula for a {_cell.Transition.GetType().Name}.");
        }
    }

    private static IEnumerable<Formula> Logarithm(Expression gate, Signal signal, bool perKey)
    {
        VariableExpression name = Eq.Symbol("log_gate");
        yield return gate.Is(Eq.Exp(perKey ? name[s_n].At(s_t) : name.At(s_t)));
        yield return name.At(s_t).Is(Tree(signal));
    }

    private Formula Readout()
    {
        bool before = _cell.Order == ReadOrder.PreUpdate;
        Expression state = State(before ? s_t - 1 : s_t);
        state = _cell is { Field: Field.Complex, Query: null or { Field: Field.Real } } ? Eq.Re(state) : state;
        state += before && _cell.Bonus is not null ? Eq.Symbol("u")[s_n] * Drive(s_t) : 0;
        Expression sum = _cell.Query is null ? state : Eq.Sum(Eq.All(s_n, Eq.Symbol("N")), _query[s_n].At(s_t) * state);
        Expression readout = Eq.Number(_cell.Gamma) * (_cell is { Field: Field.Complex, Query.Field: Field.Complex } ? Eq.Re(sum) : sum);
        return Value(Eq.Symbol("o")).At(s_t).Is(readout + (_cell.Skip is null ? 0 : Eq.Symbol("D") * Value(_value).At(s_t)));
    }

    private IEnumerable<Formula> Signals() =>
    [
        .. _cell.Value is CellInputSignal ? [] : Signal(_value.Name, _cell.Value),
        .. Signal(_key.Name, (_cell.Key as SelectiveParameter)?.Signal),
        .. Signal(_query.Name, (_cell.Query as SelectiveParameter)?.Signal),
    ];

    private static IEnumerable<Formula> Signal(string name, Signal? signal) => signal is null ? [] : [Formula.At(name).Is(Tree(signal))];

    /// <summary>What an input adds to the state.</summary>
    private Expression Drive(Expression time)
    {
        Expression step = _cell.Transition is StepTransition ? s_delta.At(time) : 1;
        Expression key = _cell.Key is null ? 1 : _cell.Key is ConstantParameter ? _key[s_n] : _key[s_n].At(time);
        return step * key * Value(_value).At(time);
    }

    private Expression State(Expression time) => Indexed(s_state, _cell.Key is null ? null : s_n, _cell.ValueWidth == 1 ? null : s_j).At(time);

    private Expression Gate(Expression time) => _cell.HasGatePerKey && _cell.KeyWidth > 1 ? s_gate[s_n].At(time) : s_gate.At(time);

    private Expression Value(VariableExpression symbol) => Indexed(symbol, null, _cell.ValueWidth == 1 ? null : s_j);

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
        ClampedSignal s => Eq.Name("clamp").At(Eq.Tuple(Tree(s.Source), Eq.Number(s.Lower), Eq.Number(s.Upper))),
        PolarSignal s => Eq.Name("polar").At(Tree(s.Source)),
        _ => throw new NotSupportedException($"There is no formula for a {signal.GetType().Name}."),
    };
}
