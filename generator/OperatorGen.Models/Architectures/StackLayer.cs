using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// A layer of <see cref="StackArchitecture"/>, and what it becomes of the parts that all models have:
/// <list type="bullet">
/// <item>a read before the update is a read after the update of modes whose input comes one time step later: a convolution with the taps (1, 0);</item>
/// <item>D x_t is a sum of modes with eigenvalue 0, one per input, whose state is x_t; b_1 is one more, whose input is 1;</item>
/// <item>W_1 is multiplied into C and D.</item>
/// </list>
/// </summary>
internal sealed class StackLayer
{
    /// <summary>The tensor that every layer has.</summary>
    public const string Eigenvalue = "eigenvalue";

    /// <summary>The read order of a state after its update.</summary>
    public const string After = "after";

    private const string InputWeight = "input", OutputWeight = "output", Skip = "skip", First = "linear1", Second = "linear2", Bias = First + ".bias";
    private const string Before = "before";

    private static readonly double[] s_before = [1, 0];
    private static readonly double[] s_present = [0, 1];

    private readonly ArchitectureReading _reading;
    private readonly string _prefix;
    private readonly Tensor? _eigenvalue, _input, _output, _skip, _first, _bias;
    private readonly LinearTensors? _second;
    private readonly DecoderFunction _decoder;
    private readonly double _gamma;
    private readonly bool _before, _residual;
    private readonly int _width, _modes;

    private StackLayer(ArchitectureReading reading, int index, int width)
    {
        (_reading, _prefix, _width) = (reading, Prefix(index), width);
        TensorTable tensors = reading.Tensors;
        _modes = Axis(Eigenvalue, 0, 1) ?? TensorTable.AnySize;
        _eigenvalue = tensors.TakeRealOrComplex(_prefix + Eigenvalue, _modes);
        _input = tensors.TakeRealOrComplex(_prefix + InputWeight, _modes, width);
        int readouts = Axis(OutputWeight, 0, 2) ?? TensorTable.AnySize;
        _output = tensors.TakeRealOrComplex(_prefix + OutputWeight, readouts, _modes);
        _skip = tensors.TakeIfPresent(_prefix + Skip, readouts, width);
        _first = tensors.TakeIfPresent(_prefix + First + ".weight", TensorTable.AnySize, readouts);
        int units = _first?.Shape[0] ?? (tensors.Has(_prefix + First + ".weight") ? TensorTable.AnySize : readouts);
        _bias = tensors.TakeIfPresent(_prefix + Bias, units);
        _second = StackArchitecture.Linear(reading, _prefix + Second, TensorTable.AnySize, units);
        OutputWidth = _second?.Weight!.Shape[0] ?? (tensors.Has(_prefix + Second + ".weight") ? TensorTable.AnySize : units);

        HyperTable hyper = reading.Hyper;
        _decoder = hyper.Decoder(Named("decoder"));
        _gamma = hyper.Number(Named("gamma"), 1, value => value is 1 or 2, "1, or 2 where every mode is one of a conjugate pair");
        _before = hyper.OneOf(Named("read"), After, After, Before) == Before;
        _residual = hyper.Flag(Named("residual")) ?? false;
        CheckSizes();
        if (_residual && width != TensorTable.AnySize && OutputWidth != TensorTable.AnySize && OutputWidth != width)
        {
            reading.Contradiction(Invariant($"Layer {index} has {CountText.Of(width, "input")} and {CountText.Of(OutputWidth, "output")}, and a residual adds one to the other: 'residual' needs as many outputs as inputs."), Named("residual"));
        }

        int? Axis(string name, int axis, int rank) => tensors.Axis(_prefix + name, axis, rank) ?? tensors.Axis(_prefix + name, axis, rank + 1);

        // A setting of this layer, where there is one, else of all layers.
        string Named(string name) => hyper.Find(_prefix + name) is null ? name : _prefix + name;
    }

    /// <summary>The width of its output; <see cref="TensorTable.AnySize"/> where that is not known.</summary>
    public int OutputWidth { get; }

    // The modes of the file, then one for each input that D multiplies, then one for b_1.
    private int AllModes => _modes + (_skip is null ? 0 : _width) + (_bias is null ? 0 : 1);

    // The modes take x, then (from Present on) the x that D multiplies where theirs comes later, then (at One) the 1 that b_1 multiplies.
    private int Present => _before && _skip is not null ? _width : 0;

    private int One => Present + _width;

    private int Inputs => One + (_bias is null ? 0 : 1);

    /// <summary>What the names of a layer's tensors and hyperparameters begin with.</summary>
    public static string Prefix(int layer) => Invariant($"layers.{layer}.");

    /// <summary>The width of a layer's input; <see cref="TensorTable.AnySize"/> where that is not known.</summary>
    public static int InputWidth(ArchitectureReading reading, int layer) =>
        reading.Tensors.Axis(Prefix(layer) + InputWeight, 1, 2) ?? reading.Tensors.Axis(Prefix(layer) + InputWeight, 1, 3) ?? TensorTable.AnySize;

    /// <summary>Takes the tensors and hyperparameters of a layer.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="index">The layer, from 0.</param>
    /// <param name="width">The width of its input.</param>
    public static StackLayer Read(ArchitectureReading reading, int index, int width) => new(reading, index, width);

    /// <summary>Where a layer keeps its modes, if it has none that its file does not list.</summary>
    public static IEnumerable<ModeTensor> Storage(int layer) =>
    [
        new(Prefix(layer) + Eigenvalue, layer, 0, null, false),
        new(Prefix(layer) + InputWeight, layer, 0, null, false),
        new(Prefix(layer) + OutputWeight, layer, 1, null, true),
    ];

    /// <summary>Whether a tensor becomes modes that the file does not list.</summary>
    public static bool NeedsModesOfItsOwn(string tensor) =>
        tensor.StartsWith("layers.", StringComparison.Ordinal) && (tensor.EndsWith("." + Skip, StringComparison.Ordinal) || tensor.EndsWith("." + Bias, StringComparison.Ordinal));

    /// <summary>Makes the layer. Call only when no error was found.</summary>
    public Layer ToLayer()
    {
        Field field = Array.TrueForAll([_eigenvalue!, _input!, _output!], IsReal) ? Field.Real : Field.Complex;
        int inputs = Inputs;
        int all = AllModes;
        int units = _first?.Shape[0] ?? _output!.Shape[0];
        var cell = new SharedModes(
            inputs,
            all,
            units,
            field,
            DiscretizationRule.None,
            Derived(field, () => Numbers(_eigenvalue!, all, 1, 1), [all], _eigenvalue),
            new Tensor(EquatableArray.Of(1), [1.0]),
            Derived(field, () => Drive(all, inputs), [all, inputs], _input),
            Derived(field, () => Reads(all, units), [units, all], _output, _skip, _first, _bias),
            _gamma);
        Stability.Check(_reading, cell, _prefix + Eigenvalue);
        return new Layer(_prefix.TrimEnd('.'), _width, null, Stage(inputs), cell, new Decoder { Activation = _decoder, Mixing = _second?.ToLinear() }, _residual, null);
    }

    /// <summary>What comes before the modes: their input, delayed where they are read before the update; then x and 1 for those that are not in the file.</summary>
    private InputStage Stage(int inputs)
    {
        CausalConvolution? delay = _before ? Delay(inputs) : null;
        if (inputs == _width)
        {
            return delay is null ? InputStage.None : new InputStage(null, 0, delay, DecoderFunctions.Identity);
        }

        var copies = new double[inputs * _width];
        for (int i = 0; i < One; i++)
        {
            copies[(i * _width) + (i % _width)] = 1;
        }

        Tensor? shift = _bias is null ? null : new Tensor(EquatableArray.Of(inputs), [.. Enumerable.Repeat(0.0, inputs - 1), 1]);
        var projection = new Linear(_width, inputs, new Tensor(EquatableArray.Of(inputs, _width), copies), shift);
        return new InputStage(projection, 0, delay, DecoderFunctions.Identity);
    }

    /// <summary>Taps (1, 0) for the modes' input, which comes one time step later, and (0, 1) for what is behind it.</summary>
    private CausalConvolution Delay(int inputs) => new(
        inputs,
        2,
        new Tensor(EquatableArray.Of(inputs, 2), [.. Enumerable.Range(0, inputs).SelectMany(i => i < _width ? s_before : s_present)]),
        null,
        null);

    // B, and 1 where a mode that is not in the file takes its input.
    private Complexes Drive(int all, int inputs)
    {
        Complexes drive = Numbers(_input!, all, inputs, _width);
        for (int m = _modes; m < all; m++)
        {
            drive.Re[(m * inputs) + (_skip is null || m - _modes >= _width ? One : Present + m - _modes)] = 1;
        }

        return drive;
    }

    // W_1 C, then W_1 D and b_1 without gamma, which multiplies all modes.
    private Complexes Reads(int all, int units)
    {
        int readouts = _output!.Shape[0];
        Complexes c = Numbers(_output, readouts, all, _modes);
        for (int r = 0; r < readouts && _skip is not null; r++)
        {
            for (int i = 0; i < _width; i++)
            {
                c.Re[(r * all) + _modes + i] = _skip.Values[(r * _width) + i] / _gamma;
            }
        }

        Complexes reads = _first is null ? c : new(Product(c.Re), Product(c.Im));
        for (int u = 0; u < units && _bias is not null; u++)
        {
            reads.Re[(u * all) + all - 1] = _bias.Values[u] / _gamma;
        }

        return reads;

        double[] Product(double[] right)
        {
            ReadOnlySpan<double> left = _first.Values;
            var product = new double[units * all];
            for (int u = 0; u < units; u++)
            {
                _reading.Cancellation.ThrowIfCancellationRequested();
                for (int r = 0; r < readouts; r++)
                {
                    double factor = left[(u * readouts) + r];
                    for (int m = 0; m < all && factor != 0; m++)
                    {
                        product[(u * all) + m] += factor * right[(r * all) + m];
                    }
                }
            }

            return product;
        }
    }

    // The rows of a tensor of real or complex numbers, of so many numbers each, at the upper left of a larger table; 0 elsewhere.
    private static Complexes Numbers(Tensor tensor, int rows, int columns, int rowLength)
    {
        var numbers = new Complexes(new double[rows * columns], new double[rows * columns]);
        ReadOnlySpan<double> values = tensor.Values;
        int parts = IsComplex(tensor) ? 2 : 1;
        for (int k = 0; k < values.Length / parts; k++)
        {
            int at = (k / rowLength * columns) + (k % rowLength);
            numbers.Re[at] = values[k * parts];
            numbers.Im[at] = parts == 2 ? values[(k * parts) + 1] : 0;
        }

        return numbers;
    }

    private static Tensor Derived(Field field, Func<Complexes> numbers, int[] shape, params Tensor?[] sources) => field == Field.Real
        ? Tensor.Derived(shape.ToEquatableArray(), () => numbers().Re, sources)
        : Tensor.Derived(shape.Append(2).ToEquatableArray(), () => numbers().Interleaved(), sources);

    // A complex tensor of this layer has one more axis; its name tells its rank without it.
    private static bool IsComplex(Tensor tensor) => tensor.Shape.Count == (tensor.Name!.EndsWith(Eigenvalue, StringComparison.Ordinal) ? 2 : 3);

    // Where no number may decide, the shape does.
    private bool IsReal(Tensor tensor)
    {
        if (_reading.ByShapes)
        {
            return !IsComplex(tensor);
        }

        for (int i = 1; i < tensor.Count && IsComplex(tensor); i += 2)
        {
            if (tensor.Values[i] != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>D and b_1 become modes and inputs of their own, so that small tensors may ask for large ones.</summary>
    private void CheckSizes()
    {
        if (_modes == TensorTable.AnySize || _width == TensorTable.AnySize || (_skip is null && _bias is null))
        {
            return;
        }

        _reading.CheckState((_prefix + "modes, with those of D and b_1", AllModes), (_prefix + "inputs, with those of D and b_1", Inputs));
    }

    private readonly record struct Complexes(double[] Re, double[] Im)
    {
        public double[] Interleaved() => ParameterMath.Interleaved(Re, Im);
    }
}
