using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace OperatorGen.Analysis;

/// <summary>
/// What a generated model computes, in its waves and their interactions, with the constants of the generated code. Small: interaction
/// terms are made when they are enumerated, so that a million of them cost nothing until then.
/// </summary>
public sealed class OperatorDescription
{
    private readonly string _text;
    private readonly Func<OperatorDescription, OperatorExpansion?> _makeExpansion;
    private readonly object _gate = new();
    private OperatorExpansion? _expansion;
    private bool _expanded;

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
    /// <param name="expansion">Makes the declared expansion; null: Taylor polynomials about 0 of the order.</param>
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
        LinearDescription? head,
        Func<OperatorDescription, OperatorExpansion?>? expansion = null)
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
        _makeExpansion = expansion ?? OperatorExpansion.DefaultOf;
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
                if (!_expanded)
                {
                    _expansion = _makeExpansion(this);
                    _expanded = true;
                }

                return _expansion;
            }
        }
    }

    /// <summary>The operator as text, with a few of its terms.</summary>
    public override string ToString() => _text;
}
