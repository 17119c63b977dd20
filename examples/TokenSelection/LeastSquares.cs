using System;
using MathNet.Numerics.LinearAlgebra;

namespace TokenSelections;

/// <summary>
/// The linear map from features to one-hot classes with the least sum of squares, by the normal equations. A ridge of 1e-9 of their largest number makes the map unique
/// where features depend on each other.
/// </summary>
/// <param name="features">The number of features.</param>
/// <param name="classes">The number of classes.</param>
internal sealed class LeastSquares(int features, int classes)
{
    private const double Ridge = 1e-9;

    private readonly double[] _products = new double[features * features];
    private readonly double[,] _targets = new double[features, classes];

    /// <summary>Adds a sample.</summary>
    public void Add(ReadOnlySpan<double> row, int label)
    {
        for (int i = 0; i < features; i++)
        {
            if (row[i] != 0)
            {
                Span<double> products = _products.AsSpan(i * features, features);
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(row, row[i], products, products);
                _targets[i, label] += row[i];
            }
        }
    }

    /// <summary>The map, [feature, class].</summary>
    public double[,] Solve()
    {
        Matrix<double> products = Matrix<double>.Build.Dense(features, features, (i, j) => _products[(i * features) + j]);
        double ridge = Ridge * System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<double>(_products);
        return (products + (ridge * Matrix<double>.Build.DenseIdentity(features))).Cholesky().Solve(Matrix<double>.Build.DenseOfArray(_targets)).ToArray();
    }
}
