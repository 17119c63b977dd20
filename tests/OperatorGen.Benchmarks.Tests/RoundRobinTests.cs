using System.Collections.Generic;
using System.Threading;
using OperatorGen.Benchmarks.Report;
using Xunit;

namespace OperatorGen.Benchmarks.Tests;

/// <summary>Contenders that take turns.</summary>
public sealed class RoundRobinTests
{
    [Fact]
    public void Contenders_take_turns_and_the_median_is_given()
    {
        List<string> turns = [];
        Contender Of(string name, params double[] seconds)
        {
            int turn = -1; // the first run warms up
            return new Contender(name, _ =>
            {
                turns.Add(name);
                Thread.Sleep(1); // longer than all of the time that is given
                return turn++ < 0 ? 1000 : seconds[turn - 1];
            });
        }

        // Each has three turns at least, and no time for a fourth.
        Assert.Equal([3, 5], RoundRobin.Medians([Of("a", 1, 3, 8), Of("b", 7, 5, 2)], 1e-9));
        Assert.Equal(["a", "b", "a", "b", "a", "b", "a", "b"], turns);
    }

    [Fact]
    public void Without_time_each_contender_is_timed_once()
    {
        int runs = 0;
        Assert.Equal([2], RoundRobin.Medians([new Contender("a", count => runs += count)], 0));
        Assert.Equal(2, runs);
    }
}
