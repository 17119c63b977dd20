using System;

namespace OperatorGen;

/// <summary>
/// The scratch memory of a thread. All models that it evaluates, one after another, work in the same: what a state keeps is what it remembers and no more, so
/// that very many states fit into memory.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal static class ThreadScratch<T>
    where T : unmanaged
{
    [ThreadStatic]
    private static AlignedArray<T> t_numbers;

    /// <summary>Room for so many numbers, whatever they are. Until the thread asks for more than it ever did, it is the same memory.</summary>
    /// <param name="length">How many.</param>
    public static Span<T> Take(int length)
    {
        if (t_numbers.Length < length)
        {
            t_numbers = new AlignedArray<T>(length);
        }

        return t_numbers.Span[..length];
    }
}
