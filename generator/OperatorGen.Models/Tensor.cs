using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// Numbers in a row-major box: doubles, and beside them the exact rationals and symbols that a declaration may hold.
/// Immutable; equal when shape and every element are (by a hash computed once, since weights are megabytes).
/// </summary>
public sealed class Tensor : IEquatable<Tensor>
{
    private readonly double[]? _values; // null: only the shape is known
    private readonly Scalar[]? _exact;
    private string? _hash;

    /// <summary>Makes a tensor of doubles. The array is taken as it is and must not be written afterwards.</summary>
    /// <param name="shape">The sizes of the axes, outermost first.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <exception cref="ArgumentException">The number of elements is not the product of the shape.</exception>
    public Tensor(EquatableArray<int> shape, double[] values)
    {
        if (Volume(shape) != values.Length)
        {
            throw new ArgumentException($"A tensor of shape {ShapeText(shape)} has {Volume(shape)} elements, but {values.Length} were given.", nameof(values));
        }

        Shape = shape;
        _values = values;
    }

    /// <summary>Makes a tensor whose elements may be rationals or symbols.</summary>
    /// <param name="shape">The sizes of the axes, outermost first.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <exception cref="ArgumentException">The number of elements is not the product of the shape.</exception>
    public Tensor(EquatableArray<int> shape, Scalar[] values)
        : this(shape, values.Select(v => v.ToDouble()).ToArray())
    {
        if (values.Any(v => v.Kind != ScalarKind.Double))
        {
            _exact = values;
        }
    }

    private Tensor(EquatableArray<int> shape, double[]? values, Scalar[]? exact)
    {
        Shape = shape;
        (_values, _exact) = (values, exact);
    }

    /// <summary>A tensor whose numbers are not known where the model is compiled: they come from a file at run time.</summary>
    /// <param name="shape">The sizes of the axes, outermost first.</param>
    public static Tensor OfShape(EquatableArray<int> shape) => new(shape, null, null);

    /// <summary>A tensor that is computed from others; only its shape, where only the shape of one of these is known.</summary>
    /// <param name="shape">The sizes of the axes, outermost first.</param>
    /// <param name="values">Computes the elements, row-major.</param>
    /// <param name="sources">The tensors that it is computed from; null: there is no such.</param>
    public static Tensor Derived(EquatableArray<int> shape, Func<double[]> values, params Tensor?[] sources) =>
        (Array.TrueForAll(sources, source => source is null or { HasNumbers: true }) ? new Tensor(shape, values()) : OfShape(shape)).From(sources);

    /// <summary>Whether the elements are known; false: only the shape is.</summary>
    public bool HasNumbers => _values is not null;

    /// <summary>The format that the elements have in a file of weights; null: that of the generated code. Part of equality only where the numbers are not known.</summary>
    public WeightFormat? Format { get; init; }

    /// <summary>
    /// Upstream's names of the tensors that the numbers come from; null where there are none. For documentation only and no part of equality: an architecture
    /// gives the same part of a model the same name.
    /// </summary>
    public string? Name { get; private init; }

    /// <summary>The sizes of the axes, outermost first.</summary>
    public EquatableArray<int> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Count => _values?.Length ?? Volume(Shape);

    /// <summary>The elements as doubles, row-major: rationals rounded to the nearest, symbols as not-a-number.</summary>
    /// <exception cref="NumbersNeededException">Only the shape is known.</exception>
    public ReadOnlySpan<double> Values => _values ?? throw new NumbersNeededException(Name);

    /// <summary>True when no element is a symbol, so that the model can be evaluated.</summary>
    public bool IsNumeric => _exact is null || !_exact.Any(v => v.IsSymbol);

    /// <summary>The element at a row-major position, exactly as declared.</summary>
    /// <exception cref="NumbersNeededException">Only the shape is known.</exception>
    public Scalar this[int index] => _exact is null ? Values[index] : _exact[index];

    /// <summary>The same elements in another shape.</summary>
    /// <param name="shape">The sizes of the axes, outermost first; the same product.</param>
    /// <exception cref="ArgumentException">The number of elements is not the product of the shape.</exception>
    public Tensor WithShape(EquatableArray<int> shape) => Volume(shape) == Count
        ? new(shape, _values, _exact) { Name = Name, Format = Format }
        : throw new ArgumentException($"A tensor of {Count} elements has no shape {ShapeText(shape)}.", nameof(shape));

    /// <summary>The same tensor, made of upstream's tensor of a name.</summary>
    public Tensor Named(string? name) => new(Shape, _values, _exact) { Name = name, Format = Format, _hash = HashOfNumbers };

    /// <summary>The same tensor with a format in a file of weights.</summary>
    public Tensor WithFormat(WeightFormat? format) => new(Shape, _values, _exact) { Name = Name, Format = format, _hash = HashOfNumbers };

    /// <summary>The same tensor, made of others.</summary>
    /// <param name="sources">The tensors that it was computed from.</param>
    public Tensor From(params Tensor?[] sources)
    {
        WeightFormat?[] formats = [.. sources.OfType<Tensor>().Select(source => source.Format).Distinct()];
        return new(Shape, _values, _exact) { Name = NamesOf(sources), Format = formats.Length == 1 ? formats[0] : null, _hash = HashOfNumbers };
    }

    /// <summary>The names of tensors, each once; null where there are none.</summary>
    public static string? NamesOf(params Tensor?[] tensors) =>
        string.Join(", ", tensors.Select(tensor => tensor?.Name).OfType<string>().SelectMany(name => name.Split([", "], StringSplitOptions.None)).Distinct()) is { Length: > 0 } names ? names : null;

    /// <summary>The product of the sizes; throws <see cref="OverflowException"/> where it passes 2^31.</summary>
    public static int Volume(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>A shape as text: <c>[64, 16, 2]</c>.</summary>
    public static string ShapeText(IEnumerable<int> shape) => "[" + string.Join(", ", shape.Select(NumberTextOf)) + "]";

    /// <summary>SHA-256 of shape and elements; where only the shape is known, of shape, name and format.</summary>
    public string Hash => _hash ??= ComputeHash();

    /// <inheritdoc/>
    public bool Equals(Tensor? other) => other is not null && (ReferenceEquals(this, other) || Hash == other.Hash);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Tensor);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Count * 31) + Hash[0] + (Hash[1] << 8) + (Hash[2] << 16) + (Hash[3] << 24));

    /// <inheritdoc/>
    public override string ToString() => "Tensor " + ShapeText(Shape);

    /// <summary>The hash, where it is known and depends on neither name nor format.</summary>
    private string? HashOfNumbers => HasNumbers ? _hash : null;

    private static string NumberTextOf(int size) => size.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string ComputeHash()
    {
        ContentHash hash = new ContentHash().Add(Shape.Count);
        foreach (int size in Shape)
        {
            hash.Add(size);
        }

        if (_values is null)
        {
            return hash.Add("without numbers").Add(Name).Add(Format is { } format ? (int)format : -1).ToHexString();
        }

        hash.Add(_values);
        foreach (Scalar scalar in _exact ?? [])
        {
            hash.Add((int)scalar.Kind).Add(scalar.IsNegated ? "-" + scalar.Symbol : scalar.Symbol);
            hash.Add(scalar.Kind == ScalarKind.Rational ? scalar.Rational.ToString() : null);
        }

        return hash.ToHexString();
    }
}
