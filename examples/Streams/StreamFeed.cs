using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OperatorGen.Streams;

namespace StreamHost;

/// <summary>
/// The outputs of a stream as they are acknowledged. It asks the grain a few times a second, so that it sees what is stored and nothing else, whichever silo the grain is on, and goes on when the
/// grain is brought back elsewhere.
/// </summary>
internal static class StreamFeed
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    /// <summary>The events from a sample on: <c>rows</c> with samples and outputs, <c>fault</c> while the stream cannot be read.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="next">The number of the first sample that is wanted; where it is kept no more, the first one that is.</param>
    /// <param name="ring">Makes a ring at rest; null: none is wanted.</param>
    /// <param name="cancellation">The end.</param>
    public static async IAsyncEnumerable<SseItem<object>> Events(IStreamGrain<float> stream, long next, Func<LiveRing>? ring, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LiveRing? current = null;
        long? epoch = null;
        while (!cancellation.IsCancellationRequested)
        {
            StreamRows<float>? rows = null;
            string? fault = null;
            try
            {
                rows = await stream.Read(next).WaitAsync(cancellation);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                fault = failure.Message;
            }

            if (rows is null)
            {
                yield return new SseItem<object>(new { message = fault }, "fault");
            }
            else if (rows.Epoch != epoch && epoch is not null)
            {
                // The stream was reset: its samples are numbered anew.
                (epoch, next, current) = (rows.Epoch, 0, null);
                continue;
            }
            else if (rows.Samples.Length > 0 || epoch is null)
            {
                // A ring that missed samples starts at rest again.
                current = rows.First == next ? current : null;
                current ??= ring?.Invoke();
                (epoch, next) = (rows.Epoch, rows.Position);
                yield return new SseItem<object>(RowsMessage.Of(rows, current?.Take(rows.Samples)), "rows") { EventId = rows.Position.ToString(CultureInfo.InvariantCulture) };
            }

            await Task.Delay(s_interval, cancellation);
        }
    }
}
