using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The Volterra kernels of one output of a truncated operator of one layer: the output at step t is
/// <code>
/// y(t) = K_0(t) + sum K_1(t; tau) u(t - tau) + sum K_2(t; tau_1, tau_2) u(t - tau_1) u(t - tau_2) + ...
/// </code>
/// over all lags from 0 to t, with u the scaled input. Where the layer runs in both directions, lags go down to t - (T - 1), T the length of the sequence: a negative lag
/// is a sample that comes later. A readout is <c>o_h(t) = o*_h(t) + sum K_hi(tau) u_i(t - tau)</c>, where K_hi is its response to the
/// input u_i through the encoder and the norm before the layer, and o* that to the bias of both since the start; so the kernels are those of the layer's polynomial about o*(t),
/// which is why they depend on t where there is a bias. Kernels are symmetric in their arguments. A step of null asks for the steady state, in which the bias has always
/// been there and, where modes run backward, always will be.
/// </summary>
public sealed partial class VolterraKernels
{
    private readonly OperatorDescription _operators;
    private readonly LayerDescription _layer;
    private readonly ModeBank _bank;
    private readonly Func<double[], LayerExpansion> _expansion;
    private readonly double[] _eta;      // of the decoded outputs: the head times the norm after the layer
    private readonly double _constant;   // what head and norm add
    private readonly bool _hasBias;
    private readonly Dictionary<int, ReadoutPolynomial> _polynomials = [];
    private readonly double[][][] _kernels; // K, [input][readout][lag]; grows with the lags that are asked for
    private readonly double[] _bias;        // of the encoder

    private readonly int? _steps; // T

    private VolterraKernels(OperatorDescription operators, int output, int? steps, Func<double[], LayerExpansion> expansion)
    {
        _operators = operators;
        _layer = Layer(operators);
        _bank = _layer.Bank!;
        _expansion = expansion;
        _steps = steps;
        int outputs = operators.OutputWidth;
        if ((uint)output >= (uint)outputs)
        {
            throw new ArgumentOutOfRangeException(nameof(output), $"The operator has {outputs} outputs.");
        }

        Output = output;
        _eta = new double[_layer.OutputWidth];
        _constant = operators.Head?.Bias(output) ?? 0;
        for (int i = 0; i < _eta.Length; i++)
        {
            double weight = operators.Head?.Weight(output, i) ?? (i == output ? 1 : 0);
            _eta[i] = weight * (_layer.PostNorm?.Weight(i) ?? 1);
            _constant += weight * (_layer.PostNorm?.Bias(i) ?? 0);
        }

        _bias = [.. Enumerable.Range(0, _bank.Inputs).Select(i => InputBias(i))];
        _hasBias = _bias.Any(b => b != 0);
        _kernels = [.. Enumerable.Range(0, operators.InputWidth).Select(_ => Enumerable.Repeat(Array.Empty<double>(), _layer.Channels).ToArray())];
    }

    /// <summary>The output.</summary>
    public int Output { get; }

    /// <summary>Channels of the input.</summary>
    public int Inputs => _operators.InputWidth;

    /// <summary>Whether there are negative lags: the layer runs in both directions.</summary>
    public bool IsTwoSided => !_bank.IsCausal;

    /// <summary>The kernels of a given expansion.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="expansion">The expansion of its layer.</param>
    /// <param name="output">The output, or the score of a pooled model whose kernels before the pooling are wanted.</param>
    /// <param name="steps">T, the length of the sequences; only a layer that runs in both directions needs it, for any step but that of the steady state.</param>
    /// <exception cref="InvalidOperationException">The operator is not one layer of waves without LayerNorm, input stage and gate stream.</exception>
    public static VolterraKernels Of(OperatorDescription operators, LayerExpansion expansion, int output, int? steps = null) => new(operators, output, steps, _ => expansion);

    /// <summary>
    /// The kernels of the Taylor polynomial about the operating point o*(t) itself: the kernel of order p is the p-th derivative of the exact
    /// map at the input 0, over p!.
    /// </summary>
    /// <param name="operators">The operator.</param>
    /// <param name="order">The order of the Taylor polynomial.</param>
    /// <param name="output">The output.</param>
    /// <param name="steps">T, as above.</param>
    /// <exception cref="InvalidOperationException">As above, or a decoder function has no Taylor series.</exception>
    public static VolterraKernels AtOperatingPoint(OperatorDescription operators, int order, int output, int? steps = null) =>
        new(operators, output, steps, point => OperatorExpansion.Taylor(Layer(operators), order, point));

    /// <summary>K_0(t).</summary>
    /// <param name="t">The step; null: the steady state.</param>
    public double Constant(int? t)
    {
        double sum = Polynomial(t).Constant + _constant;
        for (int i = 0; i < _eta.Length && _layer.Residual; i++)
        {
            sum += _eta[i] * (_operators.Encoder?.Bias(i) ?? 0);
        }

        return sum;
    }

    /// <summary>The lag that an index of <see cref="First"/> and <see cref="Second"/> means: the index itself, or the index less length - 1 where there are negative lags.</summary>
    /// <param name="index">The index.</param>
    /// <param name="length">The length that was asked for.</param>
    public int Lag(int index, int length) => IsTwoSided ? index - length + 1 : index;

    /// <summary>K_1(t; tau) for the lags 0 to length - 1, or -(length - 1) to length - 1 where the layer runs in both directions; 0 for samples outside of the sequence.</summary>
    /// <param name="t">The step; null: the steady state.</param>
    /// <param name="length">How many lags, on each side.</param>
    /// <param name="input">The input channel.</param>
    public double[] First(int? t, int length, int input = 0)
    {
        double[] linear = Polynomial(t).Linear();
        double[][] kernels = Kernels(input, length);
        var first = new double[Count(length)];
        (int start, int lags) = Inside(t, length);
        for (int h = 0; h < _layer.Channels; h++)
        {
            Add(first.AsSpan(start, lags), linear[h], Taps(kernels[h], length).Slice(start));
        }

        for (int i = 0; i < _eta.Length && _layer.Residual && length > 0; i++)
        {
            first[IsTwoSided ? length - 1 : 0] += _eta[i] * Encoded(i, input);
        }

        return first;
    }

    /// <summary>K_2(t; tau_1, tau_2) on the grid of the lags of <see cref="First"/>; 0 for samples outside of the sequence.</summary>
    /// <param name="t">The step; null: the steady state.</param>
    /// <param name="length">How many lags, on each side.</param>
    /// <param name="input1">The input channel of tau_1.</param>
    /// <param name="input2">The input channel of tau_2.</param>
    /// <returns>[tau_1, tau_2].</returns>
    public double[] Second(int? t, int length, int input1 = 0, int input2 = 0)
    {
        QuadraticForm form = Polynomial(t).Quadratic();
        (int start, int lags) = Inside(t, length);
        int count = Count(length);
        var second = new double[count * count];
        var partner = new double[lags];
        double[][] kernels1 = Kernels(input1, length);
        double[][] kernels2 = Kernels(input2, length);
        for (int c = 0; c < _layer.Channels; c++)
        {
            // sum over d of M[c, d] K_d(tau_2)
            Array.Clear(partner, 0, lags);
            for (int d = form.IsDiagonal ? c : 0; d <= (form.IsDiagonal ? c : _layer.Channels - 1); d++)
            {
                Add(partner, form[c, d], Taps(kernels2[d], length).Slice(start));
            }

            for (int tau = start; tau < start + lags; tau++)
            {
                Add(second.AsSpan((tau * count) + start, lags), Taps(kernels1[c], length)[tau], partner);
            }
        }

        return second;
    }

    /// <summary>K_3(t; tau_1, tau_2, tau_3) at one place; 0 for samples outside of the sequence.</summary>
    /// <param name="t">The step; null: the steady state.</param>
    /// <param name="lags">The three lags.</param>
    /// <param name="inputs">The input channel of each; null: channel 0.</param>
    /// <exception cref="ArgumentException">There are not three lags.</exception>
    public double Third(int? t, IReadOnlyList<int> lags, IReadOnlyList<int>? inputs = null)
    {
        if (lags.Count != 3 || (inputs is not null && inputs.Count != 3))
        {
            throw new ArgumentException("A kernel of order 3 has three lags and three input channels.", nameof(lags));
        }

        if (t is { } step && lags.Any(lag => lag > step || step - lag >= (IsTwoSided ? Length() : int.MaxValue)))
        {
            return 0;
        }

        int length = lags.Max(Math.Abs) + 1;
        var responses = new double[3][];
        for (int k = 0; k < 3; k++)
        {
            int index = IsTwoSided ? lags[k] + length - 1 : lags[k];
            responses[k] = Array.ConvertAll(Kernels(inputs?[k] ?? 0, length), kernel => Taps(kernel, length)[index]);
        }

        return Cubic(Polynomial(t), responses);
    }

    /// <summary>The symmetric trilinear form of the part of degree 3: its coefficients over how often a monomial's factors can be ordered.</summary>
    private double Cubic(ReadoutPolynomial polynomial, double[][] x)
    {
        double sum = 0;
        int channels = _layer.Channels;
        for (int a = 0; a < channels; a++)
        {
            sum += polynomial.Coefficient([new Factor(a, 3)]) * x[0][a] * x[1][a] * x[2][a];
            for (int b = 0; b < channels && _layer.Glu is not null; b++)
            {
                if (a != b)
                {
                    double pair = (x[0][a] * x[1][a] * x[2][b]) + (x[0][a] * x[1][b] * x[2][a]) + (x[0][b] * x[1][a] * x[2][a]);
                    Factor[] factors = a < b ? [new Factor(a, 2), new Factor(b, 1)] : [new Factor(b, 1), new Factor(a, 2)];
                    sum += polynomial.Coefficient(factors) / 3 * pair;
                }

                for (int c = b + 1; a < b && c < channels; c++)
                {
                    double permanent = (x[0][a] * ((x[1][b] * x[2][c]) + (x[1][c] * x[2][b])))
                        + (x[0][b] * ((x[1][a] * x[2][c]) + (x[1][c] * x[2][a])))
                        + (x[0][c] * ((x[1][a] * x[2][b]) + (x[1][b] * x[2][a])));
                    sum += polynomial.Coefficient([new Factor(a, 1), new Factor(b, 1), new Factor(c, 1)]) / 6 * permanent;
                }
            }
        }

        return sum;
    }

    /// <summary>The layer's polynomial about o*(t); the same for all t where there is no bias.</summary>
    private ReadoutPolynomial Polynomial(int? t)
    {
        int key = !_hasBias ? 0 : t ?? -1;
        if (!_polynomials.TryGetValue(key, out ReadoutPolynomial? polynomial))
        {
            double[] point = OperatingPoint(t);
            polynomial = LocalPolynomial.Of(_expansion(point), point).For(_eta);
            _polynomials.Add(key, polynomial);
        }

        return polynomial;
    }

    private double[] OperatingPoint(int? t)
    {
        if (!_hasBias)
        {
            return new double[_layer.Channels];
        }

        if (t is not { } step)
        {
            return [.. Enumerable.Range(0, _layer.Channels).Select(h => ChannelKernels.SteadyResponse(_bank, h, _bias))];
        }

        int steps = IsTwoSided ? Length() : step + 1;
        double[] constant = [.. Enumerable.Repeat(_bias, steps).SelectMany(bias => bias)];
        return ModeSeries.Readouts(_bank, constant, steps).AsSpan(step * _layer.Channels, _layer.Channels).ToArray();
    }

    private double[][] Kernels(int input, int length)
    {
        double[][] kernels = _kernels[input];
        if (kernels[0].Length < Count(length))
        {
            double[] drive = ChannelKernels.Encoded(_operators, input);
            length = Math.Max(length, 2 * kernels[0].Length);
            for (int h = 0; h < kernels.Length; h++)
            {
                kernels[h] = IsTwoSided ? ChannelKernels.TwoSided(_bank, h, drive, length) : ChannelKernels.Of(_bank, h, drive, length);
            }
        }

        return kernels;
    }

    /// <summary>The lags that are asked for, out of a kernel that may have more.</summary>
    private ReadOnlySpan<double> Taps(double[] kernel, int length) => kernel.AsSpan(IsTwoSided ? (kernel.Length - Count(length)) / 2 : 0, Count(length));

    /// <summary>How many lags there are.</summary>
    private int Count(int length) => IsTwoSided ? Math.Max((2 * length) - 1, 0) : length;

    private int Length() => _steps ?? throw new InvalidOperationException(
        "The layer runs in both directions: which samples a step sees, and what a bias makes of them, depends on the length of the sequence, which has to be given.");

    // Of v: what encoder and norm before the layer add.
    private double InputBias(int channel) =>
        ((_operators.Encoder?.Bias(channel) ?? 0) * (_layer.PreNorm?.Weight(channel) ?? 1)) + (_layer.PreNorm?.Bias(channel) ?? 0);

    private double Encoded(int channel, int input) => _operators.Encoder?.Weight(channel, input) ?? (channel == input ? 1 : 0);

    /// <summary>The lags of samples inside the sequence: the first index and their number.</summary>
    private (int Start, int Lags) Inside(int? t, int length)
    {
        if (t is not { } step)
        {
            return (0, Count(length));
        }

        if (!IsTwoSided)
        {
            return (0, Math.Min(length, step + 1));
        }

        int first = Math.Max(1 - length, step - Length() + 1);
        return (first + length - 1, Math.Max(0, Math.Min(length - 1, step) - first + 1));
    }

    private static void Add(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        source = source.Slice(0, target.Length);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static LayerDescription Layer(OperatorDescription operators) =>
        operators.Layers.Count == 1 && operators.Layers[0] is { Bank: not null, PreNorm: null or { IsAffine: true }, PostNorm: null or { IsAffine: true }, Gate: null } layer && layer.Input.IsNone
            ? layer
            : throw new InvalidOperationException("Volterra kernels of the whole map are defined for one layer of waves, without LayerNorm, input stage and gate stream; several layers without LayerNorm can be composed, a LayerNorm stays a named function.");
}
