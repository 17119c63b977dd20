using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>The recurrence, the readout and the kernel of a layer as formulas, from its bank of modes; a selective layer has its own (docs/operator.md).</summary>
internal static class CellText
{
    /// <summary>The formulas.</summary>
    public static IEnumerable<string> Of(RecurrenceDescription recurrence) => recurrence switch
    {
        ModeBank bank => bank.IsShared ? Shared(bank) : PerChannel(bank),
        SelectiveRecurrence selective => selective.Formulas,
        ControlledRecurrence controlled => controlled.Formulas,
        _ => throw new System.ArgumentException($"There are no formulas of a {recurrence.GetType().Name}.", nameof(recurrence)),
    };

    private static IEnumerable<string> PerChannel(ModeBank bank)
    {
        bool both = !bank.IsCausal, blocks = bank.Blocks.Count > 0;
        string n = Forward(bank), m = Backward(bank), d = bank.HasSkip ? " + d(t)" : "";
        if (HasModes(bank))
        {
            yield return "s_n(t) = lambda_n s_n(t-1) + v(t)";
        }

        if (blocks)
        {
            yield return "s_k(t) = T_k s_k(t-1) + b_k v(t)   (the states of a block k mix)";
        }

        yield return "w_n(t) = Re(weight_n s_n(t))";
        if (both)
        {
            yield return blocks ? "z_k(t) = T_k z_k(t+1) + b_k v(t)" : "z_m(t) = lambda_m z_m(t+1) + v(t)";
            yield return $"w_m(t) = Re(weight_m z_m({Read(bank)}))";
        }

        yield return $"o(t) = sum_{n} w_n(t){(both ? $" + sum_{m} w_m(t)" : "")}{d}";
        if (bank.HasSkip)
        {
            yield return "d(t) = D v(t)";
        }

        string kernel = blocks ? "Re(sum_k weight_k T_k^tau b_k)" : $"Re(sum_{n} weight_n lambda_n^tau)";
        yield return $"{(both ? "K_fwd" : "K")}(tau) = {kernel}{(bank.HasSkip ? " + D [tau = 0]" : "")}{(both ? "   (answers to v(t - tau))" : "")}";
        if (both)
        {
            yield return $"K_bwd(tau) = {(blocks ? $"Re(sum_k weight_k T_k^{Age(bank)} b_k)" : $"Re(sum_{m} weight_m lambda_m^{Age(bank)})")}{Answers(bank, "v")}";
        }
    }

    private static IEnumerable<string> Shared(ModeBank bank)
    {
        bool both = !bank.IsCausal, blocks = bank.Blocks.Count > 0;
        string n = Forward(bank), m = Backward(bank), d = bank.HasSkip ? " + d_h(t)" : "";
        yield return "s_n(t) = lambda_n s_n(t-1) + sum_i b_(n,i) v_i(t)";
        if (blocks)
        {
            yield return "s_k(t) = T_k s_k(t-1) + sum_i b_(k,i) v_i(t)";
        }

        yield return "w_(h,n)(t) = Re(weight_(h,n) s_n(t))";
        if (both)
        {
            yield return "z_m(t) = lambda_m z_m(t+1) + sum_i b_(m,i) v_i(t)";
            yield return $"w_(h,m)(t) = Re(weight_(h,m) z_m({Read(bank)}))";
        }

        yield return $"o_h(t) = sum_{n} w_(h,n)(t){(both ? $" + sum_{m} w_(h,m)(t)" : "")}{d}";
        if (bank.HasSkip)
        {
            yield return "d_h(t) = D_h v_h(t)";
        }

        string kernel = $"Re(sum_{n} weight_(h,n) lambda_n^tau b_(n,i){(blocks ? " + sum_k weight_(h,k) T_k^tau b_(k,i)" : "")})";
        yield return $"{(both ? "K_fwd" : "K")}_(h,i)(tau) = {kernel}{(bank.HasSkip ? " + D_h [h = i] [tau = 0]" : "")}{(both ? "   (answers to v_i(t - tau))" : "")}";
        if (both)
        {
            yield return $"K_bwd_(h,i)(tau) = Re(sum_{m} weight_(h,m) lambda_m^{Age(bank)} b_(m,i)){Answers(bank, "v_i")}";
        }
    }

    private static bool HasModes(ModeBank bank) => Enumerable.Range(0, bank.ModeCount).Any(m => bank.BlockOf(m) is null);

    private static string Forward(ModeBank bank) => bank.IsCausal ? "n" : $"(n = 0..{NumberText.Format((bank.WavesPerReadout / 2) - 1)})";

    private static string Backward(ModeBank bank) => $"(m = {NumberText.Format(bank.WavesPerReadout / 2)}..{NumberText.Format(bank.WavesPerReadout - 1)})";

    private static int Delay(ModeBank bank) => bank.Timing(bank.WavesPerReadout - 1).Delay;

    private static string Read(ModeBank bank) => Delay(bank) == 0 ? "t" : "t+1";

    private static string Age(ModeBank bank) => Delay(bank) == 0 ? "tau" : "(tau - 1)";

    private static string Answers(ModeBank bank, string input) => $"   (answers to {input}(t + tau){(Delay(bank) == 0 ? "" : ", tau at least 1")})";
}
