using System.Text.Json;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Reads flat arrays of numbers: a JSON number is a double, a string an exact rational or the name of a symbol.</summary>
internal sealed class ValueReader(JsonSource source)
{
    private const string Expected = "a number, or a string with a rational ('1/3') or a symbol ('alpha')";

    /// <summary>The values of a tensor; null where there is a fault.</summary>
    public Tensor? ReadTensor(JsonItem array, EquatableArray<int> shape, string name)
    {
        if (array.Kind != JsonKind.Array)
        {
            source.Wrong($"The values of tensor '{name}'", array, "a flat array of numbers and strings");
            return null;
        }

        int count = Count(array);
        if (count != Tensor.Volume(shape))
        {
            source.Faults.Add(FileFaults.MalformedTensorData(name, Invariant($"the shape {Tensor.ShapeText(shape)} needs {CountText.Of(Tensor.Volume(shape), "value")}, but there are {count}"), source.Places.Of(array)));
            return null;
        }

        return Read(array, shape, $"tensor '{name}'");
    }

    /// <summary>A list whose length is not known beforehand; null where there is a fault.</summary>
    /// <param name="array">What the key holds.</param>
    /// <param name="what">The key in the words of a message.</param>
    public Tensor? ReadList(JsonItem array, string what)
    {
        if (array.Kind != JsonKind.Array)
        {
            source.Wrong(what, array, "an array of numbers");
            return null;
        }

        int count = Count(array);
        if (count > ModelFileFormat.MaxListLength)
        {
            source.Faults.Add(FileFaults.TooLarge(what, Invariant($"{count} entries"), Invariant($"{ModelFileFormat.MaxListLength} entries"), source.Places.Of(array)));
            return null;
        }

        return Read(array, EquatableArray.Of(count), what);
    }

    private Tensor? Read(JsonItem array, EquatableArray<int> shape, string owner)
    {
        var values = new double[Tensor.Volume(shape)];
        Scalar[]? exact = null;
        bool complete = true;
        var reader = new Utf8JsonReader(source.Span(array), new JsonReaderOptions { MaxDepth = JsonOutline.MaxDepth });
        reader.Read();
        for (int i = 0; i < values.Length && !source.Faults.IsFull(FaultKinds.WrongValue) && !source.Faults.IsFull(FaultKinds.NotFinite); i++)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number)
            {
                values[i] = JsonSource.Parse(reader.ValueSpan);
                complete &= IsFinite(values[i], reader, i);
            }
            else if (reader.TokenType == JsonTokenType.String && InlineText.TryParseScalar(reader.GetString(), out Scalar scalar))
            {
                exact ??= new Scalar[values.Length];
                exact[i] = scalar;
                values[i] = scalar.ToDouble();
                complete &= scalar.IsSymbol || IsFinite(values[i], reader, i);
            }
            else
            {
                JsonItem item = ItemOf(ref reader, array);
                source.Wrong($"Element {Shapes.IndexText(shape, i)} of {owner}", item, Expected);
                complete = false;
            }
        }

        return !complete ? null : exact is null ? new Tensor(shape, values) : new Tensor(shape, Complete(exact, values));

        bool IsFinite(double value, in Utf8JsonReader at, int position)
        {
            if (!double.IsNaN(value) && !double.IsInfinity(value))
            {
                return true;
            }

            int start = array.Start + (int)at.TokenStartIndex;
            source.Faults.Add(FileFaults.NotFinite(owner, Shapes.IndexText(shape, position), "beyond the range of a double", 0, source.Places.At(start, array.Start + (int)at.BytesConsumed)));
            return false;
        }
    }

    /// <summary>Puts the doubles beside the rationals and symbols.</summary>
    private static Scalar[] Complete(Scalar[] exact, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (exact[i].Kind == ScalarKind.Double)
            {
                exact[i] = values[i];
            }
        }

        return exact;
    }

    private int Count(JsonItem array)
    {
        int count = 0;
        var reader = new Utf8JsonReader(source.Span(array), new JsonReaderOptions { MaxDepth = JsonOutline.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            if ((++count & 0xFFFF) == 0)
            {
                source.Cancellation.ThrowIfCancellationRequested();
            }
        }

        return count;
    }

    private static JsonItem ItemOf(ref Utf8JsonReader reader, JsonItem array)
    {
        int start = (int)reader.TokenStartIndex;
        JsonKind kind = JsonOutline.KindOf(reader.TokenType);
        reader.Skip();
        return new JsonItem(kind, array.Start + start, array.Start + (int)reader.BytesConsumed, []);
    }
}
