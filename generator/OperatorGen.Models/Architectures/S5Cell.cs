using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// The recurrence of S5, s5/ssm.py of lindermanlab/S5 at 3c18fdb (docs/architectures/s5.md): modes shared by all channels, a step size per mode,
/// <code>
/// Lambda = Lambda_re + i Lambda_im, Re at most -1e-4 where clip_eigs     Delta = step_rescale exp(log_step)     gamma = 2 where conj_sym, else 1
/// </code>
/// Where it is bidirectional, the same modes also run backward, the current sample included; C1 reads the forward modes and C2 the backward ones, or both halves
/// of one C do.
/// </summary>
internal sealed class S5Cell
{
    private const double GreatestReal = -1e-4;

    private readonly ArchitectureReading _reading;
    private readonly DiscretizationRule _rule;
    private readonly bool _conjugate;
    private readonly bool _clip;
    private readonly double _rescale;
    private readonly bool? _bidirectional; // null: as the tensors tell

    /// <summary>Reads the hyperparameters that all layers share.</summary>
    public S5Cell(ArchitectureReading reading)
    {
        _reading = reading;
        HyperTable hyper = reading.Hyper;
        _rule = Either("disc", "discretization", "zoh", "zoh", "bilinear") == "zoh" ? DiscretizationRule.ZeroOrderHold : DiscretizationRule.Bilinear;
        _conjugate = hyper.Flag("conj_sym", true, "each stored mode is one of a conjugate pair, so that readouts are twice the real part (false: each is a mode by itself)");
        bool clipped = hyper.Find("clip") is null ? hyper.Flag("clip_eigs", false, "Lambda_re is taken as it is (true: at most -0.0001)") : hyper.Flag("clip_eigs") ?? false;
        _clip = hyper.Flag("clip") ?? clipped;
        _rescale = hyper.Number("step_rescale", 1, value => value > 0, "a positive number");
        _bidirectional = hyper.FlagOrNull("bidirectional");
        hyper.Ignore("C_init", "blocks", "dt_min", "dt_max");
    }

    /// <summary>Takes the tensors of a layer.</summary>
    /// <param name="prefix">What comes before their names.</param>
    /// <param name="width">H.</param>
    /// <returns>Makes the recurrence; to be called when no error was found.</returns>
    public Func<SharedModes> Read(string prefix, int width)
    {
        TensorTable tensors = _reading.Tensors;
        int modes = _reading.Modes("ssm_size", _conjugate ? 2 : 1, (prefix + "Lambda_re", 0, 1), (prefix + "Lambda_im", 0, 1), (prefix + "log_step", 0, 2));
        Tensor? real = tensors.Take(prefix + "Lambda_re", modes); // [P]
        Tensor? imaginary = tensors.Take(prefix + "Lambda_im", modes); // [P]
        Tensor? input = tensors.Take(prefix + "B", modes, width, 2); // [P, H, 2]
        (Tensor? output, BackwardRead? backward) = Outputs(prefix, width, modes);
        Tensor? skip = tensors.Take(prefix + "D", width); // [H]
        Tensor? step = tensors.Take(prefix + "log_step", modes, 1); // [P, 1]
        return () =>
        {
            int count = real!.Count;
            var cell = new SharedModes(
                width,
                count,
                width,
                Field.Complex,
                _rule,
                ParameterMath.Complex(
                    EquatableArray.Of(count, 2), () => [.. real.Values.ToArray().Select(value => _clip ? Math.Min(value, GreatestReal) : value)], () => imaginary!.Values.ToArray(), real, imaginary),
                new ParameterMath(_reading).Of(step!, prefix + "log_step", "exp", value => _rescale * RealMath.Exp(value)).WithShape(EquatableArray.Of(count)),
                input!,
                output!,
                _conjugate ? 2 : 1)
            { Skip = skip, Backward = backward };
            Stability.Check(_reading, cell, prefix + "Lambda_re");
            return cell;
        };
    }

    /// <summary>C [H, P, 2]; of both directions C1 and C2, or one C [H, 2 P, 2], whichever is there.</summary>
    private (Tensor? Forward, BackwardRead? Backward) Outputs(string prefix, int width, int modes)
    {
        TensorTable tensors = _reading.Tensors;
        bool apart = tensors.Has(prefix + "C1");
        bool told = apart || (modes != TensorTable.AnySize && tensors.Axis(prefix + "C", 1, 3) == 2 * modes);
        if (!(_bidirectional ?? told))
        {
            return (tensors.Take(prefix + "C", width, modes, 2), null);
        }

        if (apart || !tensors.Has(prefix + "C"))
        {
            Tensor? first = tensors.Take(prefix + "C1", width, modes, 2); // [H, P, 2]
            Tensor? second = tensors.Take(prefix + "C2", width, modes, 2); // [H, P, 2]
            return (first, second is null ? null : new BackwardRead(second, Delay: 0));
        }

        return tensors.Take(prefix + "C", width, modes == TensorTable.AnySize ? modes : 2 * modes, 2) is { } both // [H, 2 P, 2]
            ? (Half(both, 0), new BackwardRead(Half(both, 1), Delay: 0))
            : (null, null);
    }

    /// <summary>The modes of the first or the second direction of a C of both.</summary>
    private static Tensor Half(Tensor both, int half)
    {
        int row = both.Shape[1]; // re and im of half of the modes
        return Tensor.Derived(
            EquatableArray.Of(both.Shape[0], row / 2, 2),
            () => [.. Enumerable.Range(0, both.Count / 2).Select(i => both.Values[(i / row * 2 * row) + (half * row) + (i % row)])],
            both);
    }

    /// <summary>Where layers of this recurrence keep their modes.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="prefixes">What each layer's names begin with.</param>
    public static ModeStorage Storage(ModelDeclaration declaration, params string[] prefixes)
    {
        bool conjugate = !declaration.Hyper.Any(hyper => hyper.Name == "conj_sym" && hyper.Value == "false");
        return new ModeStorage(
            prefixes.SelectMany((prefix, layer) => new[]
            {
                new ModeTensor(prefix + "C", layer, 1, null, true),
                new ModeTensor(prefix + "B", layer, 0, null, false),
                new ModeTensor(prefix + "Lambda_re", layer, 0, null, false),
                new ModeTensor(prefix + "Lambda_im", layer, 0, null, false),
                new ModeTensor(prefix + "log_step", layer, 0, null, false),
            }).ToEquatableArray(),
            EquatableArray.Of(new ModeCount("ssm_size", conjugate ? 2 : 1)));
    }

    private string Either(string name, string other, string defaultValue, params string[] values)
    {
        if (_reading.Hyper.Find(other) is null)
        {
            _reading.Hyper.Assume(name, defaultValue, $"how the step size makes the recurrence discrete (else {string.Join(", ", values.Where(value => value != defaultValue))})");
        }

        string found = _reading.Hyper.OneOf(other, defaultValue, values);
        return _reading.Hyper.OneOf(name, found, values);
    }
}
