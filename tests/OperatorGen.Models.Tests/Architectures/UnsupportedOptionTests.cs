using System;
using System.Linq;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>Options that upstream has, or names, and that are not computed: refused by name and value.</summary>
public sealed class UnsupportedOptionTests
{
    [Theory]
    [InlineData("s4block-diag", "bidirectional", "2")]
    [InlineData("s4block-diag", "gate", "2")]
    [InlineData("s4block-diag", "gate_act", "\"gelu\"")]
    [InlineData("s4block-diag", "bottleneck", "2")]
    [InlineData("s4block-diag", "mult_act", "\"glu\"")]
    [InlineData("s4block-diag", "swap_channels", "true")]
    [InlineData("s4block-diag", "shift", "true")]
    [InlineData("s4block-diag", "linear", "true")]
    [InlineData("s4block-diag", "weight_norm", "true")]
    [InlineData("s4block-diag", "initializer", "\"uniform\"")]
    [InlineData("s4block-diag", "force_real", "true")]
    [InlineData("s4block-diag", "pos_dim", "1")]
    [InlineData("s4block-diag", "mode", "\"nplr\"")]
    [InlineData("s4block-diag", "eval", "false")]
    [InlineData("s4block-diag", "final_act", "\"gelu\"", "\"activation\": \"glu\"")]
    [InlineData("s4block-diag", "activation", "\"sqrelu\"")]
    [InlineData("s4block-diag", "final_act", "\"sqrelu\"")]
    [InlineData("s4block-diag", "disc", "\"foh\"")]
    [InlineData("s4block-diag", "dt_transform", "\"tanh\"")]
    [InlineData("s4block-diag", "rate", "0")]
    [InlineData("s4block-diag", "disc", "\"dss\"", "\"is_real\": true, \"L\": 8")]
    [InlineData("s4block-diag", "bandlimit", "0.5", "\"is_real\": true")]
    [InlineData("s4block-dplr", "bidirectional", "2")]
    [InlineData("s4block-dplr", "mode", "\"diag\"")]
    [InlineData("s4block-dplr", "is_real", "true")]
    [InlineData("s4block-dplr", "dt_tie", "false")]
    [InlineData("s4block-dplr", "rate", "2")]
    [InlineData("s4block-dplr", "bandlimit", "0.5")]
    [InlineData("s4block-dplr", "eval", "false")]
    [InlineData("s4block-dplr", "gate", "2")]
    [InlineData("s4block-dplr", "bottleneck", "2")]
    [InlineData("s4block-dplr", "activation", "\"sqrelu\"")]
    [InlineData("s4block-dplr", "final_act", "\"glu\"", "\"activation\": \"glu\"")]
    [InlineData("s4block-dplr", "real_transform", "\"tanh\"")]
    [InlineData("s4block-dplr", "l_max", "0")]
    [InlineData("s5-ssm", "bidirectional", "2")]
    [InlineData("s5-ssm", "disc", "\"foh\"")]
    [InlineData("s5-ssm", "eval", "false")]
    [InlineData("s5-classifier", "bidirectional", "2")]
    [InlineData("s5-classifier", "activation", "\"relu\"")]
    [InlineData("s5-classifier", "gelu", "\"erf\"")]
    [InlineData("s5-classifier", "mode", "\"max\"")]
    [InlineData("linoss-im", "discretization", "\"IMEX\"")]
    [InlineData("linoss-imex", "discretization", "\"IM\"")]
    [InlineData("linoss-im-classifier", "classification", "false")]
    [InlineData("linoss-imex-classifier", "discretization", "\"IM\"")]
    [InlineData("linoss-imex-classifier", "gelu", "\"erf\"")]
    [InlineData("linoss-imex-classifier", "bn_eps", "0")]
    [InlineData("linear-cde", "step", "\"midpoint\"")]
    [InlineData("linear-cde", "input", "\"samples\"")]
    [InlineData("linear-cde", "input", "\"path\"", "\"step\": \"token\"")]
    [InlineData("lru", "eval", "false")]
    [InlineData("lru-classifier", "norm", "\"instance\"")]
    [InlineData("lru-classifier", "pooling", "\"max\"")]
    [InlineData("lru-classifier", "gelu", "\"erf\"")]
    public void An_option_is_refused_by_name_and_value(string architecture, string option, string value, string others = "")
    {
        Fault fault = Assert.Single(Faults(architecture, $"\"{option}\": {value}{(others.Length == 0 ? "" : ", " + others)}"), fault => fault.Kind == FaultKinds.HyperparameterValue);
        Assert.Equal(FaultSeverity.Error, fault.Kind.Severity);
        Assert.Contains($"'{option}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(value.Trim('"'), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_dss_the_length_is_required()
    {
        Fault fault = Assert.Single(Faults("s4block-diag", "\"disc\": \"dss\", \"d_model\": 1, \"d_state\": 2, \"channels\": 1, \"n_ssm\": 1"), fault => fault.Kind == FaultKinds.MissingHyperparameter);
        Assert.Contains("'L'", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Faults("s4block-diag", "\"disc\": \"dss\", \"L\": 9, \"d_model\": 1, \"d_state\": 2, \"channels\": 1, \"n_ssm\": 1"), fault => fault.Kind == FaultKinds.MissingHyperparameter);
    }

    [Fact]
    public void Rows_of_modes_must_fill_the_features() => Assert.Contains(
        Faults("s4block-diag", "\"d_model\": 4, \"d_state\": 2, \"channels\": 1, \"n_ssm\": 3"),
        fault => fault.Message.Contains("'n_ssm' is 3 and d_model 4", StringComparison.Ordinal));

    /// <summary>The faults of a model without tensors; those about missing tensors are among them.</summary>
    private static Fault[] Faults(string architecture, string hyper) =>
        Marked.FaultsOf("{ \"format\": \"operatorgen/1\", \"architecture\": \"" + architecture + "\", \"hyper\": { " + hyper + " }, \"tensors\": {} }");
}
