using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace OperatorGen;

/// <summary>Some panels of a linear map of generated code, for all time steps of a chunk.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TWeight">The element of the weights: T, or ushort for BF16.</typeparam>
/// <param name="first">The first panel.</param>
/// <param name="end">The one after the last.</param>
/// <param name="steps">Time steps.</param>
/// <param name="x">The first input.</param>
/// <param name="y">The first output.</param>
/// <param name="w">The first weight.</param>
/// <param name="b">The first bias; a null reference: there is none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PanelKernel<T, TWeight>(int first, int end, int steps, ref T x, ref T y, ref readonly TWeight w, ref readonly T b);

/// <summary>
/// Threads that share the large products of one step: <c>state.Threads = new ComputeThreads(2)</c>. The outputs of a product are divided among them, each output is computed by one, so the
/// results do not depend on how many there are. They wait for work by spinning for about 200 microseconds, then sleep. One call at a time uses them: a second one
/// that comes meanwhile computes alone. They end with <see cref="Dispose"/> only. Products of less than 128 KiB of weights, and all else of a step, stay on the thread that calls.
/// </summary>
public sealed class ComputeThreads : IDisposable
{
    private const int MostThreads = 256;
    private const int BlocksPerThread = 4;

    private static readonly long s_spinning = Stopwatch.Frequency / 5000; // 200 microseconds: waking takes a good part of that

    private readonly Thread[] _workers;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly List<Job> _jobs = [];

    // The work that is there: its number above, the blocks that nobody took yet below. Who takes one exchanges both, so nobody takes a block of work that is over.
    private long _tickets;
    private Job? _job;
    private int _blocks, _panels, _done, _sleeping, _busy;
    private volatile bool _stopped;

    /// <summary>Starts threads.</summary>
    /// <param name="count">How many compute, that which calls among them: 1 to 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is none of these.</exception>
    public ComputeThreads(int count)
    {
        if (count is < 1 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, string.Create(CultureInfo.InvariantCulture, $"1 to {MostThreads} threads are possible, that which calls among them."));
        }

        Count = count;
        _workers = new Thread[count - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Thread(Serve) { IsBackground = true, Name = "OperatorGen compute" };
            _workers[i].Start();
        }
    }

    /// <summary>How many compute, that which calls among them.</summary>
    public int Count { get; }

    /// <summary>Computes a product.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="TWeight">The element of the weights.</typeparam>
    /// <param name="threads">Who shares the work; null: the thread that calls does it.</param>
    /// <param name="kernel">Computes some panels.</param>
    /// <param name="panels">How many there are.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="x">The first input.</param>
    /// <param name="y">The first output.</param>
    /// <param name="w">The first weight.</param>
    /// <param name="b">The first bias; a null reference: there is none.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Run<T, TWeight>(ComputeThreads? threads, PanelKernel<T, TWeight> kernel, int panels, int steps, ref T x, ref T y, ref readonly TWeight w, ref readonly T b)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TWeight : unmanaged
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (threads is null || threads._workers.Length == 0 || threads._stopped || Interlocked.Exchange(ref threads._busy, 1) != 0)
        {
            kernel(0, panels, steps, ref x, ref y, in w, in b);
            return;
        }

        try
        {
            threads.Share(kernel, panels, steps, ref x, ref y, in w, in b);
        }
        finally
        {
            Volatile.Write(ref threads._busy, 0);
        }
    }

    /// <summary>Ends the threads. States that still name them compute alone.</summary>
    public void Dispose()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        _wake.Release(_workers.Length + 1);
        foreach (Thread worker in _workers)
        {
            worker.Join();
        }
    }

    private unsafe void Share<T, TWeight>(PanelKernel<T, TWeight> kernel, int panels, int steps, ref T x, ref T y, ref readonly TWeight w, ref readonly T b)
        where T : unmanaged
        where TWeight : unmanaged
    {
        fixed (T* inputs = &x, outputs = &y, bias = &b)
        fixed (TWeight* weights = &w)
        {
            Job<T, TWeight> job = JobOf<T, TWeight>();
            job.Set(kernel, steps, inputs, outputs, weights, bias);
            (_job, _panels, _blocks) = (job, panels, Math.Min(panels, Count * BlocksPerThread));
            Volatile.Write(ref _done, 0);
            Interlocked.Exchange(ref _tickets, (((_tickets >> 32) + 1) << 32) | (uint)_blocks);
            if (Volatile.Read(ref _sleeping) is > 0 and var sleeping)
            {
                _wake.Release(sleeping);
            }

            int blocks = _blocks;
            Work();
            var wait = new SpinWait();
            while (Volatile.Read(ref _done) != blocks)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>Computes blocks as long as there are some.</summary>
    private void Work()
    {
        for (long tickets = Volatile.Read(ref _tickets); (uint)tickets != 0; tickets = Volatile.Read(ref _tickets))
        {
            if (Interlocked.CompareExchange(ref _tickets, tickets - 1, tickets) == tickets)
            {
                // The block is of the present work, which is not over before it is done.
                long block = _blocks - (uint)tickets;
                _job!.Run((int)(block * _panels / _blocks), (int)((block + 1) * _panels / _blocks));
                Interlocked.Increment(ref _done);
            }
        }
    }

    private void Serve()
    {
        while (!_stopped)
        {
            Work();
            long until = Stopwatch.GetTimestamp() + s_spinning;
            while ((uint)Volatile.Read(ref _tickets) == 0 && !_stopped && Stopwatch.GetTimestamp() < until)
            {
                Thread.SpinWait(8);
            }

            if ((uint)Volatile.Read(ref _tickets) == 0)
            {
                Interlocked.Increment(ref _sleeping);
                if ((uint)Interlocked.Read(ref _tickets) == 0 && !_stopped)
                {
                    _wake.Wait();
                }

                Interlocked.Decrement(ref _sleeping);
            }
        }
    }

    private Job<T, TWeight> JobOf<T, TWeight>()
        where T : unmanaged
        where TWeight : unmanaged
    {
        foreach (Job known in _jobs)
        {
            if (known is Job<T, TWeight> job)
            {
                return job;
            }
        }

        var made = new Job<T, TWeight>();
        _jobs.Add(made);
        return made;
    }

    private abstract class Job
    {
        public abstract void Run(int first, int end);
    }

    private sealed unsafe class Job<T, TWeight> : Job
        where T : unmanaged
        where TWeight : unmanaged
    {
        private PanelKernel<T, TWeight>? _kernel;
        private int _steps;
        private T* _x, _y, _b;
        private TWeight* _w;

        public void Set(PanelKernel<T, TWeight> kernel, int steps, T* x, T* y, TWeight* w, T* b)
        {
            _kernel = kernel;
            _steps = steps;
            _x = x;
            _y = y;
            _w = w;
            _b = b;
        }

        public override void Run(int first, int end) =>
            _kernel!(first, end, _steps, ref Unsafe.AsRef<T>(_x), ref Unsafe.AsRef<T>(_y), in Unsafe.AsRef<TWeight>(_w), in Unsafe.AsRef<T>(_b));
    }
}
