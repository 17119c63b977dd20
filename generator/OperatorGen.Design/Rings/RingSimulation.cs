using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>x(t) = W x(t-1) + beta v(t), node by node, with the states in double-double.</summary>
internal sealed class RingSimulation
{
    private readonly bool _isReal;
    private readonly double _skip;
    private readonly RealCirculant _couplingRe;
    private readonly RealCirculant _couplingIm;
    private readonly PreciseComplex[] _input;
    private readonly PreciseComplex[] _readout;

    public RingSimulation(RingForm form, double skip, PreciseComplex[] coupling, PreciseComplex[] input, PreciseComplex[] readout)
    {
        _isReal = form == RingForm.Real;
        _skip = skip;
        _couplingRe = new RealCirculant([.. coupling.Select(w => w.Re)]);
        _couplingIm = new RealCirculant([.. coupling.Select(w => w.Im)]);
        _input = input;
        _readout = readout;
    }

    public RingActivity Run(ReadOnlySpan<double> v)
    {
        int nodes = _input.Length;
        var re = new double[v.Length * nodes];
        double[]? im = _isReal ? null : new double[v.Length * nodes];
        var outputs = new double[v.Length];
        var state = (Re: new DoubleDouble[nodes], Im: new DoubleDouble[nodes]);
        var next = (Re: new DoubleDouble[nodes], Im: new DoubleDouble[nodes]);
        for (int t = 0; t < v.Length; t++)
        {
            DoubleDouble readout = 0;
            for (int j = 0; j < nodes; j++)
            {
                PreciseComplex x = Next(j, state.Re, state.Im, v[t]);
                next.Re[j] = x.Re;
                next.Im[j] = x.Im;
                readout += (_readout[j] * x).Re;
                re[(t * nodes) + j] = x.Re.High;
                if (im is not null)
                {
                    im[(t * nodes) + j] = x.Im.High;
                }
            }

            (state, next) = (next, state);
            outputs[t] = readout.High + (_skip * v[t]);
        }

        return new RingActivity(nodes, re, im, outputs);
    }

    private PreciseComplex Next(int node, DoubleDouble[] re, DoubleDouble[] im, double input)
    {
        DoubleDouble nextRe = _couplingRe.Row(node, re) + (_input[node].Re * input);
        return _isReal
            ? new PreciseComplex(nextRe, 0)
            : new PreciseComplex(nextRe - _couplingIm.Row(node, im), _couplingRe.Row(node, im) + _couplingIm.Row(node, re) + (_input[node].Im * input));
    }
}
