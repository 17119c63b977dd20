using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OperatorGen.Streams;

/// <summary>
/// Threads for work that waits for the disk, so that those of grains never do. Several at a time, because file systems commit writes that come together in one go.
/// </summary>
internal static class BlockingWork
{
    private const int Threads = 8;

    // A queue with a monitor: the waiting of BlockingCollection spins, which eight idle threads do at the cost of whoever computes.
    private static readonly Queue<Action> s_waiting = new();
    private static int s_started;

    /// <summary>Runs work on one of the threads.</summary>
    public static Task<TResult> Run<TResult>(Func<TResult> work)
    {
        // The caller goes on where it belongs, not on this thread.
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (s_waiting)
        {
            s_waiting.Enqueue(() =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception fault)
                {
                    done.SetException(fault);
                }
            });
            Monitor.Pulse(s_waiting);
            if (s_started < Threads)
            {
                s_started++;
                new Thread(Serve) { IsBackground = true, Name = "OperatorGen.Streams files" }.UnsafeStart(); // without the context of whoever came first
            }
        }

        return done.Task;
    }

    private static void Serve()
    {
        while (true)
        {
            Action work;
            lock (s_waiting)
            {
                while (s_waiting.Count == 0)
                {
                    Monitor.Wait(s_waiting);
                }

                work = s_waiting.Dequeue();
            }

            work();
        }
    }
}
