using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes the recurrence, the readout and the kernel of modes.</summary>
internal static class CellFormulas
{
    private static readonly VariableExpression s_n = Eq.Symbol("n"), s_m = Eq.Symbol("m"), s_i = Eq.Symbol("i"), s_h = Eq.Symbol("h"), s_t = Eq.Symbol("t");
    private static readonly VariableExpression s_tau = Eq.Symbol("tau"), s_lambda = Eq.Symbol("lambda"), s_weight = Eq.Symbol("weight"), s_skip = Eq.Symbol("D");

    /// <summary>The recurrence, the readout and the kernel of modes of one channel each.</summary>
    /// <param name="hasSkip">Whether there is a skip.</param>
    /// <param name="directions">The sizes of both directions; null: all modes run forward.</param>
    public static EquatableArray<Formula> Constant(bool hasSkip, Directions? directions = null)
    {
        VariableExpression s = Eq.Symbol("s"), w = Eq.Symbol("w"), z = Eq.Symbol("z"), k = Eq.Symbol("K");
        IndexRange modes = directions?.Forward ?? Eq.All(s_n, Eq.Symbol("N"));
        Expression d = hasSkip ? Formula.At("d") : 0;
        List<Formula> formulas =
        [
            s[s_n].At(s_t).Is((s_lambda[s_n] * s[s_n].At(s_t - 1)) + Formula.At("v")),
            w[s_n].At(s_t).Is(Eq.Re(s_weight[s_n] * s[s_n].At(s_t))),
        ];
        if (directions is { } both)
        {
            formulas.Add(z[s_m].At(s_t).Is((s_lambda[s_m] * z[s_m].At(s_t + 1)) + Formula.At("v")));
            formulas.Add(w[s_m].At(s_t).Is(Eq.Re(s_weight[s_m] * z[s_m].At(both.Read))));
            formulas.Add(Formula.At("o").Is(Eq.Sum(modes, w[s_n].At(s_t)) + Eq.Sum(both.Backward, w[s_m].At(s_t)) + d));
        }
        else
        {
            formulas.Add(Formula.At("o").Is(Eq.Sum(modes, w[s_n].At(s_t)) + d));
        }

        if (hasSkip)
        {
            formulas.Add(Formula.At("d").Is(s_skip * Formula.At("v")));
        }

        Expression kernel = Eq.Re(Eq.Sum(modes, s_weight[s_n] * s_lambda[s_n].Power(s_tau)));
        formulas.Add(new Formula((directions is null ? k : Eq.Symbol("K_fwd")).At(s_tau).Is(kernel + (hasSkip ? s_skip * Eq.Delta(s_tau, 0) : 0)), directions is null ? null : "answers to v(t - tau)"));
        if (directions is { } sides)
        {
            formulas.Add(new Formula(Eq.Symbol("K_bwd").At(s_tau).Is(Eq.Re(Eq.Sum(sides.Backward, s_weight[s_m] * s_lambda[s_m].Power(sides.Age)))), sides.Note("v")));
        }

        return formulas.ToEquatableArray();
    }

    /// <summary>The recurrence, the readouts and the kernels of modes that all channels share: h counts readouts, i inputs.</summary>
    /// <param name="hasSkip">Whether there is a skip.</param>
    /// <param name="directions">The sizes of both directions; null: all modes run forward.</param>
    /// <param name="hasBlocks">Whether there are blocks: k counts them, and s, b and weight of a block are vectors.</param>
    public static EquatableArray<Formula> Shared(bool hasSkip, Directions? directions = null, bool hasBlocks = false)
    {
        VariableExpression block = Eq.Symbol("k"), transition = Eq.Symbol("T");
        VariableExpression s = Eq.Symbol("s"), w = Eq.Symbol("w"), v = Eq.Symbol("v"), d = Eq.Symbol("d"), b = Eq.Symbol("b"), z = Eq.Symbol("z"), k = Eq.Symbol("K");
        IndexRange modes = directions?.Forward ?? Eq.All(s_n, Eq.Symbol("N"));
        IndexRange inputs = Eq.All(s_i, Eq.Symbol("I"));
        Expression skipped = hasSkip ? d[s_h].At(s_t) : 0;
        List<Formula> formulas =
        [
            s[s_n].At(s_t).Is((s_lambda[s_n] * s[s_n].At(s_t - 1)) + Eq.Sum(inputs, b[s_n, s_i] * v[s_i].At(s_t))),
            .. hasBlocks ? [(Formula)s[block].At(s_t).Is((transition[block] * s[block].At(s_t - 1)) + Eq.Sum(inputs, b[block, s_i] * v[s_i].At(s_t)))] : (Formula[])[],
            w[s_h, s_n].At(s_t).Is(Eq.Re(s_weight[s_h, s_n] * s[s_n].At(s_t))),
        ];
        if (directions is { } both)
        {
            formulas.Add(z[s_m].At(s_t).Is((s_lambda[s_m] * z[s_m].At(s_t + 1)) + Eq.Sum(inputs, b[s_m, s_i] * v[s_i].At(s_t))));
            formulas.Add(w[s_h, s_m].At(s_t).Is(Eq.Re(s_weight[s_h, s_m] * z[s_m].At(both.Read))));
            formulas.Add(Eq.Symbol("o")[s_h].At(s_t).Is(Eq.Sum(modes, w[s_h, s_n].At(s_t)) + Eq.Sum(both.Backward, w[s_h, s_m].At(s_t)) + skipped));
        }
        else
        {
            formulas.Add(Eq.Symbol("o")[s_h].At(s_t).Is(Eq.Sum(modes, w[s_h, s_n].At(s_t)) + skipped));
        }

        if (hasSkip)
        {
            formulas.Add(d[s_h].At(s_t).Is(s_skip[s_h] * v[s_h].At(s_t)));
        }

        Expression powers = Eq.Sum(modes, s_weight[s_h, s_n] * s_lambda[s_n].Power(s_tau) * b[s_n, s_i]);
        Expression kernel = Eq.Re(hasBlocks ? powers + Eq.Sum(Eq.All(block, Eq.Symbol("blocks")), s_weight[s_h, block] * transition[block].Power(s_tau) * b[block, s_i]) : powers);
        formulas.Add(new Formula(
            (directions is null ? k : Eq.Symbol("K_fwd"))[s_h, s_i].At(s_tau).Is(kernel + (hasSkip ? s_skip[s_h] * Eq.Delta(s_h, s_i) * Eq.Delta(s_tau, 0) : 0)), directions is null ? null : "answers to v_i(t - tau)"));
        if (directions is { } sides)
        {
            Expression backward = Eq.Re(Eq.Sum(sides.Backward, s_weight[s_h, s_m] * s_lambda[s_m].Power(sides.Age) * b[s_m, s_i]));
            formulas.Add(new Formula(Eq.Symbol("K_bwd")[s_h, s_i].At(s_tau).Is(backward), sides.Note("v_i")));
        }

        return formulas.ToEquatableArray();
    }

    /// <summary>How formulas speak of modes in both directions: n counts those that run forward, m those that run backward.</summary>
    /// <param name="modes">Modes of each direction.</param>
    /// <param name="delay">How many steps a backward read leaves out.</param>
    internal sealed class Directions(int modes, int delay)
    {
        /// <summary>The sizes of a cell; null where it is causal.</summary>
        public static Directions? Of(ModeCell cell) => Of(cell.Backward, cell.ModesPerChannel);

        /// <summary>The sizes of a cell; null where it is causal.</summary>
        /// <param name="backward">What is read backward.</param>
        /// <param name="modes">Modes of each direction.</param>
        public static Directions? Of(BackwardRead? backward, int modes) => backward is null ? null : new Directions(modes, backward.Delay);

        /// <summary>The waves that run forward.</summary>
        public IndexRange Forward => Eq.Between(s_n, 0, modes - 1);

        /// <summary>The waves that run backward.</summary>
        public IndexRange Backward => Eq.Between(s_m, modes, (2 * modes) - 1);

        /// <summary>The step whose state is read.</summary>
        public Expression Read => delay == 0 ? s_t : s_t + 1;

        /// <summary>The exponent of the kernel.</summary>
        public Expression Age => delay == 0 ? s_tau : s_tau - 1;

        /// <summary>What the kernel of the backward direction multiplies.</summary>
        /// <param name="input">The name of the input.</param>
        public string Note(string input) => $"answers to {input}(t + tau){(delay == 0 ? "" : ", tau at least 1")}";
    }
}
