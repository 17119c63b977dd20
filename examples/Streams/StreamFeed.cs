using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OperatorGen.Streams;

namespace StreamHost;

/// <summary>Where a reader is.</summary>
/// <param name="Epoch">The stream that it reads, by its epoch; null: whichever is there.</param>
/// <param name="Next">The number of the next sample.</param>
internal readonly record struct FeedPlace(long? Epoch, long Next)
{
    /// <summary>The place after an event, by the event's id; null: it is no id.</summary>
    public static FeedPlace? Of(string id) =>
        id.Split('-') is [string epoch, string next]
        && long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        && long.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out long sample) ? new(number, sample) : null;

    /// <summary>The id of an event that ends here.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Next}");
}

/// <summary>
/// The outputs of a stream as they are acknowledged. It asks the grain a few times a second, so that it sees what is stored and nothing else, whichever silo the grain is on, and goes on when the
/// grain is brought back elsewhere.
/// </summary>
internal static class StreamFeed
{
    private const string Unreadable = "The stream cannot be read at the moment.";
    private const int Heartbeat = 50; // questions without news: ten seconds
    private const int Many = 100;     // rows after which the next question comes at once: a fast stream keeps few of them

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The events from a place on: <c>rows</c> with samples and outputs, <c>fault</c> while the stream cannot be read, and now and then <c>quiet</c>, so that a reader who has gone is noticed.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="place">Where the reader is. Where its samples are kept no more, the first ones that are come; where the stream was reset, all of the new one.</param>
    /// <param name="ring">Makes a ring at rest; null: none is wanted.</param>
    /// <param name="cancellation">The end.</param>
    public static async IAsyncEnumerable<SseItem<object>> Events(IStreamGrain<float> stream, FeedPlace place, Func<LiveRing>? ring, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LiveRing? current = null;
        string? said = null;
        bool isFirst = true;
        for (int quiet = 0; !cancellation.IsCancellationRequested; quiet++)
        {
            (StreamRows<float>? rows, string? fault) = await Read(stream, place.Next, cancellation);
            if (rows is not null && place.Epoch is { } epoch && epoch != rows.Epoch)
            {
                (place, current) = (new FeedPlace(rows.Epoch, 0), null);
                continue;
            }

            if (rows is not null && (rows.Samples.Length > 0 || isFirst))
            {
                // A ring that missed samples starts at rest again.
                current = rows.First == place.Next ? current : null;
                current ??= ring?.Invoke();
                place = new FeedPlace(rows.Epoch, Math.Max(place.Next, rows.Position));
                (isFirst, quiet) = (false, 0);
                yield return new SseItem<object>(RowsMessage.Of(rows, current?.Take(rows.Samples)), "rows") { EventId = place.ToString() };
            }
            else if (fault is not null && fault != said)
            {
                yield return new SseItem<object>(new { message = fault }, "fault");
            }
            else if (quiet >= Heartbeat)
            {
                quiet = 0;
                yield return new SseItem<object>(new { place.Next }, "quiet");
            }

            said = fault;
            if (rows?.Samples.Length >= Many)
            {
                continue;
            }

            await Task.Delay(s_interval, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<(StreamRows<float>? Rows, string? Fault)> Read(IStreamGrain<float> stream, long next, CancellationToken cancellation)
    {
        try
        {
            return (await stream.Read(next).WaitAsync(cancellation), null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return default;
        }
        catch (Exception fault)
        {
            return (null, fault is StreamException and not StreamStoreException ? fault.Message : Unreadable);
        }
    }
}
