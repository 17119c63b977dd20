using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>s4block-diag</c>, S4Block with a diagonal kernel, models/s4/s4.py of state-spaces/s4 at e757cef (docs/architectures/s4block-diag.md):
/// <code>
/// A = -f_re(A_real) - i f_im(A_imag)     Delta = rate f_dt(inv_dt)     row h mod n_ssm of A and B for feature h
/// y[c,h] = gamma Re(sum_n C[c,h,n] s[h,n]) + D[c,h] u[h]     out = final_act(output_linear(activation(y)))
/// </code>
/// Where it is bidirectional, C has twice as many channels: the second half reads the modes run backward, without the current sample.
/// </summary>
public sealed class S4BlockDiag : IArchitecture
{
    private const double TwoPi = 6.283185307179586;

    /// <inheritdoc/>
    public string Name => "s4block-diag";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => S4BlockNames.Current(declaration);

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration)
    {
        int? width = declaration.Tensors.FirstOrDefault(tensor => tensor.Name == "layer.D")?.Value.Shape[1];
        if (declaration.Tensors.Any(tensor => tensor.Name == "layer.kernel.A_real" && tensor.Value.Shape[0] != width))
        {
            return ModeStorage.None("n_ssm is smaller than d_model, so that features share rows of A and B");
        }

        bool real = S4BlockParts.IsFlag(declaration, "is_real", "true");
        List<ModeTensor> tensors = [new("layer.kernel.C", 0, 2, 1, true), new("layer.kernel.B", 0, 2, 1, false), new("layer.kernel.A_real", 0, 1, 0, false)];
        if (!real)
        {
            tensors.Add(new ModeTensor("layer.kernel.A_imag", 0, 1, 0, false));
        }

        if (S4BlockParts.IsFlag(declaration, "dt_tie", "false"))
        {
            tensors.Add(new ModeTensor("layer.kernel.inv_dt", 0, 1, 0, false));
        }

        return new ModeStorage(tensors.ToEquatableArray(), EquatableArray.Of(new ModeCount("d_state", real ? 1 : 2)));
    }

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        var options = Options.Read(reading);
        TensorTable tensors = reading.Tensors;
        int width = reading.Size("d_model", ("layer.D", 1, 2), ("layer.kernel.inv_dt", 0, 2), ("layer.kernel.C", 1, options.IsReal ? 3 : 4));
        bool both = S4BlockParts.IsBidirectional(reading, options.IsReal ? 3 : 4);
        int reads = options.Output.Reads(reading, both ? [("layer.D", 0, 2)] : [("layer.D", 0, 2), ("layer.kernel.C", 0, options.IsReal ? 3 : 4)]);
        int modes = reading.Modes("d_state", options.IsReal ? 1 : 2, ("layer.kernel.A_real", 1, 2), ("layer.kernel.C", 2, options.IsReal ? 3 : 4));
        int rows = reading.Size("n_ssm", ("layer.kernel.A_real", 0, 2), ("layer.kernel.B", 1, options.IsReal ? 3 : 4));
        S4BlockParts.CheckTiling(reading, width, rows);

        Tensor? skip = tensors.Take("layer.D", reads, width); // [Ch, H]
        Tensor? step = tensors.Take("layer.kernel.inv_dt", width, options.TiedStep ? 1 : modes); // [H, 1] or [H, N']
        int kernels = both && reads != TensorTable.AnySize ? 2 * reads : both ? TensorTable.AnySize : reads;
        Tensor? output = Complex(tensors, "layer.kernel.C", options.IsReal, kernels, width, modes); // [Ch or 2 Ch, H, N'(, 2)]
        Tensor? input = Complex(tensors, "layer.kernel.B", options.IsReal, 1, rows, modes); // [1, S, N'(, 2)]
        Tensor? real = tensors.Take("layer.kernel.A_real", rows, modes); // [S, N']
        Tensor? imaginary = options.IsReal ? null : tensors.Take("layer.kernel.A_imag", rows, modes); // [S, N']
        LinearTensors? linear = options.Output.Linear(reading, width, reads);

        return reading.Finish(() =>
        {
            ChannelModes cell = Cell(reading, options, reads, skip!, step!, output!, input!, real!, imaginary);
            return options.Output.Model(Name, cell, linear) with
            {
                Length = options.Rule == DiscretizationRule.Dss ? new SequenceLength(options.Length!.Value, Exact: true)
                    : options.MaxLength is int most ? new SequenceLength(most, Exact: false)
                    : null,
            };
        });
    }

    private static Tensor? Complex(TensorTable tensors, string name, bool real, params int[] shape) =>
        tensors.Take(name, real ? shape : [.. shape, 2]);

    private static ChannelModes Cell(
        ArchitectureReading reading, Options options, int reads, Tensor skip, Tensor step, Tensor output, Tensor input, Tensor real, Tensor? imaginary)
    {
        var math = new ParameterMath(reading);
        int width = step.Shape[0];
        int modes = real.Shape[1];
        Func<double, double> dt = S4BlockTransforms.Of(options.StepTransform);
        Tensor steps = math.Of(step, "layer.kernel.inv_dt", options.StepTransform, options.FastStep ? x => dt(S4BlockTransforms.Sinh(x)) : dt);
        Func<double, double> re = S4BlockTransforms.Of(options.RealTransform);
        Func<double, double> im = S4BlockTransforms.Of(options.ImaginaryTransform);
        Tensor decay = math.Of(real, "layer.kernel.A_real", options.RealTransform, x => -re(x));
        Tensor? frequency = imaginary is null ? null : math.Of(imaginary, "layer.kernel.A_imag", options.ImaginaryTransform, x => -im(x));
        int parts = options.IsReal ? 1 : 2;
        EquatableArray<int> shape = options.IsReal ? EquatableArray.Of(width, modes) : EquatableArray.Of(width, modes, 2);
        Tensor a = frequency is null
            ? Tensor.Derived(shape, () => Tiled(decay, modes, width), decay)
            : ParameterMath.Complex(shape, () => Tiled(decay, modes, width), () => Tiled(frequency, modes, width), decay, frequency);
        Tensor c = options.BandLimit is double limit ? Limited(output, steps, a, limit, modes) : output;
        bool both = c.Shape[0] == 2 * reads;
        var cell = new ChannelModes(
            width,
            modes,
            reads,
            options.IsReal ? Field.Real : Field.Complex,
            options.Rule,
            a,
            Tensor.Derived(options.TiedStep ? EquatableArray.Of(width) : EquatableArray.Of(width, modes), () => Array.ConvertAll(steps.Values.ToArray(), value => options.Rate * value), steps),
            Tensor.Derived(shape, () => Tiled(input, modes * parts, width), input),
            both ? S4BlockParts.Half(c, 0) : c,
            options.Rule == DiscretizationRule.Dss ? 1 : 2)
        {
            Skip = skip.WithShape(EquatableArray.Of(reads * width)),
            StateName = both ? null : "state",
            Backward = both ? new BackwardRead(S4BlockParts.Half(c, 1), Delay: 1) : null,
            Length = options.Rule == DiscretizationRule.Dss ? options.Length : null,
        };
        Stability.Check(reading, cell, "layer.kernel.A_real");
        return cell;
    }

    /// <summary>Rows for H features: feature h has row h mod S.</summary>
    private static double[] Tiled(Tensor tensor, int size, int width)
    {
        var tiled = new double[width * size];
        for (int h = 0; h < width; h++)
        {
            tensor.Values.Slice(h * size % tensor.Count, size).CopyTo(tiled.AsSpan(h * size));
        }

        return tiled;
    }

    /// <summary>C with 0 for modes at or above the band limit: Delta |Im A| / (2 pi) >= limit / 2, Delta before the rate.</summary>
    private static Tensor Limited(Tensor output, Tensor steps, Tensor a, double limit, int modes)
    {
        return Tensor.Derived(output.Shape, Values, output, steps, a).From(output);

        double[] Values()
        {
            double[] values = output.Values.ToArray();
            int count = a.Count / 2;
            for (int i = 0; i < values.Length; i++)
            {
                int mode = i / 2 % count; // [h, n]; the readouts have the same modes
                double step = steps.Count == count ? steps.Values[mode] : steps.Values[mode / modes];
                values[i] = step * Math.Abs(a.Values[(2 * mode) + 1]) / TwoPi < limit / 2 ? values[i] : 0;
            }

            return values;
        }
    }

    /// <summary>The hyperparameters that are no sizes.</summary>
    private sealed record Options(
        bool IsReal,
        bool TiedStep,
        bool FastStep,
        string StepTransform,
        string RealTransform,
        string ImaginaryTransform,
        DiscretizationRule Rule,
        double? BandLimit,
        double Rate,
        int? Length,
        int? MaxLength,
        S4BlockOutput Output)
    {
        public static Options Read(ArchitectureReading reading)
        {
            HyperTable hyper = reading.Hyper;
            hyper.Expect("mode", "diag");
            hyper.Expect("eval", "true");
            S4BlockActivations.RefuseUnsupported(hyper);
            hyper.Ignore("init", "batch", "L2", "dt_min", "dt_max", "lr", "wd", "dropout", "tie_dropout", "transposed", "deterministic", "verbose", "backend", "drop_kernel");
            bool real = hyper.Flag("is_real") ?? false;
            string rule = hyper.Choice("disc", "zoh", "how the step size makes the recurrence discrete (else bilinear, dss)", "zoh", "bilinear", "dss");
            int? length = hyper.Size("L");
            if (rule == "dss" && real)
            {
                hyper.Wrong(hyper.Find("disc")!, "'zoh' or 'bilinear' where is_real is true");
            }

            if (rule == "dss" && length is null && hyper.Find("L") is null or { Kind: HyperKind.Null })
            {
                reading.Missing("L", "With disc = dss the model is another one for every length of a sequence: declare the length.");
            }

            double limit = hyper.Number("bandlimit", double.NaN, value => value > 0, "a positive number");
            if (real && !double.IsNaN(limit))
            {
                hyper.Wrong(hyper.Find("bandlimit")!, "null where is_real is true, since real modes do not oscillate");
            }

            double rate = hyper.Number("rate", 1, value => value > 0, "a positive number");
            return new Options(
                real,
                hyper.Flag("dt_tie") ?? true,
                hyper.Flag("dt_fast", false, "the step size is dt_transform of inv_dt (true: of sinh(inv_dt))"),
                hyper.Choice("dt_transform", "exp", "the step size is exp(inv_dt)", S4BlockTransforms.Names),
                hyper.Choice("real_transform", "exp", "the real part of A is -exp(A_real)", S4BlockTransforms.Names),
                hyper.Choice("imag_transform", "none", "the imaginary part of A is -A_imag", S4BlockTransforms.Names),
                rule switch { "bilinear" => DiscretizationRule.Bilinear, "dss" => DiscretizationRule.Dss, _ => DiscretizationRule.ZeroOrderHold },
                double.IsNaN(limit) || real ? null : limit,
                rate,
                length,
                hyper.Size("l_max") is int most ? (int)Math.Min(most, Math.Round(most / rate)) : null,
                S4BlockOutput.Read(reading));
        }
    }
}
