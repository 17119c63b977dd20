using System;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Import;

namespace OperatorGen.Tool.Predictions;

/// <summary>Computed outputs beside expected ones. Differences are relative to the greatest finite |expected| of all sequences.</summary>
internal sealed class PredictionComparison
{
    private readonly double[] _expected;
    private readonly int _perSequence;
    private readonly int _width;
    private readonly double _scale;
    private readonly double _tolerance;
    private double _greatest;
    private int _disagreeing;
    private string? _first;

    private PredictionComparison(double[] expected, int sequences, int width, double tolerance)
    {
        _expected = expected;
        _perSequence = expected.Length / sequences;
        _width = width;
        _scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        _tolerance = tolerance;
    }

    /// <summary>Reads expected outputs: <c>out_test</c> of shape [sequence, output], or [sequence, time, output] where the model does not pool; one output may have no axis.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">The sequences.</param>
    /// <param name="tolerance">The greatest relative difference; null: by the precision.</param>
    /// <param name="precision">The precision of the computing code.</param>
    /// <exception cref="UnusableInputException">There is no such tensor, or it does not fit.</exception>
    public static PredictionComparison Load(string path, SequenceModel model, SequenceData data, double? tolerance, Precision precision)
    {
        SafetensorsFile file = Checkpoint.Read(path, "a file of expected outputs").File;
        string name = "out_" + data.Split;
        SafetensorsTensor tensor = file.Find(name) ?? throw new UnusableInputException(
            $"{path} has no tensor '{name}'; it has {string.Join(", ", file.Tensors.Select(each => VisibleText.Of(each.ToString())).Order(StringComparer.Ordinal))}. The outputs that are compared with are called {name}.");
        int[] shape = model.Pooling == Pooling.None ? [data.Count, data.Length, model.OutputWidth] : [data.Count, model.OutputWidth];
        if (!tensor.Shape.SequenceEqual(shape) && !(model.OutputWidth == 1 && tensor.Shape.SequenceEqual(shape[..^1])))
        {
            throw new UnusableInputException($"{path}: {tensor} is not what the model gives for x_{data.Split}; the shape {Tensor.ShapeText(shape.ToEquatableArray())} is expected, {(shape.Length == 3 ? "[sequence, time, output]" : "[sequence, output]")}.");
        }

        bool isDouble = precision == Precision.Double && tensor.DType == SafetensorsDType.F64;
        return new PredictionComparison(Checkpoint.Reading(path, tensor.ToDoubles), data.Count, model.OutputWidth, tolerance ?? (isDouble ? Tolerances.Double : Tolerances.Single));
    }

    /// <summary>Compares one sequence.</summary>
    /// <param name="sequence">Which, from 0, in order.</param>
    /// <param name="computed">Its outputs; where sequences are padded, those of its own steps.</param>
    public void Add(int sequence, double[] computed)
    {
        int worst = -1;
        double greatest = 0;
        for (int i = 0; i < computed.Length; i++)
        {
            double difference = Difference(_expected[(sequence * _perSequence) + i], computed[i]);
            if (difference > greatest)
            {
                (worst, greatest) = (i, difference);
            }
        }

        _greatest = Math.Max(_greatest, greatest);
        if (greatest > _tolerance * _scale)
        {
            _disagreeing++;
            _first ??= $"{Number(sequence)}{(_perSequence > _width ? $", time step {Number(worst / _width)}" : "")}, output {Number(worst % _width)}: "
                + $"computed {NumberText.Format(computed[worst])}, expected {NumberText.Format(_expected[(sequence * _perSequence) + worst])}";
        }
    }

    /// <summary>Writes the result; true where all sequences agree.</summary>
    public bool Report(TextWriter output)
    {
        double relative = _greatest == 0 ? 0 : _greatest / _scale;
        output.WriteLine($"max_abs={NumberText.Format(_greatest, 3)} max_rel={NumberText.Format(relative, 3)} tolerance={NumberText.Format(_tolerance)} {(_disagreeing == 0 ? "PASS" : "FAIL")}");
        if (_first is not null)
        {
            output.WriteLine($"{CountText.Of(_disagreeing, "sequence")} disagree{(_disagreeing == 1 ? "s" : "")}; the first is {_first}");
        }

        return _disagreeing == 0;
    }

    /// <summary>|a - b|; infinite where one side alone is not finite, or they are infinities of different sign.</summary>
    private static double Difference(double expected, double computed) => expected.Equals(computed) ? 0
        : double.IsFinite(expected) && double.IsFinite(computed) ? Math.Abs(expected - computed)
        : double.PositiveInfinity;

    private static string Number(int value) => NumberText.Format((long)value);
}
