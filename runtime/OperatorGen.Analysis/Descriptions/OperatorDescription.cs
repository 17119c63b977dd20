using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>
/// What a generated model computes, in its waves and their interactions, with the constants of the generated code. Small: interaction
/// terms are made when they are enumerated, so that a million of them cost nothing until then.
/// </summary>
public sealed record OperatorDescription
{
    private readonly object _gate = new();
    private (OperatorDescription Of, OperatorExpansion? Expansion)? _made;

    /// <summary>The architecture's name in model files.</summary>
    public required string Architecture { get; init; }

    /// <summary>The operator as text: formulas, and the strongest channels of every layer with their waves and terms. Computed whenever it is asked for.</summary>
    public string Text => DescriptionText.Of(this);

    /// <summary>The order of the decoder's expansion.</summary>
    public required int Order { get; init; }

    /// <summary>How many tokens there are; null: the model takes numbers. The input of a model of tokens is their rows of the embedding.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>Channels of an input sample.</summary>
    public required int InputWidth { get; init; }

    /// <summary>What turns the sequence into one row of scores, or nothing.</summary>
    public Pooling Pooling { get; init; }

    /// <summary>Whether a sequence gives one row of scores.</summary>
    public bool Pooled => Pooling != Pooling.None;

    /// <summary>What the model makes of its scores before it gives them out. Everything that is asked of an operator is about the scores before it.</summary>
    public OutputFunction Output { get; init; }

    /// <summary>The lengths of sequences that have a meaning; null: any.</summary>
    public SequenceLength? Length { get; init; }

    /// <summary>The names of the outputs; empty where the model names none.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The scaling of the raw input; null: none.</summary>
    public ScalingDescription? Scaling { get; init; }

    /// <summary>The map into the first layer; null: none.</summary>
    public LinearDescription? Encoder { get; init; }

    /// <summary>The layers in order.</summary>
    public required IReadOnlyList<LayerDescription> Layers { get; init => field = new ReadOnlyCollection<LayerDescription>([.. value]); }

    /// <summary>The map after the pooling; null: none.</summary>
    public LinearDescription? Head { get; init; }

    /// <summary>Makes the declared expansion; without one it is the Taylor polynomials about 0 of the order.</summary>
    public Func<OperatorDescription, OperatorExpansion?> DeclaredExpansion { get; init; } = OperatorExpansion.DefaultOf;

    /// <summary>What is proven for every input of the declared range; null where no range is declared.</summary>
    public ProvenBounds? Bounds { get; init; }

    /// <summary>The number of time steps of an input.</summary>
    /// <param name="input">The raw input, [time, input].</param>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples, or the model has no meaning for sequences of this length.</exception>
    public int StepsOf(ReadOnlySpan<double> input)
    {
        if (input.IsEmpty || input.Length % InputWidth != 0)
        {
            throw new ArgumentException($"The input has shape [time, {InputWidth}] with at least one time step, but its length is {input.Length}.", nameof(input));
        }

        int steps = input.Length / InputWidth;
        return Length?.Allows(steps) == false
            ? throw new ArgumentException($"The model has a meaning for sequences of {Length}, but the input has {steps}.", nameof(input))
            : steps;
    }

    /// <summary>u, the scaled input: what the encoder and the waves of the first layer listen to.</summary>
    /// <param name="input">The raw input, [time, input].</param>
    /// <returns>[time, input].</returns>
    public double[] Scaled(ReadOnlySpan<double> input)
    {
        double[] scaled = input.ToArray();
        for (int i = 0; Scaling is not null && i < scaled.Length; i++)
        {
            scaled[i] = Scaling.Apply(i % InputWidth, scaled[i]);
        }

        return scaled;
    }

    /// <summary>The number of outputs per time step, or of scores where the model pools.</summary>
    public int OutputWidth => Head?.Outputs ?? Layers[Layers.Count - 1].OutputWidth;

    /// <summary>
    /// The declared expansion of the decoder functions, made at first use; null where it is not possible: a layer is selective, or a function
    /// has no Taylor series.
    /// </summary>
    public OperatorExpansion? Expansion
    {
        get
        {
            lock (_gate)
            {
                if (_made is not { } made || !ReferenceEquals(made.Of, this))
                {
                    // A copy of this record with other parts has an expansion of its own.
                    _made = made = (this, DeclaredExpansion(this));
                }

                return made.Expansion;
            }
        }
    }

    /// <summary>The operator as text, see <see cref="Text"/>.</summary>
    public override string ToString() => Text;

    /// <summary>Whether it is the same object.</summary>
    public bool Equals(OperatorDescription? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
