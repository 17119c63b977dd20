using System;
using System.Collections.Generic;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// The eigenvectors of a real matrix, one of each conjugate pair: <c>x = sum_m Re(2 v_m z_m)</c> over pairs plus <c>sum_m v_m z_m</c> over real eigenvalues,
/// with <c>z_m = w_m' x</c>. Vectors have length 1. They are found by inverse iteration on the Hessenberg form.
/// </summary>
public sealed class Eigenbasis
{
    private readonly ComplexNumber[][] _right; // v, [eigenvalue][row]
    private readonly ComplexNumber[][] _left;  // w', [eigenvalue][column]

    private Eigenbasis(ComplexNumber[] eigenvalues, ComplexNumber[][] right, ComplexNumber[][] left, double condition)
    {
        Eigenvalues = eigenvalues;
        _right = right;
        _left = left;
        Condition = condition;
    }

    /// <summary>The eigenvalues with an imaginary part of at least 0, by real part, then by imaginary part.</summary>
    public IReadOnlyList<ComplexNumber> Eigenvalues { get; }

    /// <summary>At least the condition number |V| |V^-1| of the matrix of all eigenvectors, in the spectral norm.</summary>
    public double Condition { get; }

    /// <summary>Whether an eigenvalue stands for a conjugate pair.</summary>
    public bool IsPair(int m) => Eigenvalues[m].Im != 0;

    /// <summary>The basis; null where there is none in double precision: vectors fall together, or the eigenvalues are not found.</summary>
    public static Eigenbasis? Of(RealMatrix matrix)
    {
        var hessenberg = new Hessenberg(matrix);
        if (hessenberg.Eigenvalues() is not { } found)
        {
            return null;
        }

        var eigenvalues = new List<ComplexNumber>(found);
        eigenvalues.Sort((a, b) => a.Re != b.Re ? a.Re.CompareTo(b.Re) : a.Im.CompareTo(b.Im));
        var right = new List<ComplexNumber[]>();
        foreach (ComplexNumber eigenvalue in eigenvalues)
        {
            right.Add(hessenberg.Back(InverseIteration.Eigenvector(hessenberg.Form, eigenvalue)));
        }

        // Columns root 2 Re v and -root 2 Im v of a pair: orthonormal combinations of v and its conjugate.
        double half = Math.Sqrt(0.5);
        RealMatrix v = Columns(matrix.Size, eigenvalues, right, 2 * half);
        if (LinearSolver.Of(v)?.Solve(RealMatrix.Identity(matrix.Size)) is not { } inverse)
        {
            return null;
        }

        var left = new List<ComplexNumber[]>();
        int row = 0;
        foreach (ComplexNumber eigenvalue in eigenvalues)
        {
            var w = new ComplexNumber[matrix.Size];
            for (int c = 0; c < w.Length; c++)
            {
                w[c] = eigenvalue.Im == 0 ? inverse[row, c] : new ComplexNumber(half * inverse[row, c], half * inverse[row + 1, c]);
            }

            left.Add(w);
            row += eigenvalue.Im == 0 ? 1 : 2;
        }

        double condition = v.Norm() * inverse.Norm();
        return condition <= double.MaxValue ? new Eigenbasis([.. eigenvalues], [.. right], [.. left], condition) : null;
    }

    /// <summary>z_m = w_m' x.</summary>
    public ComplexNumber Coordinate(int m, double[] x) => Dot(_left[m], x);

    /// <summary>x' v_m.</summary>
    public ComplexNumber Product(double[] x, int m) => Dot(_right[m], x);

    /// <summary>An element of v_m.</summary>
    public ComplexNumber Vector(int m, int row) => _right[m][row];

    private static RealMatrix Columns(int size, List<ComplexNumber> eigenvalues, List<ComplexNumber[]> vectors, double scale)
    {
        var matrix = new RealMatrix(size);
        int column = 0;
        for (int m = 0; m < vectors.Count; m++)
        {
            bool pair = eigenvalues[m].Im != 0;
            for (int row = 0; row < size; row++)
            {
                matrix[row, column] = pair ? scale * vectors[m][row].Re : vectors[m][row].Re;
                if (pair)
                {
                    matrix[row, column + 1] = -scale * vectors[m][row].Im;
                }
            }

            column += pair ? 2 : 1;
        }

        return matrix;
    }

    private static ComplexNumber Dot(ComplexNumber[] a, double[] x)
    {
        ComplexNumber sum = ComplexNumber.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * a[i];
        }

        return sum;
    }
}
