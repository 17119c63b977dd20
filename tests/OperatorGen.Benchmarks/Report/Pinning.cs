using System;
using System.Diagnostics;
using System.Numerics;

namespace OperatorGen.Benchmarks.Report;

/// <summary>
/// Keeps the main thread, and the processes that it starts, on one core until it is disposed. On Linux an affinity belongs to a thread: the JIT and the threads of a batch may run
/// elsewhere. Where the platform has no affinity nothing happens.
/// </summary>
internal sealed class Pinning : IDisposable
{
    private readonly nint _before;

    /// <summary>Pins to the last core that the process may use.</summary>
    public Pinning()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var process = Process.GetCurrentProcess();
            _before = process.ProcessorAffinity;
            process.ProcessorAffinity = (nint)(1UL << BitOperations.Log2((ulong)_before));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = _before;
        }
    }
}
