using System;
using System.Globalization;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>A model under attack: its expansion, its bounds, the worst that was found.</summary>
internal sealed class Subject
{
    private readonly OperatorDescription _model;
    private readonly OperatorExpansion _expansion;
    private readonly OperatorBounds _bounds;
    private readonly InputRange _range;
    private readonly ErrorProbe _probe;
    private readonly Adversary _adversary;
    private readonly int _length;
    private readonly string _decoder;
    private long _inputs;

    public Subject(OperatorDescription model, ExpansionKind kind, int order, InputRange range, int length, Random random)
    {
        _model = model;
        _range = range;
        _length = length;
        _decoder = model.Layers[0].Decoder.Name;
        OperatorEnclosure enclosure = OperatorEnclosure.Of(model, range, length);
        _adversary = new Adversary(model, range, length, random);
        _expansion = new OperatorExpansion(kind, order, [BoundModels.Expand(enclosure, kind, order, _adversary)]);
        _bounds = OperatorBounds.Of(enclosure, _expansion);
        _probe = new ErrorProbe(model, _expansion);
    }

    /// <summary>About how much one input costs.</summary>
    public double Cost => (_length * _model.Layers[0].Channels * (_model.Layers[0].Modes + 20.0)) + (_model.Layers[0].Glu is not null ? _length * _model.Layers[0].OutputWidth * 150.0 : 0) + 50;

    /// <summary>One of twenty: 1 to 8 channels, 1 to 16 modes, lengths 1 to 64, every decoder function, every expansion, a third with a gated linear unit.</summary>
    public static Subject Create(int index, BankKind kindOfModes = BankKind.PerChannel)
    {
        var random = new Random(1000 + index);
        DecoderFunction decoder = DecoderFunctions.Find(BoundModels.Decoders[index % BoundModels.Decoders.Length])!;
        ExpansionKind[] kinds = [ExpansionKind.Taylor, ExpansionKind.Chebyshev, ExpansionKind.Measure];
        ExpansionKind kind = kinds[(index + (index / BoundModels.Decoders.Length)) % 3];
        bool glu = index % 3 == 1;
        kind = decoder.IsPolynomial && !glu ? ExpansionKind.Exact : kind == ExpansionKind.Taylor && !decoder.HasTaylorSeries ? ExpansionKind.Chebyshev : kind;
        OperatorDescription model = BoundModels.Create(random, random.Next(1, 9), random.Next(1, 17), decoder, glu, random.Next(2) == 0, 3, kindOfModes);
        double low = random.Between(-1.5, 0.5);
        return new Subject(model, kind, kind == ExpansionKind.Exact ? 3 : random.Next(1, 7), InputRange.Uniform(model, low, low + random.Between(0.2, 1.5)), index % 3 == 0 ? random.Next(1, 9) : random.Next(9, 65), random);
    }

    /// <summary>Tries to exceed the bounds.</summary>
    /// <param name="count">The number of inputs.</param>
    /// <returns>How many were tried.</returns>
    public long Attack(int count)
    {
        Assert.Null(_bounds.Reason);
        AttainReadouts();
        foreach (double[] input in _adversary.AllSigns().Take(count / 2))
        {
            Try(input);
        }

        int climbs = Math.Max(1, count / 4 / 200);
        for (int i = 0; i < climbs; i++)
        {
            int target = i % _model.OutputWidth;
            double[] start = i % 2 == 0 ? _adversary.Any() : _adversary.Signs(i % _model.Layers[0].Channels, i % 4 == 1 ? 1 : -1, _length);
            _adversary.Climb(start, Math.Min(200, count / 4), input => Try(input)[target]);
        }

        while (_inputs < count)
        {
            Try(_adversary.Any());
        }

        return _inputs;
    }

    /// <summary>A row of the report.</summary>
    public string Row(int index)
    {
        int worst = Enumerable.Range(0, _model.OutputWidth).MinBy(s => _probe.Greatest[s] == 0 ? double.MaxValue : Bound(s) / _probe.Greatest[s]);
        LayerDescription layer = _model.Layers[0];
        string name = index == 20 ? "one-layer" : Text(index);
        double found = _probe.Greatest[worst];
        return $"| {name} | {layer.Channels} x {layer.Modes} | {_length} | `{_decoder}` | {_expansion.Kind} {_expansion.Order} | {(layer.Glu is not null ? "yes" : "")} | {(_model.Pooled ? "yes" : "")} | {_inputs} | "
            + $"{Text(Bound(worst))} | {Text(found)} | {(Bound(worst) == 0 ? "exact" : Text(Bound(worst) / found))} |";
    }

    private double Bound(int output) => _bounds[output].Value!.Value;

    private double[] Try(double[] input)
    {
        _inputs++;
        double[] errors = _probe.Add(input);
        for (int s = 0; s < errors.Length; s++)
        {
            if (errors[s] > Bound(s))
            {
                AssertNotBeyond(input);
            }
        }

        return errors;
    }

    // Decides by enclosures of both evaluations.
    private void AssertNotBeyond(double[] input)
    {
        EnclosedTrace exact = EnclosedTrace.Of(_model, input);
        EnclosedTrace truncated = EnclosedTrace.Of(_model, input, _expansion);
        for (int k = 0; k < exact.Outputs.Count; k++)
        {
            Interval error = truncated.Outputs[k] - exact.Outputs[k];
            double bound = Bound(k % _model.OutputWidth);
            Assert.True(error.Mignitude <= bound, $"{error} is beyond {bound}, {_decoder}, {_expansion.Kind} {_expansion.Order}");

            // The slack must not hide anything: it is rounding only.
            Assert.True(error.Width <= 1e-9 * (1 + truncated.Outputs[k].Magnitude), $"slack {error.Width}");
        }
    }

    private void AttainReadouts()
    {
        for (int c = 0; c < _model.Layers[0].Channels; c++)
        {
            Interval readout = _bounds.Enclosure.Layers[0].Readouts[c];
            foreach (int steps in Enumerable.Range(1, _length))
            {
                Try(_adversary.Signs(c, 1, steps));
                Try(_adversary.Signs(c, -1, steps));
            }

            // Two evaluations in double, each some hundred roundings: far below 1e-9, which a forgotten tap or bias would exceed.
            double slack = 1e-9 * Math.Max(readout.Magnitude, 1e-3);
            Assert.InRange(_probe.Readouts[c].High, readout.High - slack, readout.High + (slack * 1e-3));
            Assert.InRange(_probe.Readouts[c].Low, readout.Low - (slack * 1e-3), readout.Low + slack);
        }
    }

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
