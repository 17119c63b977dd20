using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Where a model file keeps the modes of its layers: what has to be known to take modes out of it.</summary>
/// <param name="Tensors">All tensors with entries per mode, of every layer.</param>
/// <param name="Counts">The hyperparameters that say how many modes a layer has; where one is declared, it counts for all layers.</param>
/// <param name="Obstacle">Why modes cannot be taken out; null where they can.</param>
public sealed record ModeStorage(EquatableArray<ModeTensor> Tensors, EquatableArray<ModeCount> Counts, string? Obstacle = null)
{
    /// <summary>What the channels of the only layer are made of, where they may change places; null where they may not.</summary>
    public ChannelStorage? Channels { get; init; }

    /// <summary>Modes cannot be taken out.</summary>
    /// <param name="obstacle">Why, without a full stop.</param>
    public static ModeStorage None(string obstacle) => new(EquatableArray<ModeTensor>.Empty, EquatableArray<ModeCount>.Empty, obstacle);
}

/// <summary>A tensor with entries per mode: entry n of its axis is wave n of a readout.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="ModeAxis">The axis of the modes.</param>
/// <param name="ChannelAxis">The axis of the channels, each of which has modes of its own; null: all channels share the modes, or there is one.</param>
/// <param name="IsRead">Whether it has the weights with which modes are read: a mode without them computes nothing that is seen.</param>
public sealed record ModeTensor(string Name, int Layer, int ModeAxis, int? ChannelAxis, bool IsRead);

/// <summary>A hyperparameter that counts modes.</summary>
/// <param name="Name">The hyperparameter.</param>
/// <param name="PerMode">What it counts for each mode: 2 where it counts both of a conjugate pair.</param>
public sealed record ModeCount(string Name, int PerMode);

/// <summary>Where a model file keeps what belongs to the channels of its layer: reordered together, the model computes the same.</summary>
/// <param name="Tensors">All tensors with entries per channel.</param>
/// <param name="Skip">The tensor of D.</param>
/// <param name="Count">The hyperparameter that counts channels.</param>
/// <param name="CanShrink">Whether a channel whose readout is always 0 can be left out, since the decoder makes 0 of it and nothing else counts channels.</param>
public sealed record ChannelStorage(EquatableArray<ChannelTensor> Tensors, string Skip, string Count, bool CanShrink);

/// <summary>A tensor with entries per channel.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Axis">The axis of the channels.</param>
public sealed record ChannelTensor(string Name, int Axis);
