using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference;

/// <summary>
/// One layer: <c>x -> [norm] -> (c, p, z, s) = split(projection x); v = (activation(convolution c), p) -> cells -> decoder -> [+ x] -> [feed-forward] -> [norm]</c>.
/// </summary>
internal sealed class LayerFormula
{
    private readonly Layer _layer;
    private readonly NormFormula? _preNorm;
    private readonly LinearFormula? _projection;
    private readonly ConvolutionFormula? _convolution;
    private readonly Func<double, double> _inputActivation;
    private readonly ICellFormula _cells;
    private readonly DecoderStage _decoder;
    private readonly FeedForwardFormula? _feedForward;
    private readonly NormFormula? _postNorm;

    public LayerFormula(Layer layer, ReferenceOptions options)
    {
        _layer = layer;
        _preNorm = NormFormula.Of(layer.PreNorm, options);
        _projection = layer.Input.Projection is null ? null : new LinearFormula(layer.Input.Projection, options);
        _convolution = layer.Input.Convolution is null ? null : new ConvolutionFormula(layer.Input.Convolution, options);
        _inputActivation = DecoderFormulas.Of(layer.Input.Activation, options);
        _cells = layer.Cell.Accept(new CellFormulas(options));
        _decoder = new DecoderStage(layer.Decoder, options);
        _feedForward = layer.FeedForward is null ? null : new FeedForwardFormula(layer.FeedForward, options);
        _postNorm = NormFormula.Of(layer.PostNorm, options);
    }

    public LayerState CreateState()
    {
        int cache = _layer.Input.Convolution is CausalConvolution convolution ? convolution.Channels * convolution.Width : 0;
        return new LayerState(new double[cache], new Complex[_cells.StateSize]);
    }

    /// <summary>One time step of a causal layer.</summary>
    public double[] Step(double[] x, LayerState state, LayerProbe trace)
    {
        Before(x, state, trace);
        trace.Readout = _cells.Step(trace.CellInput, state.Ssm, trace);              // [G V]
        return After(trace);
    }

    /// <summary>A whole sequence, from a fresh state: o_t is the sum of what both directions read.</summary>
    /// <param name="x">[time][width].</param>
    /// <param name="state">The state of the forward direction.</param>
    /// <param name="traces">[time].</param>
    public double[][] Sequence(double[][] x, LayerState state, LayerProbe[] traces)
    {
        for (int t = 0; t < x.Length; t++)
        {
            Before(x[t], state, traces[t]);
        }

        double[][]? backward = _cells.Backward([.. traces.Select(trace => trace.CellInput)], traces);
        for (int t = 0; t < x.Length; t++)
        {
            traces[t].Readout = _cells.Step(traces[t].CellInput, state.Ssm, traces[t]);
            traces[t].BackwardReadout = backward is null ? [] : backward[t];
            for (int h = 0; h < traces[t].BackwardReadout.Length; h++)
            {
                traces[t].Readout[h] += traces[t].BackwardReadout[h];
            }
        }

        return [.. traces.Select(After)];
    }

    /// <summary>From x to v.</summary>
    private void Before(double[] x, LayerState state, LayerProbe trace)
    {
        trace.Input = x;                                                             // [width]
        trace.Normed = _preNorm is null ? x : _preNorm.Of(x);                        // [width]
        trace.Projected = _projection is null ? trace.Normed : _projection.Of(trace.Normed); // [c + p + z + s]
        InputStage input = _layer.Input;
        int side = trace.Projected.Length - input.SideWidth, gate = side - input.GateWidth, passed = gate - input.PassedWidth;
        double[] stream = trace.Projected[..passed];                                 // c
        trace.Gate = trace.Projected[gate..side];                                    // z
        trace.Side = trace.Projected[side..];                                        // s
        trace.Convolved = _convolution is null ? stream : _convolution.Of(stream, state.ConvolutionCache); // [c]
        trace.CellInput = [.. Array.ConvertAll(trace.Convolved, value => _inputActivation(value)), .. trace.Projected[passed..gate]]; // v
    }

    /// <summary>From o to the layer's output.</summary>
    private double[] After(LayerProbe trace)
    {
        trace.Decoded = _decoder.Of(trace);                                          // [output]
        trace.Sum = trace.Decoded;                                                   // [output]
        if (_layer.Residual)
        {
            trace.Sum = new double[trace.Decoded.Length];
            for (int c = 0; c < trace.Sum.Length; c++)
            {
                trace.Sum[c] = trace.Decoded[c] + trace.Input[c];
            }
        }

        trace.FeedForward = _feedForward?.Of(trace.Sum);
        double[] between = trace.FeedForward?.Sum ?? trace.Sum;                      // [output]
        trace.Output = _postNorm is null ? between : _postNorm.Of(between);          // [output]
        return trace.Output;
    }
}
