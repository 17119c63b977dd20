using System;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>s4block-dplr</c>, S4Block with a kernel that is diagonal plus low rank, models/s4/s4.py of state-spaces/s4 at e757cef (docs/architectures/s4block-dplr.md):
/// <code>
/// Lambda = -f_re(A_real) - i f_im(A_imag)     A = Lambda - P P'     Delta = f_dt(inv_dt)     row h mod n_ssm of Lambda, P and B for feature h
/// y[c,h] = 2 Re(sum_n C[c,h,n] s[h,n]) + D[c,h] u[h]     out = final_act(output_linear(activation(y)))
/// </code>
/// Where it is bidirectional, C has twice as many channels: the second half reads the modes run backward, without the current sample.
/// Upstream keeps <c>C-tilde = (1 - (A-bar^l)') C</c> in the place of C once a kernel of length <c>l = l_kernel</c> was computed; C is recovered from it.
/// </summary>
public sealed class S4BlockDplr : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "s4block-dplr";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => S4BlockNames.Current(declaration);

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) =>
        ModeStorage.None("the modes of a channel are coupled by the low-rank part of A, so that none can be taken out by itself");

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        var options = Options.Read(reading);
        TensorTable tensors = reading.Tensors;
        if (reading.ByShapes)
        {
            reading.Faults.Add(PlanFaults.DecidedByNumbers("the choice between eigenvectors of the transition and a low-rank step depends on the numbers"));
        }

        int width = reading.Size("d_model", ("layer.D", 1, 2), ("layer.kernel.inv_dt", 0, 2), ("layer.kernel.C", 1, 4));
        bool both = S4BlockParts.IsBidirectional(reading, 4);
        int reads = options.Output.Reads(reading, both ? [("layer.D", 0, 2)] : [("layer.D", 0, 2), ("layer.kernel.C", 0, 4)]);
        int kernels = both && reads != TensorTable.AnySize ? 2 * reads : both ? TensorTable.AnySize : reads;
        int modes = reading.Modes("d_state", 2, ("layer.kernel.A_real", 1, 2), ("layer.kernel.C", 2, 4));
        int rows = reading.Size("n_ssm", ("layer.kernel.A_real", 0, 2), ("layer.kernel.B", 1, 4));
        int rank = reading.Size("rank", ("layer.kernel.P", 0, 4));
        S4BlockParts.CheckTiling(reading, width, rows);

        Tensor? skip = tensors.Take("layer.D", reads, width); // [Ch, H]
        Tensor? step = tensors.Take("layer.kernel.inv_dt", width, 1); // [H, 1]
        Tensor? output = tensors.Take("layer.kernel.C", kernels, width, modes, 2); // [Ch or 2 Ch, H, N', 2]
        Tensor? input = tensors.Take("layer.kernel.B", 1, rows, modes, 2); // [1, S, N', 2]
        Tensor? real = tensors.Take("layer.kernel.A_real", rows, modes); // [S, N']
        Tensor? imaginary = tensors.Take("layer.kernel.A_imag", rows, modes); // [S, N']
        Tensor? vectors = tensors.Take("layer.kernel.P", rank, rows, modes, 2); // [R, S, N', 2]
        int length = KernelLength(reading, tensors.Take("layer.kernel.l_kernel")); // []
        LinearTensors? linear = options.Output.Linear(reading, width, reads);

        return reading.Finish(() =>
        {
            var math = new ParameterMath(reading);
            LowRankModes cell = Cell(reading, math, options, step!, output!, input!, real!, imaginary!, vectors!, length) with
            {
                Skip = skip!.WithShape(EquatableArray.Of(reads * width)),
                StateName = both ? null : "state",
            };
            LowRankModes halved = both
                ? cell with { Reads = reads, C = S4BlockParts.Half(cell.C, 0), Backward = new BackwardRead(S4BlockParts.Half(cell.C, 1), Delay: 1) }
                : cell;
            Stability.Check(reading, cell, "layer.kernel.A_real");
            return options.Output.Model(Name, halved, linear) with { Length = options.MaxLength is int most ? new SequenceLength(most, Exact: false) : null };
        });
    }

    private static int KernelLength(ArchitectureReading reading, Tensor? tensor)
    {
        double length = tensor is { HasNumbers: true } ? tensor.Values[0] : 0;
        if (length >= 0 && length <= int.MaxValue && length == Math.Floor(length))
        {
            return (int)length;
        }

        reading.Faults.Add(ModelFaults.Inconsistent(
            $"'layer.kernel.l_kernel' is {NumberText.Format(length)}, but it is the length of a kernel: 0 or a positive integer.", reading.Tensors.PlaceOf("layer.kernel.l_kernel")));
        return 0;
    }

    private static LowRankModes Cell(
        ArchitectureReading reading, ParameterMath math, Options options, Tensor step, Tensor output, Tensor input, Tensor real, Tensor imaginary, Tensor vectors, int length)
    {
        int channels = step.Shape[0];
        int rows = real.Shape[0];
        int modes = real.Shape[1];
        Func<double, double> dt = S4BlockTransforms.Of(options.StepTransform);
        Func<double, double> re = S4BlockTransforms.Of(options.RealTransform);
        Func<double, double> im = S4BlockTransforms.Of(options.ImaginaryTransform);
        EquatableArray<int> shape = EquatableArray.Of(rows, modes, 2);
        Tensor steps = math.Of(step, "layer.kernel.inv_dt", options.StepTransform, options.FastStep ? x => dt(S4BlockTransforms.Sinh(x)) : dt);
        Tensor decay = math.Of(real, "layer.kernel.A_real", options.RealTransform, x => -re(x));
        Tensor frequency = math.Of(imaginary, "layer.kernel.A_imag", options.ImaginaryTransform, x => -im(x));
        var cell = new LowRankModes(
            channels,
            modes,
            output.Shape[0],
            rows,
            vectors.Shape[0],
            ParameterMath.Complex(shape, () => decay.Values.ToArray(), () => frequency.Values.ToArray(), decay, frequency),
            vectors,
            steps.WithShape(EquatableArray.Of(channels)),
            input.WithShape(shape),
            output);
        CheckDiagonal(reading, cell);
        return reading.Faults.HasErrors ? cell : Recovered(reading, cell, length);
    }

    /// <summary>Reports the first mode at which 1 - step Lambda / 2, which the low-rank step divides by, is 0.</summary>
    private static void CheckDiagonal(ArchitectureReading reading, LowRankModes cell)
    {
        for (int i = 0; i < cell.Channels * cell.Modes && !reading.Faults.HasErrors; i++)
        {
            (int channel, int mode) = (i / cell.Modes, i % cell.Modes);
            int at = 2 * ((cell.RowOf(channel) * cell.Modes) + mode);
            if (cell.Delta.Values[channel] * cell.A.Values[at] == 2 && cell.Delta.Values[channel] * cell.A.Values[at + 1] == 0)
            {
                reading.Faults.Add(ModelFaults.ParameterOverflow(
                    FormattableString.Invariant($"The diagonal part of mode {mode} of channel {channel}"), "1 - step Lambda / 2, which the bilinear rule divides by, is 0", reading.Tensors.PlaceOf("layer.kernel.A_real")));
            }
        }
    }

    /// <summary>C of the stored C-tilde: <c>c = ((1 - A-bar^l)')^-1 c-tilde</c>, in the real basis.</summary>
    private static LowRankModes Recovered(ArchitectureReading reading, LowRankModes cell, int length)
    {
        double[] c = cell.C.Values.ToArray();
        for (int channel = 0; channel < cell.Channels; channel++)
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            RealMatrix? transition = LowRankModesBasis.Discrete(LowRankModesBasis.Transition(cell, cell.RowOf(channel)), cell.Delta.Values[channel]);
            if (transition is null)
            {
                reading.Faults.Add(ModelFaults.ParameterOverflow(
                    FormattableString.Invariant($"The transition of channel {channel}"), "1 - step A / 2, which the bilinear rule divides by, is singular", reading.Tensors.PlaceOf("layer.kernel.A_real")));
                return cell;
            }

            if (length == 0)
            {
                continue;
            }

            LinearSolver? solver = LinearSolver.Of(RealMatrix.Identity(transition.Size).Combined(1, transition.Power(length), -1).Transposed());
            if (solver is null)
            {
                reading.Faults.Add(ModelFaults.ParameterOverflow(
                    FormattableString.Invariant($"C of channel {channel}"), FormattableString.Invariant($"it is stored as C-tilde for a kernel of {length} steps, and 1 - A-bar^{length} is singular: a mode does not decay"), reading.Tensors.PlaceOf("layer.kernel.C")));
                return cell;
            }

            for (int r = 0; r < cell.Reads; r++)
            {
                int row = (r * cell.Channels) + channel;
                double[] solved = solver.Solve(LowRankModesBasis.OutputCoordinates(cell.C, row, cell.Modes));
                for (int n = 0; n < cell.Modes; n++)
                {
                    int at = 2 * ((row * cell.Modes) + n);
                    (c[at], c[at + 1]) = LowRankModesBasis.OutputWeight(solved, n);
                }
            }
        }

        return cell with { C = new Tensor(cell.C.Shape, c).From(cell.C) };
    }

    /// <summary>The hyperparameters that are no sizes.</summary>
    private sealed record Options(
        bool FastStep, string StepTransform, string RealTransform, string ImaginaryTransform, int? MaxLength, S4BlockOutput Output)
    {
        public static Options Read(ArchitectureReading reading)
        {
            HyperTable hyper = reading.Hyper;
            hyper.Expect("mode", "dplr", "nplr", "s4");
            hyper.Expect("eval", "true");
            hyper.Expect("is_real", "false", "null");
            hyper.Expect("dt_tie", "true");
            hyper.Expect("rate", "null", "1", "1.0");
            hyper.Expect("bandlimit", "null");
            S4BlockActivations.RefuseUnsupported(hyper);
            hyper.Ignore("init", "disc", "batch", "L", "L2", "dt_min", "dt_max", "lr", "wd", "dropout", "tie_dropout", "transposed", "deterministic", "verbose", "backend", "drop_kernel");
            return new Options(
                hyper.Flag("dt_fast", false, "the step size is dt_transform of inv_dt (true: of sinh(inv_dt))"),
                hyper.Choice("dt_transform", "exp", "the step size is exp(inv_dt)", S4BlockTransforms.Names),
                hyper.Choice("real_transform", "exp", "the real part of A is -exp(A_real)", S4BlockTransforms.Names),
                hyper.Choice("imag_transform", "none", "the imaginary part of A is -A_imag", S4BlockTransforms.Names),
                hyper.Size("l_max"),
                S4BlockOutput.Read(reading));
        }
    }
}
