using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// The tensors of one S4D kernel with skip (docs/architectures/s4d-standalone.md), which three architectures share:
/// <code>
/// A = -exp(log_A_real) + i A_imag     Delta = exp(log_dt)     B = 1     zero-order hold, half of each conjugate pair stored
/// </code>
/// </summary>
internal sealed class S4DKernel
{
    private readonly ArchitectureReading _reading;
    private readonly string _prefix;
    private readonly int _channels;
    private readonly Tensor? _output;
    private readonly Tensor? _logStep;
    private readonly Tensor? _logReal;
    private readonly Tensor? _imaginary;
    private readonly Tensor? _skip;

    private S4DKernel(ArchitectureReading reading, string prefix, int channels, int modes)
    {
        (_reading, _prefix, _channels) = (reading, prefix, channels);
        _skip = reading.Tensors.Take(prefix + "D", channels); // [H]
        _output = reading.Tensors.Take(Name("C"), channels, modes, 2); // [H, N', 2]
        _logStep = reading.Tensors.Take(Name("log_dt"), channels); // [H]
        _logReal = reading.Tensors.Take(Name("log_A_real"), channels, modes); // [H, N']
        _imaginary = reading.Tensors.Take(Name("A_imag"), channels, modes); // [H, N']
    }

    /// <summary>Takes the tensors; missing and misshapen ones become faults.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before <c>D</c> and <c>kernel.</c>: empty, or ending in a dot.</param>
    /// <param name="channels">H.</param>
    /// <param name="modes">N', the stored modes per channel.</param>
    public static S4DKernel Read(ArchitectureReading reading, string prefix, int channels, int modes) => new(reading, prefix, channels, modes);

    /// <summary>H: as <c>d_model</c> says, else as the first kernel's tensors say.</summary>
    public static int Channels(ArchitectureReading reading, string prefix) => reading.Size(
        "d_model", (prefix + "D", 0, 1), (prefix + "kernel.C", 0, 3), (prefix + "kernel.log_dt", 0, 1), (prefix + "kernel.log_A_real", 0, 2), (prefix + "kernel.A_imag", 0, 2));

    /// <summary>N' = floor(d_state / 2), else as the first kernel's tensors say.</summary>
    public static int Modes(ArchitectureReading reading, string prefix) =>
        reading.Modes("d_state", 2, (prefix + "kernel.C", 1, 3), (prefix + "kernel.log_A_real", 1, 2), (prefix + "kernel.A_imag", 1, 2));

    /// <summary>Where layers of this kernel keep their modes.</summary>
    /// <param name="prefixes">What each layer's names begin with, one per layer.</param>
    public static ModeStorage Storage(params string[] prefixes) => new(
        prefixes.SelectMany((prefix, layer) => new[]
        {
            new ModeTensor(prefix + "kernel.C", layer, 1, 0, true),
            new ModeTensor(prefix + "kernel.log_A_real", layer, 1, 0, false),
            new ModeTensor(prefix + "kernel.A_imag", layer, 1, 0, false),
        }).ToEquatableArray(),
        EquatableArray.Of(new ModeCount("d_state", 2)));

    /// <summary>Accepts the hyperparameters of S4D that change nothing in evaluation, and refuses values that would.</summary>
    public static void ReadCommonHyper(HyperTable hyper)
    {
        hyper.Expect("disc", "zoh");
        hyper.Expect("activation", "gelu-erf");
        hyper.Expect("eval", "true");
        hyper.Ignore("dropout", "lr", "dt_min", "dt_max", "transposed", "batch", "L");
    }

    /// <summary>The recurrence of H channels. Call only when no error was found.</summary>
    public ChannelModes ToCell()
    {
        var math = new ParameterMath(_reading);
        Tensor a = math.ComplexDecay(_logReal!, Name("log_A_real"), _imaginary!);
        Tensor delta = math.Exp(_logStep!, Name("log_dt"));
        int modes = _output!.Shape[1];
        var cell = new ChannelModes(
            _channels,
            modes,
            Reads: 1,
            Field.Complex,
            DiscretizationRule.ZeroOrderHold,
            a,
            delta,
            ParameterMath.ComplexOnes(_channels, modes),
            _output,
            Gamma: 2)
        { Skip = _skip };
        Stability.Check(_reading, cell, Name("log_A_real"));
        return cell;
    }

    private string Name(string tensor) => _prefix + "kernel." + tensor;
}
