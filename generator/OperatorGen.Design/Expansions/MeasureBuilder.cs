using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// Collects samples of a decoder function's argument, as many as there are, and gives their distribution as a <see cref="ReducedMeasure"/>: few of
/// the samples, with weights, from which the least-squares polynomials of the function up to <see cref="Order"/> are those of all samples but
/// for rounding. The same samples in the same order give the same bits.
/// </summary>
public sealed class MeasureBuilder
{
    private const int Capacity = 16384;

    private readonly DecoderFunction _decoder;
    private readonly int _nodes;

    // Weighted points in the place of the samples so far, and samples that are still to be reduced.
    private double[] _points = [];
    private double[] _masses = [];
    private double[] _samples = [];
    private int _waiting;

    /// <summary>Starts with no sample.</summary>
    /// <param name="decoder">The decoder function g whose argument is sampled.</param>
    /// <param name="nodes">How many nodes the measure may have, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 nodes.</exception>
    public MeasureBuilder(DecoderFunction decoder, int nodes = ReducedMeasure.DefaultNodes)
    {
        if (nodes < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(nodes), $"A reduced measure has at least 2 nodes, but {nodes} are asked for.");
        }

        _decoder = decoder ?? throw new ArgumentNullException(nameof(decoder));
        _nodes = nodes;
        Order = Math.Min(DecoderPolynomial.GreatestOrder, (nodes - 2) / 3);
    }

    /// <summary>
    /// P: fits up to this order agree with those of all samples. The 2P + 1 averages of powers and the P + 1 of powers times g are kept, so that
    /// 3P + 2 nodes are enough: 64 nodes, and 50 already, give order 16.
    /// </summary>
    public int Order { get; }

    /// <summary>How many samples were added.</summary>
    public long Count { get; private set; }

    /// <summary>The least sample; positive infinity without one.</summary>
    public double Low { get; private set; } = double.PositiveInfinity;

    /// <summary>The greatest sample; negative infinity without one.</summary>
    public double High { get; private set; } = double.NegativeInfinity;

    /// <summary>Adds samples, all of the same weight.</summary>
    /// <param name="samples">The samples, finite.</param>
    /// <exception cref="ArgumentException">A sample is not finite; none was added.</exception>
    /// <exception cref="InvalidOperationException">The function, a polynomial of a high degree, overflows at a sample.</exception>
    public void Add(ReadOnlySpan<double> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if (double.IsNaN(samples[i]) || double.IsInfinity(samples[i]))
            {
                throw new ArgumentException($"Samples are finite, but sample {Count + i} is {NumberText.Format(samples[i])}.", nameof(samples));
            }
        }

        foreach (double sample in samples)
        {
            Low = Math.Min(Low, sample);
            High = Math.Max(High, sample);
        }

        Count += samples.Length;
        while (samples.Length > 0)
        {
            int taken = Math.Min(samples.Length, Capacity - _waiting);
            if (_samples.Length < _waiting + taken)
            {
                Array.Resize(ref _samples, Math.Min(Capacity, Math.Max(_waiting + taken, 2 * _samples.Length)));
            }

            samples.Slice(0, taken).CopyTo(_samples.AsSpan(_waiting));
            samples = samples.Slice(taken);
            _waiting += taken;
            if (_waiting == Capacity)
            {
                (_points, _masses) = Reduced();
                _waiting = 0;
            }
        }
    }

    /// <summary>Adds what another builder has collected; it stays as it is.</summary>
    /// <param name="other">A builder for the same function and number of nodes.</param>
    /// <exception cref="ArgumentException">The functions or the numbers of nodes differ.</exception>
    public void Merge(MeasureBuilder other)
    {
        if (!_decoder.Equals(other._decoder) || _nodes != other._nodes)
        {
            throw new ArgumentException($"A measure for '{_decoder.Name}' with {_nodes} nodes cannot take one for '{other._decoder.Name}' with {other._nodes}.", nameof(other));
        }

        double[] points = other._points;
        double[] masses = other._masses;
        long count = other.Count - other._waiting;
        Add(other._samples.AsSpan(0, other._waiting).ToArray());
        _points = [.. _points, .. points];
        _masses = [.. _masses, .. masses];
        Count += count;
        Low = Math.Min(Low, other.Low);
        High = Math.Max(High, other.High);
        if (_points.Length > Capacity / 4)
        {
            (_points, _masses) = Reduced();
            _waiting = 0;
        }
    }

    /// <summary>The measure of the samples so far. With no more different samples than nodes it is their distribution itself.</summary>
    /// <exception cref="InvalidOperationException">There is no sample.</exception>
    public ReducedMeasure Build()
    {
        if (Count == 0)
        {
            throw new InvalidOperationException($"There is no sample of the argument of '{_decoder.Name}' to take a measure from.");
        }

        var (points, masses) = Different(All());
        if (points.Length > _nodes)
        {
            (points, masses) = Recombination.Reduce(_decoder, Order, points, masses);
        }

        CompensatedSum sum = default;
        foreach (double mass in masses)
        {
            sum.Add(mass);
        }

        return new ReducedMeasure(points, Array.ConvertAll(masses, mass => mass / sum.Value));
    }

    private (double[] Points, double[] Masses) Reduced()
    {
        var (points, masses) = All();
        return Recombination.Reduce(_decoder, Order, points, masses);
    }

    private (double[] Points, double[] Masses) All()
    {
        double[] points = [.. _points, .. _samples.AsSpan(0, _waiting)];
        var masses = new double[points.Length];
        masses.AsSpan(_masses.Length).Fill(1);
        _masses.CopyTo(masses, 0);
        return (points, masses);
    }

    // Ascending, equal points made one.
    private static (double[] Points, double[] Masses) Different((double[] Points, double[] Masses) all)
    {
        var (points, masses) = all;
        Array.Sort(points, masses);
        int count = 0;
        for (int i = 0; i < points.Length; i++)
        {
            if (count > 0 && points[count - 1] == points[i])
            {
                masses[count - 1] += masses[i];
            }
            else
            {
                points[count] = points[i] + 0.0;
                masses[count++] = masses[i];
            }
        }

        Array.Resize(ref points, count);
        Array.Resize(ref masses, count);
        return (points, masses);
    }
}
