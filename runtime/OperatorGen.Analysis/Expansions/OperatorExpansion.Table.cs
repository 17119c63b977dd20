using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <content>Expansions as tables of numbers, which is how generated code carries fitted polynomials.</content>
public sealed partial class OperatorExpansion
{
    /// <summary>
    /// The polynomials as one row of 4 P + 1 numbers per argument, P the order: alpha_0..P-1, beta_0..P-1, scale_0..P-1 of the basis'
    /// three-term recurrence, then the coefficients a_0..a_P. Rows are ordered layer by layer, readouts before gates.
    /// </summary>
    public double[] ToTable()
    {
        var table = new List<double>();
        foreach (DecoderPolynomial polynomial in Layers.SelectMany(layer => layer.Readouts.Concat(layer.Gates)))
        {
            PolynomialBasis basis = polynomial.Basis;
            table.AddRange(Row(Order, 0, polynomial.Order, basis.Alpha));
            table.AddRange(Row(Order, 0, polynomial.Order, basis.Beta));
            table.AddRange(Row(Order, 1, polynomial.Order, basis.Scale));
            table.AddRange(Row(Order + 1, 0, polynomial.Order + 1, k => polynomial.Coefficients[k]));
        }

        return [.. table];
    }

    /// <summary>The expansion out of a table that <see cref="ToTable"/> has made.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="kind">How the polynomials were made.</param>
    /// <param name="order">P.</param>
    /// <param name="table">The rows.</param>
    /// <exception cref="ArgumentException">The table has not one row per argument of the operator.</exception>
    public static OperatorExpansion FromTable(OperatorDescription operators, ExpansionKind kind, int order, ReadOnlySpan<double> table)
    {
        int width = (4 * order) + 1;
        int rows = operators.Layers.Sum(layer => layer.Channels + layer.Gates);
        if (table.Length != rows * width)
        {
            throw new ArgumentException($"{rows} polynomials of order {order} are a table of {rows * width} numbers, but {table.Length} were given.", nameof(table));
        }

        var layers = new LayerExpansion[operators.Layers.Count];
        int next = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            LayerDescription layer = operators.Layers[i];
            DecoderPolynomial[] readouts = Polynomials(layer.Decoder, kind, order, layer.Channels, table.Slice(next));
            next += layer.Channels * width;
            DecoderPolynomial[] gates = layer.GateFunction is { } gate ? Polynomials(gate, kind, order, layer.Gates, table.Slice(next)) : [];
            next += layer.Gates * width;
            layers[i] = new LayerExpansion(layer, order, readouts, gates);
        }

        return new OperatorExpansion(kind, order, layers);
    }

    /// <inheritdoc/>
    public bool Equals(OperatorExpansion? other) => other is not null
        && (ReferenceEquals(this, other)
            || (Kind == other.Kind
                && Order == other.Order
                && Layers.Select(layer => layer.Order).SequenceEqual(other.Layers.Select(layer => layer.Order))
                && FunctionNames(this).SequenceEqual(FunctionNames(other))
                && ToTable().SequenceEqual(other.ToTable())));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OperatorExpansion);

    /// <inheritdoc/>
    public override int GetHashCode() => ((int)Kind * 31) + Order;

    private static IEnumerable<string> FunctionNames(OperatorExpansion expansion) =>
        expansion.Layers.SelectMany(layer => layer.Readouts.Concat(layer.Gates)).Select(polynomial => polynomial.Function.Name);

    private static IEnumerable<double> Row(int length, double otherwise, int count, Func<int, double> value) =>
        Enumerable.Range(0, length).Select(k => k < count ? value(k) : otherwise);

    private static DecoderPolynomial[] Polynomials(DecoderFunction function, ExpansionKind kind, int order, int count, ReadOnlySpan<double> rows)
    {
        var polynomials = new DecoderPolynomial[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = rows.Slice(i * ((4 * order) + 1));
            var basis = new PolynomialBasis(row.Slice(0, order).ToArray(), row.Slice(order, order).ToArray(), row.Slice(2 * order, order).ToArray());
            polynomials[i] = new DecoderPolynomial(function, kind, basis, row.Slice(3 * order, order + 1).ToArray());
        }

        return polynomials;
    }
}
