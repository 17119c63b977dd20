using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace OperatorGen.Streams;

/// <summary>
/// Threads for work that waits for the disk, so that those of grains never do. Several at a time, because file systems commit writes that come together in one go.
/// </summary>
internal static class BlockingWork
{
    private const int Threads = 8;

    private static readonly Lazy<BlockingCollection<Action>> s_work = new(Start);

    /// <summary>Runs work on one of the threads.</summary>
    public static Task<TResult> Run<TResult>(Func<TResult> work)
    {
        // The caller goes on where it belongs, not on this thread.
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_work.Value.Add(() =>
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
        return done.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var work = new BlockingCollection<Action>();
        for (int i = 0; i < Threads; i++)
        {
            new Thread(() =>
            {
                foreach (Action action in work.GetConsumingEnumerable())
                {
                    action();
                }
            })
            { IsBackground = true, Name = "OperatorGen.Streams files" }.Start();
        }

        return work;
    }
}
