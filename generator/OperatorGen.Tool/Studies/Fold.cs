using System;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

namespace OperatorGen.Tool.Studies;

/// <summary>Work on all cores.</summary>
internal static class Fold
{
    /// <summary>The number of parts of <see cref="InParts"/>.</summary>
    public const int Parts = 2;

    /// <summary>
    /// Goes through items in always the same parts, each from its first item to its last, so that what is merged of the parts in their order does not depend on the
    /// machine's cores.
    /// </summary>
    /// <param name="count">The number of items.</param>
    /// <param name="work">What is done with a part's item.</param>
    public static void InParts(int count, Action<int, int> work)
    {
        InParallel(Parts, part =>
        {
            for (int i = Start(part); i < Start(part + 1); i++)
            {
                work(part, i);
            }
        });

        int Start(int part) => (int)((long)count * part / Parts);
    }

    /// <summary>
    /// Runs the parts 0 to count - 1, in any order; the failure of the first part that failed is thrown as it is. Without a limit the thread pool would add a
    /// thread, with the memory of its part, whenever a part takes long.
    /// </summary>
    public static void InParallel(int count, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, work);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Capture(failures.Flatten().InnerExceptions.First()).Throw();
        }
    }
}
