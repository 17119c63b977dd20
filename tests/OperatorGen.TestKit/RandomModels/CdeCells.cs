using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Symbolics;

namespace OperatorGen.TestKit;

/// <summary>Linear controlled differential equations whose states are known in closed form, and paths.</summary>
public static class CdeCells
{
    /// <summary>S^12 of a path of two channels.</summary>
    public static SequenceModel S12 { get; } = Path(2, 3, [(0, 1, 0, 1), (1, 2, 1, 1)], 2);

    /// <summary>The area between a path of two channels and its chord.</summary>
    public static SequenceModel Area { get; } = Path(2, 4, [(0, 1, 0, 1), (0, 3, 2, -0.5), (1, 2, 0, 1), (1, 3, 1, 0.5)], 3);

    /// <summary>S^123 of a path of three channels.</summary>
    public static SequenceModel S123 { get; } = Path(3, 4, [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 2, 1)], 3);

    /// <summary>Two states without an end, both of them read.</summary>
    public static SequenceModel Circle { get; } = WithDifferences(Model(2, 2, 2, LinearCdeStep.Exponential, [0, 0.5, -0.25, 0, 0.25, 0, 0.5, -0.25], null, [1, 0], [1, 0, 0, 1]));

    /// <summary>A polygon with corners on a circle that starts and ends at 0, without its first point: [time, 2].</summary>
    public static double[] CirclePath(int segments) =>
        [.. Enumerable.Range(1, segments).SelectMany(k => new[] { Math.Sin(2 * Math.PI * k / segments), 1 - Math.Cos(2 * Math.PI * k / segments) })];

    /// <summary>A path of normal steps of size 0.3, [time][channel], without its first point 0.</summary>
    public static double[][] RandomPath(Random random, int channels, int steps)
    {
        var point = new double[channels];
        return [.. Enumerable.Range(0, steps).Select(_ => point = [.. point.Select(value => value + (0.3 * random.Normal()))])];
    }

    /// <summary>The first channels of a path, [time, channel].</summary>
    public static double[] Rows(double[][] path, int channels)
    {
        ArgumentNullException.ThrowIfNull(path);
        return [.. path.SelectMany(point => point[..channels])];
    }

    /// <summary>A word of the signature of a piecewise linear path from 0 by nested sums: for each segment the terms of Chen's identity, whose own words of level k are products of increments by k!.</summary>
    /// <param name="path">[time][channel].</param>
    /// <param name="word">The letters, the earliest first.</param>
    public static double Word(double[][] path, params int[] word)
    {
        ArgumentNullException.ThrowIfNull(path);
        var prefixes = new double[word.Length + 1];
        prefixes[0] = 1;
        double[] last = new double[path[0].Length];
        foreach (double[] point in path)
        {
            for (int length = word.Length; length > 0; length--)
            {
                double product = 1;
                for (int k = 1; k <= length; k++)
                {
                    int letter = word[length - k];
                    product *= (point[letter] - last[letter]) / k;
                    prefixes[length] += prefixes[length - k] * product;
                }
            }

            last = point;
        }

        return prefixes[word.Length];
    }

    /// <summary>A model of one recurrence whose samples are increments.</summary>
    public static SequenceModel Model(int inputs, int states, int outputs, LinearCdeStep step, double[] a, double[]? b, double[] start, double[] c)
    {
        var cell = new LinearCde(
            inputs,
            states,
            outputs,
            step,
            new Tensor(EquatableArray.Of(inputs, states, states), a),
            b is null ? null : new Tensor(EquatableArray.Of(states, inputs), b),
            new Tensor(EquatableArray.Of(states), start),
            new Tensor(EquatableArray.Of(outputs, states), c));
        return new SequenceModel("linear-cde", inputs, EquatableArray.Of(new Layer("", inputs, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Identity }, Residual: false, null)));
    }

    /// <summary>The same with samples that are points of a path from 0.</summary>
    public static SequenceModel WithDifferences(SequenceModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        int channels = model.InputWidth;
        var taps = new Tensor(EquatableArray.Of(channels, 2), [.. Enumerable.Range(0, 2 * channels).Select(k => k % 2 == 0 ? -1.0 : 1)]);
        return model with
        {
            Layers = EquatableArray.Of(model.Layers[0] with { Input = new InputStage(null, 0, new CausalConvolution(channels, 2, taps, null, null), DecoderFunctions.Identity) }),
        };
    }

    /// <summary>
    /// The group A5 of 60 rotations of an icosahedron, a token each: three states, a matrix per token, and as scores the products with the 60 places to which the rotations take
    /// the first state. Element 0 is the unit.
    /// </summary>
    /// <returns>The model, and the number of each product, [left, right].</returns>
    public static (SequenceModel Model, int[,] Products) Icosahedral()
    {
        // Generated by a turn of a third about (1, 1, 1) and a turn of a fifth about (0, 1, phi).
        double phi = (1 + Math.Sqrt(5)) / 2;
        List<double[]> elements = [Turn([1, 1, 1], 0)];
        double[][] generators = [Turn([1, 1, 1], 2 * Math.PI / 3), Turn([0, 1, phi], 2 * Math.PI / 5)];
        for (int k = 0; k < elements.Count; k++)
        {
            foreach (double[] generator in generators)
            {
                double[] product = Times(generator, elements[k]);
                if (Find(elements, product) < 0)
                {
                    elements.Add(product);
                }
            }
        }

        var products = new int[elements.Count, elements.Count];
        foreach (int left in Enumerable.Range(0, elements.Count))
        {
            foreach (int right in Enumerable.Range(0, elements.Count))
            {
                products[left, right] = Find(elements, Times(elements[left], elements[right]));
            }
        }

        double[] start = [0.3194, -0.3589, -1.9016];
        double[] places = [.. elements.SelectMany(element => Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Sum(k => element[(3 * row) + k] * start[k])))];
        return (Model(elements.Count, 3, elements.Count, LinearCdeStep.Product, [.. elements.SelectMany(element => element)], null, start, places), products);
    }

    /// <summary>Rows with a 1 at the token and 0 elsewhere, [time, token].</summary>
    public static double[] OneHot(int[] tokens, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return [.. tokens.SelectMany(token => Enumerable.Range(0, vocabulary).Select(k => k == token ? 1.0 : 0))];
    }

    /// <summary>What the reference gives.</summary>
    public static double[] Run(SequenceModel model, double[] input) => new ReferenceEvaluator(model).Forward(input);

    private static SequenceModel Path(int inputs, int states, (int Input, int Row, int Column, double Value)[] entries, int read)
    {
        var a = new double[inputs * states * states];
        foreach ((int input, int row, int column, double value) in entries)
        {
            a[(((input * states) + row) * states) + column] = value;
        }

        return WithDifferences(Model(inputs, states, 1, LinearCdeStep.Exponential, a, null, [1, .. new double[states - 1]], [.. Enumerable.Range(0, states).Select(k => k == read ? 1.0 : 0)]));
    }

    private static int Find(List<double[]> elements, double[] matrix) => elements.FindIndex(element => element.Zip(matrix).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9));

    private static double[] Times(double[] a, double[] b) =>
        [.. Enumerable.Range(0, 9).Select(k => Enumerable.Range(0, 3).Sum(j => a[(k / 3 * 3) + j] * b[(3 * j) + (k % 3)]))];

    /// <summary>The rotation about an axis by an angle (Rodrigues).</summary>
    private static double[] Turn(double[] axis, double angle)
    {
        double length = Math.Sqrt(axis.Sum(value => value * value)), cos = Math.Cos(angle), sin = Math.Sin(angle);
        double[] u = [.. axis.Select(value => value / length)];
        double[] cross = [0, -u[2], u[1], u[2], 0, -u[0], -u[1], u[0], 0];
        return [.. Enumerable.Range(0, 9).Select(k => ((k / 3 == k % 3 ? cos : 0) + (sin * cross[k]) + ((1 - cos) * u[k / 3] * u[k % 3])))];
    }
}
