using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <content>The path form about constant gates: waves, and the interactions of order k with the gates' deviations (docs/selective.md).</content>
internal sealed partial class SelectiveCellPaths
{
    private static readonly VariableExpression s_k = Eq.Symbol("k"), s_i = Eq.Symbol("i"), s_part = Eq.Symbol("z"), s_lambda = Eq.Symbol("lambda"), s_centre = Eq.Symbol("c"), s_sum = Eq.Symbol("W");

    /// <summary>The formulas; none of a delta rule, whose transitions do not commute.</summary>
    private IEnumerable<Formula> MeanGate()
    {
        switch (_cell.Transition)
        {
            case StepTransition:
                VariableExpression a = Eq.Symbol("A");
                return Expanded(s_delta.At(s_r), s_centre, s_sum, _cell.HasGatePerKey ? a[s_n] : a, 1);
            case LogGateTransition log:
                VariableExpression name = Eq.Symbol("log_gate");
                return log.PerKey ? Expanded(name[s_n].At(s_r), s_centre[s_n], s_sum[s_n], 1, 1) : Expanded(name.At(s_r), s_centre, s_sum, 1, 1);
            case GateTransition:
                Expression magnitude = Eq.Name("magnitude").At(Gate(s_r));
                Expression phases = Eq.Product(Eq.Between(s_r, s_tau + 1, s_t), Gate(s_r) / magnitude);
                return Expanded(Eq.Log(magnitude), s_centre, s_sum, 1, phases);
            case DecayTransition:
                return [new Formula(s_lambda.Is(Eq.Symbol("A")), "the gates are constant: the waves are exact, and nothing interacts")];
            default:
                return [];
        }
    }

    /// <summary>s = sum z_k about a centre.</summary>
    /// <param name="gate">The step size or the log-gate at the time r.</param>
    /// <param name="centre">Its centre.</param>
    /// <param name="sum">The name of the sum of its deviations.</param>
    /// <param name="rate">What it is multiplied by.</param>
    /// <param name="phases">The phases of the gates on a path, which are kept exact.</param>
    private IEnumerable<Formula> Expanded(Expression gate, Expression centre, Expression sum, Expression rate, Expression phases)
    {
        Expression lambda = Indexed(s_lambda, _cell.HasGatePerKey ? _n : null);
        Expression part = Indexed(s_part, _n, _j, s_k).At(s_t);
        Expression deviation = sum.At(s_tau, s_t);
        yield return new Formula(Indexed(s_state, _n, _j).At(s_t).Is(Eq.Sum(Eq.Between(s_k, 0, Eq.Symbol("p")), part), Relation.Approximate), "waves of the mean gate, and their interactions of order k with its deviations");
        yield return part.Is(Eq.Sum(Eq.Past(s_tau, s_t), lambda.Power(s_t - s_tau) * phases * Eq.Product(Eq.Between(s_i, 1, s_k), rate * deviation / s_i) * Drive(s_tau)));
        yield return lambda.Is(Eq.Exp(rate * centre));
        yield return deviation.Is(Eq.Sum(Eq.Between(s_r, s_tau + 1, s_t), gate - centre));
    }
}
