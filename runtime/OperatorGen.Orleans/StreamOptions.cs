using System;
using System.Globalization;

namespace OperatorGen.Streams;

/// <summary>Limits of streams.</summary>
public sealed class StreamOptions
{
    /// <summary>The greatest number of samples in a batch; 256 unless told.</summary>
    public int GreatestBatch { get; set; } = 256;

    /// <summary>
    /// How many of the last acknowledged samples are kept with their outputs, so that a batch that comes again is answered as it was; 256 unless told, and not below
    /// <see cref="GreatestBatch"/>. They are part of the stored state.
    /// </summary>
    public int KeptSamples { get; set; } = 256;

    /// <summary>The greatest number of characters of a stream's name; 128 unless told.</summary>
    public int GreatestName { get; set; } = 128;

    /// <summary>How many requests may wait for one stream, the one that is worked on included; 16 unless told. One more is refused (<see cref="StreamBusyException"/>).</summary>
    public int GreatestQueue { get; set; } = 16;

    /// <summary>How many requests a silo has in hand for all its streams; 8192 unless told. One more is refused (<see cref="StreamBusyException"/>), so that a slow store does not fill the memory.</summary>
    public int GreatestLoad { get; set; } = 8192;

    /// <summary>What happens to a sample that is not finite.</summary>
    public NotFinitePolicy NotFinite { get; set; } = NotFinitePolicy.Refuse;

    /// <summary>Throws where the limits contradict each other.</summary>
    /// <exception cref="ArgumentException">They do.</exception>
    public void Validate()
    {
        if (GreatestBatch < 1 || GreatestName < 1 || KeptSamples < GreatestBatch)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"GreatestBatch ({GreatestBatch}) and GreatestName ({GreatestName}) are at least 1, and KeptSamples ({KeptSamples}) is at least GreatestBatch: the last batch must be answered again when it comes again."));
        }

        if (GreatestQueue < 1 || GreatestLoad < GreatestQueue)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"GreatestQueue ({GreatestQueue}) is at least 1, and GreatestLoad ({GreatestLoad}), which is for all streams of a silo, at least as much."));
        }

        if (!Enum.IsDefined(NotFinite))
        {
            throw new ArgumentException($"NotFinite is {nameof(NotFinitePolicy.Refuse)} or {nameof(NotFinitePolicy.LetThrough)}.");
        }
    }

    /// <summary>The same limits, which nobody else can change.</summary>
    internal StreamOptions Copy() => (StreamOptions)MemberwiseClone();
}

/// <summary>What happens to a sample that is not finite.</summary>
public enum NotFinitePolicy
{
    /// <summary>Its batch is refused.</summary>
    Refuse,

    /// <summary>The model gets it, and its state may stay not finite until the stream is reset.</summary>
    LetThrough,
}
