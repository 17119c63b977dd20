using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace OperatorGen;

/// <summary>
/// What a generated model computes, in its waves and their interactions, with the constants of the generated code. Small: interaction
/// terms are made when they are enumerated, so that a million of them cost nothing until then.
/// </summary>
public sealed class OperatorDescription
{
    private readonly string _text;

    /// <summary>Called by generated code.</summary>
    /// <param name="architecture">The architecture's name.</param>
    /// <param name="text">The operator as text, with a few of its terms.</param>
    /// <param name="order">The order of the decoder's expansion.</param>
    /// <param name="inputWidth">Channels of an input sample.</param>
    /// <param name="pooled">Whether outputs are scores of the mean over time.</param>
    /// <param name="labels">The names of the outputs.</param>
    /// <param name="scaling">The scaling of the raw input; null: none.</param>
    /// <param name="encoder">The map into the first layer; null: none.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="head">The map after the pooling; null: none.</param>
    public OperatorDescription(
        string architecture,
        string text,
        int order,
        int inputWidth,
        bool pooled,
        IReadOnlyList<string> labels,
        ScalingDescription? scaling,
        LinearDescription? encoder,
        IList<LayerDescription> layers,
        LinearDescription? head)
    {
        Architecture = architecture;
        _text = text;
        Order = order;
        InputWidth = inputWidth;
        Pooled = pooled;
        Labels = labels;
        Scaling = scaling;
        Encoder = encoder;
        Layers = new ReadOnlyCollection<LayerDescription>(layers);
        Head = head;
    }

    /// <summary>The architecture's name in model files.</summary>
    public string Architecture { get; }

    /// <summary>The order of the decoder's expansion.</summary>
    public int Order { get; }

    /// <summary>Channels of an input sample.</summary>
    public int InputWidth { get; }

    /// <summary>Whether outputs are scores of the mean over time.</summary>
    public bool Pooled { get; }

    /// <summary>The names of the outputs; empty where the model names none.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The scaling of the raw input; null: none.</summary>
    public ScalingDescription? Scaling { get; }

    /// <summary>The map into the first layer; null: none.</summary>
    public LinearDescription? Encoder { get; }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<LayerDescription> Layers { get; }

    /// <summary>The map after the pooling; null: none.</summary>
    public LinearDescription? Head { get; }

    /// <summary>
    /// What every wave contributes in first order to one score of a sequence: the score of the model whose decoder function is replaced by
    /// <c>a_0 + a_1 o</c>, wave by wave. What it leaves out is the interactions of waves; it is no explanation of the score.
    /// </summary>
    /// <param name="input">The raw input, [time, InputWidth].</param>
    /// <param name="output">The index of the score.</param>
    /// <returns>The contributions, strongest first, and their sum.</returns>
    /// <exception cref="InvalidOperationException">The model is not one layer of waves with a pooled linear head and nothing in between.</exception>
    /// <exception cref="ArgumentException">The input is empty or no whole number of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score.</exception>
    public FirstOrderScore FirstOrder(ReadOnlySpan<double> input, int output) => FirstOrderScore.Of(this, input, output);

    /// <summary>The operator as text, with a few of its terms.</summary>
    public override string ToString() => _text;
}
