using System;
using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>
/// A readout of a linear controlled differential equation as a projection of the signature of its input (arXiv:2402.19047): with a 1 behind the state that B multiplies, and
/// A_i = [A_i, B_i; 0, 0],
/// <code>
/// o = C Z_0 + sum over words w = w_1 ... w_k of  (C A_wk ... A_w1 Z_0) S^w
/// </code>
/// Which path's signature it is depends on the step (<see cref="Kind"/>).
/// </summary>
public sealed class SignatureProjection
{
    private readonly double[][] _matrices; // [letter][row, column], with the 1 behind the state
    private readonly int _size;

    private SignatureProjection(PathKind kind, double[][] matrices, double[] read, double[] start, WordOrder order)
    {
        (Kind, _matrices, Order) = (kind, matrices, order);
        _size = start.Length;
        Constant = Dot(read, start);
        IsForced = HasForce();
        LinearPartsCommute = HaveCommutingParts();
        ReadNorm = Norm(read);
        StartNorm = Norm(IsForced ? start : start.AsSpan(0, _size - 1));
        var coefficients = new double[order.Count];
        HasLongerWords = Extend(coefficients, read, start);
        Coefficients = coefficients;
    }

    /// <summary>Which path's signature it is: of the piecewise linear path where a step is an exponential; of iterated sums where it is Euler's, or a matrix per token (whose A_i is the token's matrix less I).</summary>
    public PathKind Kind { get; }

    /// <summary>The words, one letter per input.</summary>
    public WordOrder Order { get; }

    /// <summary>C Z_0, the coefficient of the empty word.</summary>
    public double Constant { get; }

    /// <summary>The coefficient of each word, in the order of <see cref="Order"/>.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Whether words longer than the level may have coefficients: some word leads to a state that a matrix moves on.</summary>
    public bool HasLongerWords { get; }

    /// <summary>|C| of the readout.</summary>
    public double ReadNorm { get; }

    /// <summary>|(Z_0, 1)|, or |Z_0| where B is 0.</summary>
    public double StartNorm { get; }

    /// <summary>Whether an input adds to the state of its own: B is not 0.</summary>
    public bool IsForced { get; }

    /// <summary>Whether the linear parts A_i themselves, without B, commute: each commutator is 0 within the rounding of its products.</summary>
    public bool LinearPartsCommute { get; }

    /// <summary>What the readout can know of its input, in a sentence: what follows from whether the matrices commute.</summary>
    public string Consequence => (LinearPartsCommute, Kind, IsForced) switch
    {
        (false, _, _) => "The matrices A_i do not commute: in which order the inputs move can count.",
        (true, PathKind.PiecewiseLinear, false) => "The matrices A_i commute and B is 0: the readout knows where the path ends, and nothing of the way.",
        (true, PathKind.PiecewiseLinear, true) => "The matrices A_i commute: of the way, words count with one ordered place, an input j and then others in any order.",
        (true, _, false) => "The matrices A_i commute and B is 0: the readout knows which samples came, and not in which order.",
        (true, _, true) => "The matrices A_i commute: of the order of the samples, only which came behind each input that B lets in.",
    };

    /// <summary>Projects a readout.</summary>
    /// <param name="recurrence">The equation.</param>
    /// <param name="readout">The readout, from 0.</param>
    /// <param name="level">p, the length of the longest words.</param>
    /// <exception cref="ArgumentNullException">There is no equation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such readout or level, or there are more words than <see cref="WordOrder.GreatestCount"/>.</exception>
    public static SignatureProjection Of(ControlledRecurrence recurrence, int readout, int level)
    {
        _ = recurrence ?? throw new ArgumentNullException(nameof(recurrence));
        if ((uint)readout >= (uint)recurrence.Readouts)
        {
            throw new ArgumentOutOfRangeException(nameof(readout), FormattableString.Invariant($"Readout {readout}: the equation has {recurrence.Readouts}, counted from 0."));
        }

        int n = recurrence.States, size = n + 1;
        bool perToken = recurrence.Step == ControlledStep.Product;
        var matrices = new double[recurrence.Inputs][];
        for (int i = 0; i < matrices.Length; i++)
        {
            matrices[i] = new double[size * size];
            for (int row = 0; row < n; row++)
            {
                for (int column = 0; column < n; column++)
                {
                    matrices[i][(row * size) + column] = recurrence.A[(((i * n) + row) * n) + column] - (perToken && row == column ? 1 : 0);
                }

                matrices[i][(row * size) + n] = recurrence.B[(row * recurrence.Inputs) + i];
            }
        }

        double[] start = new double[size], read = new double[size];
        for (int row = 0; row < n; row++)
        {
            start[row] = recurrence.Start[row];
            read[row] = recurrence.C[(readout * n) + row];
        }

        start[n] = 1;
        PathKind kind = recurrence.Step switch
        {
            ControlledStep.Exponential => PathKind.PiecewiseLinear,
            ControlledStep.Euler or ControlledStep.Product => PathKind.IteratedSums,
            _ => throw new InvalidOperationException($"The step {recurrence.Step} is not known."),
        };
        return new SignatureProjection(kind, matrices, read, start, new WordOrder(matrices.Length, level));
    }

    /// <summary>The projection of a signature, truncated.</summary>
    /// <param name="signature">The signature, of this kind of path and of these letters, at least to the level.</param>
    /// <param name="level">The longest words that count, 0 to p.</param>
    /// <exception cref="ArgumentException">The signature is of another kind of path or of other words.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    public double ValueOf(Signature signature, int level)
    {
        if (level < 0 || level > Order.Level)
        {
            throw new ArgumentOutOfRangeException(nameof(level), FormattableString.Invariant($"Level {level}: the projection has the levels 0 to {Order.Level}."));
        }

        return ValuesOf(signature)[level];
    }

    /// <summary>The projections of a signature that is truncated at each level.</summary>
    /// <param name="signature">The signature, of this kind of path and of these letters, to the same level.</param>
    /// <returns>[level], 0 to p: the sum over the words up to the level.</returns>
    /// <exception cref="ArgumentException">The signature is of another kind of path or of other words.</exception>
    public double[] ValuesOf(Signature signature)
    {
        if (signature.Kind != Kind || !signature.Order.Equals(Order))
        {
            throw new ArgumentException($"The projection is of the signature of {Kind} with {Order.Letters} letters to level {Order.Level}; the one that was given is of {signature.Kind} with {signature.Order.Letters} letters to level {signature.Order.Level}.", nameof(signature));
        }

        double[] words = new double[Order.Count], values = new double[Order.Level + 1];
        signature.CopyTo(words);
        double sum = values[0] = Constant;
        for (int level = 1; level <= Order.Level; level++)
        {
            int end = Order.StartOf(level) + Order.SizeOf(level);
            for (int i = Order.StartOf(level); i < end; i++)
            {
                sum += Coefficients[i] == 0 ? 0 : Coefficients[i] * words[i];
            }

            values[level] = sum;
        }

        return values;
    }

    /// <summary>
    /// A bound of |M|, M = sum_i h_i A_i, in the spectral norm: the least of the root of the product of the greatest sums of rows and of columns, and of |G^64|^(1/128) in the norm of Frobenius,
    /// G = M^T M, which is above it by at most N^(1/256). Of more than 64 states |G|^(1/2).
    /// </summary>
    /// <param name="increment">h, [letter].</param>
    /// <exception cref="ArgumentException">There is not one number per letter.</exception>
    public double StepNorm(ReadOnlySpan<double> increment)
    {
        if (increment.Length != _matrices.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"An increment of {increment.Length} numbers; there are {_matrices.Length} letters, and each needs one."), nameof(increment));
        }

        var sum = new double[_size * _size];
        for (int i = 0; i < _matrices.Length; i++)
        {
            for (int k = 0; k < sum.Length; k++)
            {
                sum[k] += increment[i] * _matrices[i][k];
            }
        }

        return Bound(sum, _size);
    }

    /// <summary>
    /// What words longer than a level can add to the readout: |C| |(Z_0, 1)| sum over k above the level of R^k / k!, with |Z_0| where B is 0, R the sum of <see cref="StepNorm"/> over the steps.
    /// </summary>
    /// <param name="radius">R.</param>
    /// <param name="level">The level.</param>
    /// <returns>Infinity where R is not a number.</returns>
    public double Remainder(double radius, int level)
    {
        if (double.IsNaN(radius))
        {
            return double.PositiveInfinity;
        }

        // Terms fall at least by half from k = 2 R on; what is behind the last one that is added is at most as large as it.
        double term = 1, sum = 0;
        for (int k = 1; k <= level || (k <= (2 * radius) + 2) || term > 1e-18 * sum; k++)
        {
            term *= radius / k;
            sum += k > level ? term : 0;
            if (double.IsInfinity(term) || double.IsNaN(term))
            {
                return double.PositiveInfinity;
            }

            if (term == 0)
            {
                break;
            }
        }

        return ReadNorm * StartNorm * (sum + term);
    }

    /// <summary>The norm of Frobenius of A_i A_j - A_j A_i, with the 1 behind the state.</summary>
    /// <param name="first">i.</param>
    /// <param name="second">j.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such letter.</exception>
    public double Commutator(int first, int second)
    {
        int letters = _matrices.Length;
        if ((uint)first >= (uint)letters || (uint)second >= (uint)letters)
        {
            throw new ArgumentOutOfRangeException((uint)first >= (uint)letters ? nameof(first) : nameof(second), FormattableString.Invariant($"Letters {first} and {second}: there are the letters 0 to {letters - 1}."));
        }

        double[] a = _matrices[first], b = _matrices[second];
        double sum = 0;
        for (int row = 0; row < _size; row++)
        {
            for (int column = 0; column < _size; column++)
            {
                double entry = 0;
                for (int k = 0; k < _size; k++)
                {
                    entry += (a[(row * _size) + k] * b[(k * _size) + column]) - (b[(row * _size) + k] * a[(k * _size) + column]);
                }

                sum += entry * entry;
            }
        }

        return Math.Sqrt(sum);
    }

    private bool HaveCommutingParts()
    {
        for (int i = 0; i < _matrices.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!Commute(_matrices[i], _matrices[j], _size - 1))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool HasForce()
    {
        foreach (double[] matrix in _matrices)
        {
            for (int row = 0; row < _size - 1; row++)
            {
                if (matrix[(row * _size) + _size - 1] != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Commute(double[] a, double[] b, int n)
    {
        for (int row = 0; row < n; row++)
        {
            for (int column = 0; column < n; column++)
            {
                double entry = 0, size = 0;
                for (int k = 0; k < n; k++)
                {
                    double one = a[(row * _size) + k] * b[(k * _size) + column], other = b[(row * _size) + k] * a[(k * _size) + column];
                    entry += one - other;
                    size += Math.Abs(one) + Math.Abs(other);
                }

                // Each of 2 n products and sums is rounded once.
                if (Math.Abs(entry) > 4 * n * 1.1102230246251565e-16 * size)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The coefficients of all words, word after word, each prefix before what it begins: the states on the way are one per level.</summary>
    /// <returns>Whether a state behind a longest word is moved on by a matrix.</returns>
    private bool Extend(double[] coefficients, double[] read, double[] start)
    {
        var states = new double[Order.Level + 1][];
        var places = new int[Order.Level + 1]; // of each prefix within its level
        var next = new int[Order.Level + 1];   // the letter that is put behind each prefix next
        states[0] = start;
        bool isLonger = false;
        for (int length = 0; length >= 0;)
        {
            if (next[length] == _matrices.Length)
            {
                length--;
                continue;
            }

            int letter = next[length]++;
            double[] state = Product(_matrices[letter], states[length]);
            if (length == Order.Level)
            {
                isLonger |= Array.Exists(state, value => value != 0);
                if (isLonger)
                {
                    next[length] = _matrices.Length; // that is known now
                }

                continue;
            }

            int place = (places[length] * _matrices.Length) + letter;
            length++;
            coefficients[Order.StartOf(length) + place] = Dot(read, state);
            (states[length], places[length], next[length]) = (state, place, isLonger && length == Order.Level ? _matrices.Length : 0);
        }

        return isLonger;
    }

    private double[] Product(double[] matrix, double[] state)
    {
        var product = new double[_size];
        for (int row = 0; row < _size; row++)
        {
            for (int column = 0; column < _size; column++)
            {
                product[row] += matrix[(row * _size) + column] * state[column];
            }
        }

        return product;
    }

    private static double Bound(double[] matrix, int size)
    {
        const int Most = 65, Squarings = 6;
        double greatestRow = 0, greatestColumn = 0;
        for (int i = 0; i < size; i++)
        {
            double row = 0, column = 0;
            for (int k = 0; k < size; k++)
            {
                row += Math.Abs(matrix[(i * size) + k]);
                column += Math.Abs(matrix[(k * size) + i]);
            }

            (greatestRow, greatestColumn) = (Math.Max(greatestRow, row), Math.Max(greatestColumn, column));
        }

        double sums = Math.Sqrt(greatestRow) * Math.Sqrt(greatestColumn);
        if (!(sums > 0) || double.IsInfinity(sums))
        {
            return sums;
        }

        // M / sums has a norm of at most 1: its powers do not overflow.
        double[] scaled = Array.ConvertAll(matrix, value => value / sums), power = Product(scaled, scaled, size, transposed: true);
        int squarings = size <= Most ? Squarings : 0;
        for (int i = 0; i < squarings; i++)
        {
            power = Product(power, power, size, transposed: false);
        }

        double norm = Norm(power);
        if (norm == 0)
        {
            return sums; // the power has underflowed
        }

        for (int i = 0; i <= squarings; i++)
        {
            norm = Math.Sqrt(norm);
        }

        return Math.Min(sums, sums * norm);
    }

    /// <summary>a b, or a^T b.</summary>
    private static double[] Product(double[] a, double[] b, int size, bool transposed)
    {
        var product = new double[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int k = 0; k < size; k++)
            {
                double factor = transposed ? a[(k * size) + row] : a[(row * size) + k];
                for (int column = 0; column < size; column++)
                {
                    product[(row * size) + column] += factor * b[(k * size) + column];
                }
            }
        }

        return product;
    }

    /// <summary>The Euclidean norm, without overflow or underflow of the squares.</summary>
    private static double Norm(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        if (largest == 0 || double.IsInfinity(largest) || double.IsNaN(largest))
        {
            return largest;
        }

        double sum = 0;
        foreach (double value in values)
        {
            sum += value / largest * (value / largest);
        }

        return largest * Math.Sqrt(sum);
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
