using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// Values of the orthogonal polynomials of weighted points, at these points: the Stieltjes procedure. Where rounding has cost orthogonality, as
/// Simon's recurrence tells (Linear Algebra and its Applications 61, 1984), two polynomials are orthogonalised against all before them.
/// </summary>
internal ref struct SamplePolynomials
{
    private const double Vanishing = 1.0 / (1L << 40);
    private const double Unit = 1.0 / (1L << 52);

    // The loss that is let pass; the square root of the unit would keep the recurrence right, this keeps the functions apart.
    private const double Loss = 1e-9;

    private readonly ReadOnlySpan<double> _points;
    private readonly ReadOnlySpan<double> _weights;
    private readonly Span<double> _values;

    // Squares of the norms.
    private readonly double[] _squares;

    /// <summary>Computes the values.</summary>
    /// <param name="points">The points, within -1..1.</param>
    /// <param name="weights">Their weights, positive, of sum 1.</param>
    /// <param name="degree">The highest degree.</param>
    /// <param name="values">Room for the values: degree + 1 rows, a row per degree.</param>
    public SamplePolynomials(ReadOnlySpan<double> points, ReadOnlySpan<double> weights, int degree, Span<double> values)
    {
        _points = points;
        _weights = weights;
        _values = values;
        _squares = new double[degree + 1];
        Degree = degree;
        Fill();
    }

    /// <summary>The highest degree that the points can tell from lower ones.</summary>
    public int Degree { get; private set; }

    /// <summary>The values of the polynomial of a degree; its norm is <see cref="Norm"/>.</summary>
    public readonly ReadOnlySpan<double> Values(int k) => _values.Slice(k * _points.Length, _points.Length);

    /// <summary>The root of the weighted mean square.</summary>
    public readonly double Norm(int k) => Math.Sqrt(_squares[k]);

    private void Fill()
    {
        int n = _points.Length;
        int degree = Degree;
        var shift = new double[degree + 1];
        var norm = new double[degree + 1];
        var loss = new double[degree + 1];
        var previousLoss = new double[degree + 1];
        _values.Slice(0, n).Fill(1);
        (_squares[0], shift[0]) = Sums(0);
        norm[0] = Math.Sqrt(_squares[0]);
        bool again = false;
        for (int k = 0; k < degree; k++)
        {
            Recur(k, shift[k], norm);
            (_squares[k + 1], shift[k + 1]) = Sums(k + 1);
            norm[k + 1] = Math.Sqrt(_squares[k + 1]);
            double[] next = NextLoss(k, shift, norm, loss, previousLoss, out double greatest);
            if (greatest > Loss || again)
            {
                again = !again;
                Orthogonalise(k + 1, next);
                (_squares[k + 1], shift[k + 1]) = Sums(k + 1);
                norm[k + 1] = Math.Sqrt(_squares[k + 1]);
            }

            (previousLoss, loss) = (loss, next);
            if (!(norm[k + 1] > Vanishing))
            {
                Degree = k;
                return;
            }
        }
    }

    // r_(k+1) = (x - shift) r_k / |r_k| - |r_k| r_(k-1) / |r_(k-1)|.
    private readonly void Recur(int k, double shift, double[] norm)
    {
        int n = _points.Length;
        ReadOnlySpan<double> points = _points;
        Span<double> next = _values.Slice((k + 1) * n, n);
        ReadOnlySpan<double> current = _values.Slice(k * n, n);
        double scale = 1 / norm[k];
        if (k == 0)
        {
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = (points[i] - shift) * scale;
            }

            return;
        }

        ReadOnlySpan<double> previous = _values.Slice((k - 1) * n, n);
        double back = norm[k] / norm[k - 1];
        for (int i = 0; i < next.Length; i++)
        {
            next[i] = ((points[i] - shift) * (current[i] * scale)) - (back * previous[i]);
        }
    }

    // The mean square and the mean of x under it.
    private readonly (double Square, double Shift) Sums(int k)
    {
        ReadOnlySpan<double> points = _points;
        ReadOnlySpan<double> weights = _weights;
        ReadOnlySpan<double> values = Values(k);
        double square0 = 0;
        double square1 = 0;
        double first0 = 0;
        double first1 = 0;
        int i = 0;
        for (; i + 1 < values.Length; i += 2)
        {
            double a = weights[i] * values[i] * values[i];
            double b = weights[i + 1] * values[i + 1] * values[i + 1];
            square0 += a;
            square1 += b;
            first0 += a * points[i];
            first1 += b * points[i + 1];
        }

        if (i < values.Length)
        {
            double a = weights[i] * values[i] * values[i];
            square0 += a;
            first0 += a * points[i];
        }

        double square = square0 + square1;
        return (square, square > 0 ? (first0 + first1) / square : 0);
    }

    // Bounds of the inner products of r_(k+1) with those before, all normalised.
    private static double[] NextLoss(int k, double[] shift, double[] norm, double[] loss, double[] previous, out double greatest)
    {
        var next = new double[loss.Length];
        greatest = 0;
        for (int j = 0; j < k; j++)
        {
            double product = (norm[j + 1] * (j + 1 == k ? 1 : loss[j + 1]))
                + ((shift[j] - shift[k]) * loss[j])
                + (j > 0 ? norm[j] * loss[j - 1] : 0)
                - (norm[k] * (j == k - 1 ? 1 : previous[j]));
            next[j] = (Math.Abs(product) + (2 * Unit)) / norm[k + 1];
            greatest = Math.Max(greatest, next[j]);
        }

        next[k] = Unit / norm[k + 1];
        greatest = Math.Max(greatest, next[k]);
        return next;
    }

    private readonly void Orthogonalise(int k, double[] loss)
    {
        int n = _points.Length;
        Span<double> values = _values.Slice(k * n, n);
        for (int j = k - 1; j >= 0; j--)
        {
            ReadOnlySpan<double> other = Values(j);
            double product = 0;
            for (int i = 0; i < values.Length; i++)
            {
                product += _weights[i] * values[i] * other[i];
            }

            product /= _squares[j];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] -= product * other[i];
            }

            loss[j] = Unit;
        }
    }
}
