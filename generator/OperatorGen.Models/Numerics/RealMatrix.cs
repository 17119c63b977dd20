using System;

namespace OperatorGen.Models;

/// <summary>A square matrix of doubles.</summary>
/// <param name="size">Rows and columns.</param>
public sealed class RealMatrix(int size)
{
    private readonly double[] _values = new double[size * size]; // [row, column]

    /// <summary>Rows and columns.</summary>
    public int Size => size;

    /// <summary>An element.</summary>
    public double this[int row, int column]
    {
        get => _values[(row * Size) + column];
        set => _values[(row * Size) + column] = value;
    }

    /// <summary>1 on the diagonal.</summary>
    public static RealMatrix Identity(int size)
    {
        var identity = new RealMatrix(size);
        for (int i = 0; i < size; i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }

    /// <summary>The transposed matrix.</summary>
    public RealMatrix Transposed() => Filled((row, column) => this[column, row]);

    /// <summary>a this + b other.</summary>
    public RealMatrix Combined(double a, RealMatrix other, double b) => Filled((row, column) => (a * this[row, column]) + (b * other[row, column]));

    /// <summary>this times other.</summary>
    public RealMatrix Times(RealMatrix other)
    {
        var product = new RealMatrix(Size);
        for (int row = 0; row < Size; row++)
        {
            for (int k = 0; k < Size; k++)
            {
                double factor = this[row, k];
                for (int column = 0; column < Size && factor != 0; column++)
                {
                    product[row, column] += factor * other[k, column];
                }
            }
        }

        return product;
    }

    /// <summary>this times a vector.</summary>
    public double[] Times(double[] vector)
    {
        var product = new double[Size];
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                product[row] += this[row, column] * vector[column];
            }
        }

        return product;
    }

    /// <summary>this to a power, by squaring.</summary>
    /// <param name="exponent">At least 0.</param>
    public RealMatrix Power(int exponent)
    {
        RealMatrix power = Identity(Size);
        RealMatrix square = this;
        for (int left = exponent; left > 0; left /= 2)
        {
            power = left % 2 == 1 ? power.Times(square) : power;
            square = left > 1 ? square.Times(square) : square;
        }

        return power;
    }

    /// <summary>At least the greatest |this x| / |x|, and at most Size^(1/64) times it, rounding aside: the root of the greatest eigenvalue of this' this.</summary>
    public double Norm() => Math.Sqrt(Greatest(Transposed().Times(this), 5));

    /// <summary>At least the greatest eigenvalue of a symmetric matrix with eigenvalues from 0: that of G^2 is its square, and none is above the Frobenius norm.</summary>
    private static double Greatest(RealMatrix gram, int squarings)
    {
        double size = gram.Frobenius();
        if (squarings == 0 || size == 0 || !(size <= double.MaxValue))
        {
            return size;
        }

        RealMatrix scaled = gram.Combined(1 / size, gram, 0);
        return size * Math.Sqrt(Greatest(scaled.Times(scaled), squarings - 1));
    }

    /// <summary>The root of the sum of squares.</summary>
    public double Frobenius()
    {
        double sum = 0;
        foreach (double value in _values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }

    private RealMatrix Filled(Func<int, int, double> element)
    {
        var matrix = new RealMatrix(Size);
        for (int row = 0; row < Size; row++)
        {
            for (int column = 0; column < Size; column++)
            {
                matrix[row, column] = element(row, column);
            }
        }

        return matrix;
    }
}
