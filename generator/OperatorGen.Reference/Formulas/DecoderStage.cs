using System;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>
/// What a layer makes of its readout:
/// <c>h = norm(activation(o)); h = h * gate(z); h = (side(s), h); m = mixing h</c>, and a gated linear unit or a function of m at the end. The norm may stand behind
/// the gate.
/// </summary>
internal sealed class DecoderStage
{
    private readonly Func<double, double> _activation;
    private readonly NormFormula? _norm;
    private readonly bool _normAfterGate;
    private readonly Func<double, double>? _gate;
    private readonly Func<double, double>? _side;
    private readonly LinearFormula? _mixing;
    private readonly DecoderUnit? _unit;
    private readonly Func<double, double>? _unitFunction;

    public DecoderStage(Decoder decoder, ReferenceOptions options)
    {
        _activation = DecoderFormulas.Of(decoder.Activation, options);
        _norm = NormFormula.Of(decoder.Norm, options);
        _normAfterGate = decoder.NormAfterGate;
        _side = decoder.Side is null ? null : DecoderFormulas.Of(decoder.Side, options);
        _gate = decoder.Gate is null ? null : DecoderFormulas.Of(decoder.Gate, options);
        _mixing = decoder.Mixing is null ? null : new LinearFormula(decoder.Mixing, options);
        _unit = decoder.Unit;
        _unitFunction = decoder.Unit is null ? null : DecoderFormulas.Of(decoder.Unit.Function, options);
    }

    /// <summary>The decoded readout; what is between is left in the trace.</summary>
    public double[] Of(LayerProbe trace)
    {
        trace.Activated = Array.ConvertAll(trace.Readout, o => _activation(o));  // [G V]
        if (_normAfterGate)
        {
            trace.Gated = Gated(trace.Activated, trace.Gate);                    // [G V]
            trace.ReadoutNormed = Normed(trace.Gated);                           // [G V]
        }
        else
        {
            trace.ReadoutNormed = Normed(trace.Activated);
            trace.Gated = Gated(trace.ReadoutNormed, trace.Gate);
        }

        double[] h = _normAfterGate ? trace.ReadoutNormed : trace.Gated;
        trace.Joined = _side is null ? h : [.. Product(trace.Side[(trace.Side.Length / 2)..], trace.Side[..(trace.Side.Length / 2)], _side), .. h];
        trace.Mixed = _mixing is null ? trace.Joined : _mixing.Of(trace.Joined); // [mixed]
        return _unitFunction is null ? trace.Mixed : Unit(trace.Readout, trace.Joined, trace.Mixed, _unitFunction);
    }

    private double[] Normed(double[] h) => _norm is null ? h : _norm.Of(h);

    private double[] Gated(double[] h, double[] z) => _gate is null ? h : Product(h, z, _gate);

    private double[] Unit(double[] o, double[] h, double[] m, Func<double, double> function) => _unit switch
    {
        SplitGlu => Product(m[..(m.Length / 2)], m[(m.Length / 2)..], function),
        HalfGlu { Value: GluValue.Activated } => Product(h, m, function),
        HalfGlu { Value: GluValue.Readout } => Product(o, m, function),
        FinalActivation => Array.ConvertAll(m, z => function(z)),
        _ => throw new NotSupportedException($"The reference has no formula for a {_unit?.GetType().Name}."),
    };

    private static double[] Product(double[] value, double[] argument, Func<double, double> gate)
    {
        var product = new double[value.Length];                                  // [output]
        for (int i = 0; i < product.Length; i++)
        {
            product[i] = value[i] * gate(argument[i]);
        }

        return product;
    }
}
