using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// The Volterra kernels of one output of a truncated operator of one layer: the output at step t is
/// <code>
/// y(t) = K_0(t) + sum K_1(t; tau) u(t - tau) + sum K_2(t; tau_1, tau_2) u(t - tau_1) u(t - tau_2) + ...
/// </code>
/// over all lags from 0 to t, with u the scaled input. A channel sees <c>o_c(t) = o*_c(t) + sum K_c(tau) W_ci u_i(t - tau)</c>, where o* is its
/// response to the bias of encoder and norm since the start; so the kernels are those of the layer's polynomial about o*(t), which is why they depend on
/// t where there is a bias. Kernels are symmetric in their arguments. A step of null asks for the steady state, in which the bias has always
/// been there.
/// </summary>
public sealed partial class VolterraKernels
{
    private readonly OperatorDescription _operators;
    private readonly LayerDescription _layer;
    private readonly ModeBank _waves;
    private readonly Func<double[], LayerExpansion> _expansion;
    private readonly double[] _eta;      // of the decoded outputs: the head times the norm after the layer
    private readonly double _constant;   // what head and norm add
    private readonly bool _hasBias;
    private readonly Dictionary<int, ReadoutPolynomial> _polynomials = [];
    private double[][] _kernels = [];

    private VolterraKernels(OperatorDescription operators, int output, Func<double[], LayerExpansion> expansion)
    {
        _operators = operators;
        _layer = Layer(operators);
        _waves = _layer.Bank!;
        _expansion = expansion;
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

        for (int c = 0; c < _layer.Width; c++)
        {
            _hasBias |= InputBias(c) != 0;
        }
    }

    /// <summary>The output.</summary>
    public int Output { get; }

    /// <summary>Channels of the input.</summary>
    public int Inputs => _operators.InputWidth;

    /// <summary>The kernels of a given expansion.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="expansion">The expansion of its layer.</param>
    /// <param name="output">The output, or the score of a pooled model whose kernels before the pooling are wanted.</param>
    /// <exception cref="InvalidOperationException">The operator is not one layer of waves without LayerNorm, input stage and gate stream.</exception>
    public static VolterraKernels Of(OperatorDescription operators, LayerExpansion expansion, int output) => new(operators, output, _ => expansion);

    /// <summary>
    /// The kernels of the Taylor polynomial about the operating point o*(t) itself: the kernel of order p is the p-th derivative of the exact
    /// map at the input 0, over p!.
    /// </summary>
    /// <param name="operators">The operator.</param>
    /// <param name="order">The order of the Taylor polynomial.</param>
    /// <param name="output">The output.</param>
    /// <exception cref="InvalidOperationException">As above, or a decoder function has no Taylor series.</exception>
    public static VolterraKernels AtOperatingPoint(OperatorDescription operators, int order, int output) =>
        new(operators, output, point => OperatorExpansion.Taylor(Layer(operators), order, point));

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

    /// <summary>K_1(t; tau) for the lags 0 to length - 1; 0 for lags beyond t.</summary>
    /// <param name="t">The step; null: the steady state.</param>
    /// <param name="length">How many lags.</param>
    /// <param name="input">The input channel.</param>
    public double[] First(int? t, int length, int input = 0)
    {
        double[] linear = Polynomial(t).Linear();
        double[][] kernels = Kernels(length);
        var first = new double[length];
        for (int c = 0; c < _layer.Channels; c++)
        {
            double weight = linear[c] * InputWeight(c, input);
            for (int tau = 0; tau < Lags(t, length); tau++)
            {
                first[tau] += weight * kernels[c][tau];
            }
        }

        for (int i = 0; i < _eta.Length && _layer.Residual && length > 0; i++)
        {
            first[0] += _eta[i] * Encoded(i, input);
        }

        return first;
    }

    /// <summary>K_2(t; tau_1, tau_2) on the grid of lags 0 to length - 1; 0 for lags beyond t.</summary>
    /// <param name="t">The step; null: the steady state.</param>
    /// <param name="length">How many lags.</param>
    /// <param name="input1">The input channel of tau_1.</param>
    /// <param name="input2">The input channel of tau_2.</param>
    /// <returns>[tau_1, tau_2].</returns>
    public double[] Second(int? t, int length, int input1 = 0, int input2 = 0)
    {
        QuadraticForm form = Polynomial(t).Quadratic();
        int lags = Lags(t, length);
        var second = new double[length * length];
        var partner = new double[lags];
        double[][] kernels = Kernels(length);
        for (int c = 0; c < _layer.Channels; c++)
        {
            // sum over d of M[c, d] W_d K_d(tau_2)
            Array.Clear(partner, 0, lags);
            for (int d = form.IsDiagonal ? c : 0; d <= (form.IsDiagonal ? c : _layer.Channels - 1); d++)
            {
                Add(partner, form[c, d] * InputWeight(d, input2), kernels[d]);
            }

            double encoded = InputWeight(c, input1);
            for (int tau = 0; tau < lags; tau++)
            {
                Add(second.AsSpan(tau * length, lags), encoded * kernels[c][tau], partner);
            }
        }

        return second;
    }

    /// <summary>K_3(t; tau_1, tau_2, tau_3) at one place; 0 for lags beyond t.</summary>
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

        int longest = Math.Max(lags[0], Math.Max(lags[1], lags[2]));
        if (longest > t)
        {
            return 0;
        }

        double[][] kernels = Kernels(longest + 1);
        var responses = new double[3][];
        for (int k = 0; k < 3; k++)
        {
            responses[k] = new double[_layer.Channels];
            for (int c = 0; c < _layer.Channels; c++)
            {
                responses[k][c] = InputWeight(c, inputs?[k] ?? 0) * kernels[c][lags[k]];
            }
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
        var point = new double[_layer.Channels];
        for (int c = 0; c < point.Length && _hasBias; c++)
        {
            double response = 0;
            if (t is not { } step)
            {
                response = ChannelKernels.SteadyResponse(_waves, c);
            }
            else
            {
                double[] kernel = Kernels(step + 1)[c];
                for (int tau = 0; tau <= step; tau++)
                {
                    response += kernel[tau];
                }
            }

            point[c] = InputBias(c) * response;
        }

        return point;
    }

    private double[][] Kernels(int length)
    {
        int known = _kernels.Length == 0 ? 0 : _kernels[0].Length;
        if (known < length)
        {
            length = Math.Max(length, 2 * known);
            _kernels = new double[_layer.Channels][];
            for (int c = 0; c < _kernels.Length; c++)
            {
                _kernels[c] = ChannelKernels.Of(_waves, c, length);
            }
        }

        return _kernels;
    }

    // v = InputWeight u + InputBias: the encoder, then the norm before the layer.
    private double InputWeight(int channel, int input) => Encoded(channel, input) * (_layer.PreNorm?.Weight(channel) ?? 1);

    private double InputBias(int channel) =>
        ((_operators.Encoder?.Bias(channel) ?? 0) * (_layer.PreNorm?.Weight(channel) ?? 1)) + (_layer.PreNorm?.Bias(channel) ?? 0);

    private double Encoded(int channel, int input) => _operators.Encoder?.Weight(channel, input) ?? (channel == input ? 1 : 0);

    private static int Lags(int? t, int length) => t is { } step ? Math.Min(length, step + 1) : length;

    private static void Add(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        source = source.Slice(0, target.Length);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static LayerDescription Layer(OperatorDescription operators) =>
        operators.Layers.Count == 1 && operators.Layers[0] is { IsSelective: false, PreNorm: null or { IsAffine: true }, PostNorm: null or { IsAffine: true }, Gate: null } layer && layer.Input.IsNone
            ? layer
            : throw new InvalidOperationException("Volterra kernels of the whole map are defined for one layer of waves without LayerNorm, input stage and gate stream; several layers without LayerNorm can be composed, a LayerNorm stays a named function.");
}
