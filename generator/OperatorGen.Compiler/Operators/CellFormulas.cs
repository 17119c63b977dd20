using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Writes the recurrence, the readout and the kernel of modes.</summary>
internal static class CellFormulas
{
    /// <summary>The recurrence, the readout and the kernel of modes of one channel each.</summary>
    public static EquatableArray<Formula> Constant(bool hasSkip)
    {
        string skip = hasSkip ? " + d(t)" : "";
        List<Formula> formulas =
        [
            new("s_n(t) = lambda_n s_n(t-1) + v(t)", @"s_n(t) = \lambda_n s_n(t-1) + v(t)"),
            new("w_n(t) = Re(weight_n s_n(t))", @"w_n(t) = \operatorname{Re}\left(\mathrm{weight}_n s_n(t)\right)"),
            new($"o(t) = sum_n w_n(t){skip}", $@"o(t) = \sum_n w_n(t){skip}"),
        ];
        if (hasSkip)
        {
            formulas.Add(new("d(t) = D v(t)", "d(t) = D v(t)"));
        }

        formulas.Add(new(
            $"K(tau) = Re(sum_n weight_n lambda_n^tau){(hasSkip ? " + D [tau = 0]" : "")}",
            $@"K(\tau) = \operatorname{{Re}} \sum_n \mathrm{{weight}}_n \lambda_n^{{\tau}}{(hasSkip ? @" + D \delta_{\tau 0}" : "")}"));
        return formulas.ToEquatableArray();
    }

    /// <summary>The recurrence, the readout and the kernel of modes that all channels share.</summary>
    public static EquatableArray<Formula> Shared(bool hasSkip)
    {
        string skip = hasSkip ? " + d_h(t)" : "";
        List<Formula> formulas =
        [
            new("s_n(t) = lambda_n s_n(t-1) + sum_i b_(n,i) v_i(t)", @"s_n(t) = \lambda_n s_n(t-1) + \sum_i b_{n,i} v_i(t)"),
            new("w_(h,n)(t) = Re(weight_(h,n) s_n(t))", @"w_{h,n}(t) = \operatorname{Re}\left(\mathrm{weight}_{h,n} s_n(t)\right)"),
            new($"o_h(t) = sum_n w_(h,n)(t){skip}", $@"o_h(t) = \sum_n w_{{h,n}}(t){skip}"),
        ];
        if (hasSkip)
        {
            formulas.Add(new("d_h(t) = D_h v_h(t)", "d_h(t) = D_h v_h(t)"));
        }

        formulas.Add(new(
            $"K_(h,i)(tau) = Re(sum_n weight_(h,n) lambda_n^tau b_(n,i)){(hasSkip ? " + D_h [tau = 0, h = i]" : "")}",
            $@"K_{{h,i}}(\tau) = \operatorname{{Re}} \sum_n \mathrm{{weight}}_{{h,n}} \lambda_n^{{\tau}} b_{{n,i}}{(hasSkip ? @" + D_h \delta_{\tau 0} \delta_{h i}" : "")}"));
        return formulas.ToEquatableArray();
    }
}
