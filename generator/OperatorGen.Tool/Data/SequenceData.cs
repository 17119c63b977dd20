using System;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Import;

namespace OperatorGen.Tool.Data;

/// <summary>
/// One split of a data file: safetensors with <c>x_train</c>, <c>x_test</c> of shape (n, length, channels) or (n, length), of any number
/// type; optional <c>y_train</c>, <c>y_test</c> (n), labels from 0; optional <c>len_train</c>, <c>len_test</c> (n) where sequences are padded at the
/// end. Values are raw: a model's own input scaling is applied when they are fed. Other tensors (<c>lo_hi</c>) are ignored. The file's
/// bytes stay as they are; a sample is widened when it is asked for.
/// </summary>
internal sealed class SequenceData
{
    private readonly SafetensorsTensor _x;
    private readonly double[]? _labels;
    private readonly double[]? _lengths;
    private TokenEmbedding? _embedding;

    private SequenceData(string path, string split, bool choice, string hash, SafetensorsFile file)
    {
        Path = path;
        Split = split;
        Hash = hash;
        Name = System.IO.Path.GetFileNameWithoutExtension(path);
        string other = split == "test" ? "train" : "test";
        _x = file.Find("x_" + split) ?? throw new UnusableInputException(
            $"{path} has no tensor 'x_{split}'; it has {string.Join(", ", file.Tensors.Select(tensor => VisibleText.Of(tensor.ToString())).Order(StringComparer.Ordinal))}. {(file.Find("x_" + other) is null || !choice
                ? "A data file holds x_train and x_test of shape (n, length, channels) or (n, length)."
                : $"--split {other} takes 'x_{other}'.")}");
        if (_x.Shape.Count is not (2 or 3) || _x.Shape.Contains(0))
        {
            throw new UnusableInputException($"{path}: {_x} is no set of sequences; the shape (n, length, channels) or (n, length) is expected, every size at least 1.");
        }

        _labels = PerSequence(file, "y_" + split, int.MaxValue, "a label, a whole number from 0");
        _lengths = PerSequence(file, "len_" + split, Length, $"a length from 1 to {Length}");
        if (_lengths is not null && Array.FindIndex(_lengths, length => length < 1) is int empty and >= 0)
        {
            throw new UnusableInputException($"{path}: element {empty} of len_{split} is 0; a length from 1 to {Length} is expected.");
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public string Split { get; }

    /// <summary>The file's name without folder and ending.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The number of sequences.</summary>
    public int Count => _x.Shape[0];

    /// <summary>The length of the padded sequences.</summary>
    public int Length => _x.Shape[1];

    /// <summary>Numbers per time step.</summary>
    public int Channels => _embedding?.Weight.Shape[1] ?? StoredChannels;

    private int StoredChannels => _x.Shape.Count == 2 ? 1 : _x.Shape[2];

    /// <summary>Whether there are labels.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>Reads a split.</summary>
    /// <param name="path">The file.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    /// <param name="choice">Whether the command has <c>--split</c>.</param>
    /// <exception cref="UnusableInputException">The file is missing, is no safetensors file, or its tensors are not as a data file has them.</exception>
    public static SequenceData Load(string path, string split, bool choice = false)
    {
        Checkpoint file = Checkpoint.Read(path, "a data file");
        return new SequenceData(path, split, choice, file.Sha256, file.File);
    }

    /// <summary>Makes sure that a model can be fed.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="UnusableInputException">The sequences have another number of channels, a number is no token, or one has a length that the model has no meaning for.</exception>
    public void Require(SequenceModel model)
    {
        if (model.Embedding is { } embedding)
        {
            RequireTokens(embedding.Vocabulary);
        }

        Require(model.SampleWidth, model.Length);
    }

    /// <summary>Exchanges the tokens, which the sequences are, for their rows of an embedding.</summary>
    /// <param name="embedding">The embedding.</param>
    public SequenceData Embedded(TokenEmbedding embedding)
    {
        _embedding = embedding;
        return this;
    }

    /// <summary>Makes sure that all numbers are tokens.</summary>
    /// <param name="vocabulary">How many tokens there are.</param>
    /// <exception cref="UnusableInputException">A number is no token.</exception>
    private void RequireTokens(int vocabulary)
    {
        if (StoredChannels != 1)
        {
            throw new UnusableInputException($"{Path}: {_x} has {CountText.Of(StoredChannels, "number")} per time step, but the model takes tokens: the shape (n, length) is expected, an id each.");
        }

        for (int i = 0; i < Count; i++)
        {
            double[] sample = Stored(i);
            int wrong = Array.FindIndex(sample, token => !(token >= 0 && token < vocabulary && token == Math.Floor(token)));
            if (wrong >= 0)
            {
                throw new UnusableInputException($"{Path}: x_{Split} has {NumberText.Format(sample[wrong])} in sequence {i}, time step {wrong}; a token is a whole number from 0 to {vocabulary - 1}.");
            }
        }
    }

    /// <summary>A sequence without its padding, as stored, [time, channel]; of tokens their rows of the embedding.</summary>
    /// <param name="index">The sequence, from 0.</param>
    /// <exception cref="UnusableInputException">There is no such sequence, or a number of it is not finite.</exception>
    public double[] Sample(int index)
    {
        double[] values = Stored(index);
        return _embedding is null ? values : [.. values.SelectMany(token => _embedding.Weight.Values.Slice((int)token * Channels, Channels).ToArray())];
    }

    /// <summary>A sequence without its padding, as stored, [time, channel]; of tokens their ids, [time].</summary>
    /// <param name="index">The sequence, from 0.</param>
    /// <exception cref="UnusableInputException">There is no such sequence, or a number of it is not finite.</exception>
    public double[] Stored(int index)
    {
        Check(index);
        var values = new double[Steps(index) * StoredChannels];
        Checkpoint.Reading(Path, () =>
        {
            _x.CopyTo(index * Length * StoredChannels, values);
            return values;
        });
        int wrong = Array.FindIndex(values, value => !double.IsFinite(value));
        return wrong < 0
            ? values
            : throw new UnusableInputException($"{Path}: x_{Split} is not finite in sequence {index}, time step {wrong / StoredChannels}, channel {wrong % StoredChannels}; every number that is fed must be finite.");
    }

    /// <summary>The label of a sequence.</summary>
    /// <param name="index">The sequence, from 0.</param>
    /// <exception cref="UnusableInputException">There is no such sequence, or there are no labels.</exception>
    public int Label(int index)
    {
        Check(index);
        return _labels is null ? throw new UnusableInputException($"{Path} has no tensor 'y_{Split}'.") : (int)_labels[index];
    }

    /// <summary>Makes sure that a model can be fed.</summary>
    /// <param name="inputWidth">The model's input channels.</param>
    /// <param name="length">The lengths that the model has a meaning for; null: any.</param>
    /// <exception cref="UnusableInputException">The sequences have another number of channels, or one has a length that the model has no meaning for.</exception>
    public void Require(int inputWidth, SequenceLength? length)
    {
        if (Channels != inputWidth)
        {
            throw new UnusableInputException($"{Path}: {_x} has {CountText.Of(Channels, "number")} per time step, but the model's input has {inputWidth}: {(_x.Shape.Count == 3 && Length == inputWidth
                ? "the shape is (n, length, channels), so exchange the last two axes."
                : "give data of that width.")}");
        }

        int wrong = length is null ? -1 : Enumerable.Range(0, Count).FirstOrDefault(i => !length.Allows(Steps(i)), -1);
        if (wrong >= 0)
        {
            throw new UnusableInputException($"{Path}: sequence {wrong} of x_{Split} has {CountText.Of(Steps(wrong), "time step")}, but the model has a meaning for sequences of {length} only: cut or choose the data accordingly.");
        }
    }

    /// <summary>Makes sure that labels are classes of a model.</summary>
    /// <param name="classes">The model's number of scores.</param>
    /// <exception cref="UnusableInputException">A label is beyond the scores.</exception>
    public void RequireLabelsBelow(int classes)
    {
        int wrong = _labels is null ? -1 : Array.FindIndex(_labels, label => label >= classes);
        if (wrong >= 0)
        {
            throw new UnusableInputException($"{Path}: element {wrong} of y_{Split} is {(int)_labels![wrong]}, but the model has {CountText.Of(classes, "score")}, classes 0 to {classes - 1}.");
        }
    }

    private int Steps(int index) => _lengths is null ? Length : (int)_lengths[index];

    private void Check(int index)
    {
        if (index < 0 || index >= Count)
        {
            throw new UnusableInputException($"{Path}: x_{Split} has {CountText.Of(Count, "sequence")}, 0 to {Count - 1}; there is no sequence {index}.");
        }
    }

    /// <summary>One whole number per sequence; null where the file has no such tensor.</summary>
    private double[]? PerSequence(SafetensorsFile file, string name, int greatest, string expected)
    {
        if (file.Find(name) is not { } tensor)
        {
            return null;
        }

        if (tensor.Shape.Count != 1 || tensor.Shape[0] != Count)
        {
            throw new UnusableInputException($"{Path}: {tensor} does not fit {_x}; the shape [{Count}] is expected, one number per sequence.");
        }

        double[] values = Checkpoint.Reading(Path, tensor.ToDoubles);
        int wrong = Array.FindIndex(values, value => !(value >= 0 && value <= greatest && value == Math.Floor(value)));
        return wrong < 0
            ? values
            : throw new UnusableInputException($"{Path}: element {wrong} of {name} is {values[wrong].ToString(System.Globalization.CultureInfo.InvariantCulture)}; {expected} is expected.");
    }
}
