using System;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference;

/// <summary>
/// One layer: <c>x -> [norm] -> (v, z) = split(projection x); v = activation(convolution v) -> cells -> decoder -> [+ x] -> [norm]</c>.
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
        _postNorm = NormFormula.Of(layer.PostNorm, options);
    }

    public LayerState CreateState()
    {
        int cache = _layer.Input.Convolution is CausalConvolution convolution ? convolution.Channels * convolution.Width : 0;
        return new LayerState(new double[cache], new Complex[_cells.StateSize]);
    }

    public double[] Step(double[] x, LayerState state, LayerProbe trace)
    {
        trace.Input = x;                                                             // [width]
        double[] normed = _preNorm is null ? x : _preNorm.Of(x);                     // [width]
        double[] projected = _projection is null ? normed : _projection.Of(normed);  // [G V + gate]
        int width = _layer.Cell.InputWidth;
        double[] stream = projected[..width];                                        // [G V]
        double[] gate = projected[width..];                                          // [gate]
        double[] convolved = _convolution is null ? stream : _convolution.Of(stream, state.ConvolutionCache); // [G V]
        double[] v = Array.ConvertAll(convolved, value => _inputActivation(value));  // [G V]
        double[] readout = _cells.Step(v, state.Ssm, trace);                         // [G V]
        double[] decoded = _decoder.Of(readout, gate, trace);                        // [output]
        double[] sum = decoded;                                                      // [output]
        if (_layer.Residual)
        {
            sum = new double[decoded.Length];
            for (int c = 0; c < sum.Length; c++)
            {
                sum[c] = decoded[c] + x[c];
            }
        }

        double[] output = _postNorm is null ? sum : _postNorm.Of(sum);               // [output]
        trace.Normed = normed;
        trace.Projected = projected;
        trace.Convolved = convolved;
        trace.CellInput = v;
        trace.Gate = gate;
        trace.Readout = readout;
        trace.Decoded = decoded;
        trace.Sum = sum;
        trace.Output = output;
        return output;
    }
}
