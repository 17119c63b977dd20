using System;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>How the readouts of a layer's recurrence are made.</summary>
/// <param name="layer">The layer, from 0.</param>
/// <param name="path">The recurrence with its numbers.</param>
/// <returns>[time, readout].</returns>
public delegate double[] SelectiveReadouts(int layer, SelectivePath path);

/// <summary>The scales of a layer's norms at one sequence: what is held where the sequence is explained.</summary>
internal sealed class LayerScales
{
    public NormScales? PreNorm { get; init; }

    public NormScales? Decoder { get; init; }

    public NormScales? FeedForward { get; init; }

    public NormScales? PostNorm { get; init; }
}

/// <summary>
/// A layer with selective cells, evaluated for one sequence, and the derivative of a number by its input. Norms have the scales that they are given, or their own.
/// </summary>
internal sealed class SelectiveLayerPass
{
    private readonly LayerDescription _layer;
    private readonly int _steps;
    private readonly double[] _convolved; // before the activation
    private readonly double[] _gate, _sideA, _sideB, _readouts, _ungated;
    private readonly double[] _up = []; // of the feed-forward part, before its function

    /// <summary>Evaluates.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its input, [time, width].</param>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="scales">The scales of its norms; null: those of this sequence.</param>
    /// <param name="readouts">How the readouts are made; null: by the recurrence.</param>
    public SelectiveLayerPass(LayerDescription layer, double[] x, int steps, LayerScales? scales, Func<SelectivePath, double[]>? readouts)
    {
        (_layer, _steps) = (layer, steps);
        InputDescription input = layer.Input;
        NormScales? pre = NormScales.Of(layer.PreNorm, scales?.PreNorm, x);
        double[] projected = pre?.Apply(x) ?? x;
        int width = layer.Width;
        if (input.Projection is { } projection)
        {
            projected = Rows.Map(projection, projected, steps);
            width = projection.Outputs;
        }

        int side = input.SideWidth / 2, rest = width - input.PassedWidth - input.GateWidth - input.SideWidth;
        _convolved = SequenceRows.Columns(projected, steps, 0, rest);
        _convolved = input.Convolution?.Apply(_convolved) ?? _convolved;
        var activated = new double[_convolved.Length];
        FunctionValues.Apply(input.Activation, _convolved, activated);
        double[] v = Rows.Beside(activated, SequenceRows.Columns(projected, steps, rest, input.PassedWidth), steps);
        _gate = SequenceRows.Columns(projected, steps, rest + input.PassedWidth, input.GateWidth);
        _sideA = SequenceRows.Columns(projected, steps, width - input.SideWidth, side);
        _sideB = SequenceRows.Columns(projected, steps, width - side, side);

        Path = new SelectivePath((SelectiveRecurrence)layer.Recurrence, v);
        _readouts = readouts?.Invoke(Path) ?? Path.Readouts();
        var h = new double[_readouts.Length];
        FunctionValues.Apply(layer.Decoder, _readouts, h);
        NormScales? decoder = null;
        if (!layer.NormAfterGate)
        {
            decoder = NormScales.Of(layer.DecoderNorm, scales?.Decoder, h);
            h = decoder?.Apply(h) ?? h;
        }

        _ungated = h;
        if (layer.Gate is { } gate)
        {
            h = Rows.Product(h, Rows.Values(gate, _gate));
        }

        if (layer.NormAfterGate)
        {
            decoder = NormScales.Of(layer.DecoderNorm, scales?.Decoder, h);
            h = decoder?.Apply(h) ?? h;
        }

        if (layer.Side is { } function)
        {
            h = Rows.Beside(Rows.Product(Rows.Values(function, _sideA), _sideB), h, steps);
        }

        double[] y = layer.Mixing is { } mixing ? Rows.Map(mixing, h, steps) : h;
        y = layer.Residual ? Rows.Sum(y, x) : y;
        NormScales? between = null;
        if (layer.FeedForward is { } part)
        {
            between = NormScales.Of(part.Norm, scales?.FeedForward, y);
            _up = Rows.Map(part.Up, between?.Apply(y) ?? y, steps);
            y = Rows.Sum(Rows.Map(part.Down, Rows.Values(part.Function, _up), steps), y);
        }

        NormScales? post = NormScales.Of(layer.PostNorm, scales?.PostNorm, y);
        Output = post?.Apply(y) ?? y;
        Scales = new LayerScales { PreNorm = pre, Decoder = decoder, FeedForward = between, PostNorm = post };
    }

    /// <summary>The recurrence with its numbers.</summary>
    public SelectivePath Path { get; }

    /// <summary>The scales of the norms.</summary>
    public LayerScales Scales { get; }

    /// <summary>y, [time, width].</summary>
    public double[] Output { get; }

    /// <summary>Why a layer cannot be passed through here; null where it can.</summary>
    public static string? Refusal(LayerDescription layer) =>
        layer.Recurrence is ControlledRecurrence ? $"the layer \"{layer.Name}\" is a linear controlled differential equation, which has matrices in the place of gates"
        : layer.Recurrence is not SelectiveRecurrence ? $"the layer \"{layer.Name}\" has constant modes"
        : layer.Glu is not null ? $"the layer \"{layer.Name}\" has a gated linear unit behind its selective cells"
        : null;

    /// <summary>The derivative by the readouts, [time, readout], given that by the output. The scales of norms are held.</summary>
    /// <param name="derivative">[time, output].</param>
    /// <param name="mixed">The derivative by what the mixing sees, [time, mixed].</param>
    public double[] ReadoutDerivative(double[] derivative, out double[] mixed)
    {
        double[] dy = SumDerivative(derivative);
        mixed = dy;
        if (_layer.Mixing is { } mixing)
        {
            mixed = new double[_steps * mixing.Inputs];
            LinearAdjoint.Add(mixing, dy, mixed, _steps);
        }

        double[] dh = SequenceRows.Columns(mixed, _steps, _sideA.Length / _steps, _layer.Channels);
        dh = _layer.NormAfterGate ? Scales.Decoder?.Adjoint(dh) ?? dh : dh;
        dh = _layer.Gate is { } gate ? Rows.Product(dh, Rows.Values(gate, _gate)) : dh;
        dh = _layer.NormAfterGate ? dh : Scales.Decoder?.Adjoint(dh) ?? dh;
        return Rows.Product(dh, Rows.Slopes(_layer.Decoder, _readouts));
    }

    /// <summary>The derivative by the input, [time, width], given that by the output.</summary>
    /// <param name="derivative">[time, output].</param>
    /// <param name="valuesOnly">Whether all gates are held: those of the recurrence with its keys and queries, the gate stream, the gate of the side stream.</param>
    public double[] InputDerivative(double[] derivative, bool valuesOnly)
    {
        double[] readouts = ReadoutDerivative(derivative, out double[] mixed);
        double[] dv = Path.InputDerivative(readouts, valuesOnly);
        InputDescription input = _layer.Input;
        int rest = _convolved.Length / _steps;
        double[] dc = Rows.Product(SequenceRows.Columns(dv, _steps, 0, rest), Rows.Slopes(input.Activation, _convolved));
        dc = input.Convolution is { } convolution ? Rows.Transposed(convolution, dc) : dc;
        double[] projected = Rows.Beside(dc, SequenceRows.Columns(dv, _steps, rest, input.PassedWidth), _steps);
        projected = Rows.Beside(projected, valuesOnly ? new double[_gate.Length] : GateDerivative(mixed), _steps);
        int side = input.SideWidth / 2;
        if (side > 0)
        {
            double[] ds = SequenceRows.Columns(mixed, _steps, 0, side);
            double[] da = valuesOnly || _layer.Side is null ? new double[_sideA.Length] : Rows.Product(Rows.Product(ds, _sideB), Rows.Slopes(_layer.Side, _sideA));
            projected = Rows.Beside(projected, da, _steps);
            projected = Rows.Beside(projected, _layer.Side is null ? new double[_sideB.Length] : Rows.Product(ds, Rows.Values(_layer.Side, _sideA)), _steps);
        }

        double[] dn = projected;
        if (input.Projection is { } projection)
        {
            dn = new double[_steps * projection.Inputs];
            LinearAdjoint.Add(projection, projected, dn, _steps);
        }

        double[] dx = Scales.PreNorm?.Adjoint(dn) ?? dn;
        return _layer.Residual ? Rows.Sum(dx, SumDerivative(derivative)) : dx;
    }

    /// <summary>By the sum behind the residual, [time, output], given that by the output.</summary>
    private double[] SumDerivative(double[] derivative)
    {
        double[] dy = Scales.PostNorm?.Adjoint(derivative) ?? derivative;
        if (_layer.FeedForward is not { } part)
        {
            return dy;
        }

        var down = new double[_steps * part.Down.Inputs];
        LinearAdjoint.Add(part.Down, dy, down, _steps);
        var up = new double[_steps * part.Up.Inputs];
        LinearAdjoint.Add(part.Up, Rows.Product(down, Rows.Slopes(part.Function, _up)), up, _steps);
        return Rows.Sum(dy, Scales.FeedForward?.Adjoint(up) ?? up);
    }

    /// <summary>By the gate stream, [time, gate].</summary>
    private double[] GateDerivative(double[] mixed)
    {
        if (_layer.Gate is not { } gate)
        {
            return new double[_gate.Length];
        }

        double[] dh = SequenceRows.Columns(mixed, _steps, _sideA.Length / _steps, _layer.Channels);
        dh = _layer.NormAfterGate ? Scales.Decoder?.Adjoint(dh) ?? dh : dh;
        return Rows.Product(Rows.Product(dh, _ungated), Rows.Slopes(gate, _gate));
    }
}
