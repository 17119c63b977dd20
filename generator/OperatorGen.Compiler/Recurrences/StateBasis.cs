using System;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Recurrences;

/// <summary>How the state of generated code is written where it is in another basis than the model's, which is upstream's.</summary>
public abstract class StateBasis
{
    /// <summary>The last part of the state's name in generated code.</summary>
    public abstract string Name { get; }

    /// <summary>The state of generated code in the model's basis.</summary>
    /// <param name="state">The numbers, in the order in which generated code gives them.</param>
    /// <returns>In the order of the cell's state sizes, (re, im) last.</returns>
    public abstract double[] ToModel(ReadOnlySpan<double> state);

    /// <summary>A state of the model in the basis of generated code.</summary>
    public abstract double[] FromModel(ReadOnlySpan<double> state);
}

/// <summary>Eigenvectors that another program chose: known by their eigenvalues, and by what the input weights are in them.</summary>
/// <param name="Eigenvalues">The discrete eigenvalues, [channel, eigenvalue]; both of a conjugate pair.</param>
/// <param name="Inputs">b-bar in the eigenvectors, [channel, eigenvalue].</param>
public sealed record ChosenEigenvectors(ComplexNumber[] Eigenvalues, ComplexNumber[] Inputs);
