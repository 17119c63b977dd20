using System.Threading;

namespace OperatorGen.Streams;

/// <summary>How many requests a silo has taken and not answered: the queue that bounds what it takes.</summary>
public sealed class StreamLoad
{
    private int _taken;

    internal StreamLoad(StreamOptions options) => Limit = options.GreatestLoad;

    /// <summary>How many it takes at most (<see cref="StreamOptions.GreatestLoad"/>).</summary>
    public int Limit { get; }

    /// <summary>How many there are now.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a request.</summary>
    /// <exception cref="StreamBusyException">There are as many as the limit.</exception>
    internal void Enter()
    {
        if (Interlocked.Increment(ref _taken) > Limit)
        {
            Leave();
            StreamMetrics.Refused.Add(1);
            throw new StreamBusyException($"This silo has {Limit} requests in hand, as many as it takes (StreamOptions.GreatestLoad). Nothing has changed: send this one again a little later.");
        }
    }

    /// <summary>Has answered a request.</summary>
    internal void Leave() => Interlocked.Decrement(ref _taken);
}
