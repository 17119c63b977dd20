using System;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

namespace OperatorGen.Tool.Studies;

/// <summary>Work on all cores.</summary>
internal static class Fold
{
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
