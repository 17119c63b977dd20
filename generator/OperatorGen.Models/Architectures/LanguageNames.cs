using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// The names that other code has for Mamba's language models, as those of state-spaces/mamba: Hugging Face's transformers (<c>backbone.embeddings.weight</c>, its
/// <c>config.json</c>), johnma2006/mamba-minimal (no <c>backbone.</c>), and upstream's own <c>ssm_cfg</c>, whose entries are hyperparameters of the mixers.
/// </summary>
internal static class LanguageNames
{
    private const string Mixers = "ssm_cfg.";
    private const string Norm = "norm_f.";
    private const string NormGroups = "norm_groups";

    private static readonly Dictionary<string, string> s_hyper = new(StringComparer.Ordinal)
    {
        // transformers, configuration_mamba.py and configuration_mamba2.py
        ["hidden_size"] = "d_model",
        ["num_hidden_layers"] = "n_layer",
        ["state_size"] = "d_state",
        ["conv_kernel"] = "d_conv",
        ["intermediate_size"] = "d_inner",
        ["time_step_rank"] = "dt_rank",
        ["use_bias"] = "bias",
        ["use_conv_bias"] = "conv_bias",
        ["layer_norm_epsilon"] = "norm_epsilon",
        ["tie_word_embeddings"] = "tie_embeddings",
        ["num_heads"] = "nheads",
        ["head_dim"] = "headdim",
        ["n_groups"] = "ngroups",
        ["time_step_limit"] = "dt_limit",
        ["time_step_scale"] = "dt_scale",
        ["time_step_min"] = "dt_min",
        ["time_step_max"] = "dt_max",
        ["time_step_init_scheme"] = "dt_init",
        ["time_step_floor"] = "dt_init_floor",

        // mamba-minimal
        ["tied"] = "tie_embeddings",
    };

    /// <summary>The declaration with the names of state-spaces/mamba; itself where it has no others.</summary>
    public static ModelDeclaration Current(ModelDeclaration declaration) => declaration with
    {
        Hyper = Hyper(declaration).ToEquatableArray(),
        Tensors = declaration.Tensors.Select(tensor => tensor with { Name = TensorName(tensor.Name) }).ToEquatableArray(),
    };

    /// <summary>The hyperparameters by their present names. Converted checkpoints say some twice, by either name: the same value counts once.</summary>
    private static IEnumerable<HyperParameter> Hyper(ModelDeclaration declaration)
    {
        HyperParameter[] renamed = [.. Renamed(declaration)];
        return renamed.Where((hyper, i) => !renamed.Take(i).Any(earlier => earlier.Name == hyper.Name && earlier.Value == hyper.Value));
    }

    private static IEnumerable<HyperParameter> Renamed(ModelDeclaration declaration)
    {
        // transformers has one epsilon for all norms; its Mamba-2 has no choice of norm: rms_norm there is the mixer's.
        bool isTransformers = declaration.Hyper.Any(hyper => hyper.Name == "hidden_size");
        bool namesNormGroups = declaration.Hyper.Any(hyper => hyper.Name == NormGroups);
        foreach (HyperParameter hyper in declaration.Hyper)
        {
            if (isTransformers && hyper.Name == "time_step_rank" && declaration.Architecture == "mamba2-lm")
            {
                continue; // its Mamba-2 has the key and no such projection
            }

            if (isTransformers && hyper.Name == "norm_before_gate" && declaration.Architecture == "mamba2-lm")
            {
                continue; // its Mamba-2 has the key and never reads it: it normalises behind the gate
            }

            if (isTransformers && hyper.Name == "rms_norm" && HasMixerNorm(declaration))
            {
                yield return hyper with { Name = "rmsnorm" };
                continue;
            }

            string name = hyper.Name.StartsWith(Mixers, StringComparison.Ordinal) ? hyper.Name.Substring(Mixers.Length) : hyper.Name;
            name = name == "rms_eps" && !HasMixerNorm(declaration) ? "norm_epsilon" : s_hyper.TryGetValue(name, out string? known) ? known : name;
            yield return hyper with { Name = name };
            if (isTransformers && name == "ngroups" && hyper.Value != "1" && !namesNormGroups && declaration.Architecture == "mamba2-lm")
            {
                yield return hyper with { Name = NormGroups, Value = "1", Kind = HyperKind.Number }; // its norm has the mean square of all channels
            }

            if (isTransformers && name == "norm_epsilon" && HasMixerNorm(declaration))
            {
                yield return hyper with { Name = "rms_eps" };
            }
        }
    }

    /// <summary>Mamba-2's mixers have a norm with an epsilon of their own.</summary>
    private static bool HasMixerNorm(ModelDeclaration declaration) => declaration.Tensors.Any(tensor => tensor.Name.EndsWith("mixer.norm.weight", StringComparison.Ordinal));

    private static string TensorName(string name)
    {
        if (name.StartsWith("layers.", StringComparison.Ordinal) || name.StartsWith(Norm, StringComparison.Ordinal) || name is "embedding.weight" or "embeddings.weight")
        {
            name = "backbone." + name;
        }

        return name == "backbone.embeddings.weight" ? "backbone.embedding.weight" : name;
    }
}
