using System;
using Xunit;

namespace OperatorGen.Tests.States;

/// <summary>What calls of models that are not causal work in.</summary>
public sealed class SequenceWorkspaceTests
{
    [Fact]
    public void Rows_of_a_sequence_are_kept_and_grow_only()
    {
        var workspace = new Workspace(stride: 3);
        workspace.Room(10);
        for (int t = 0; t < 10; t++)
        {
            workspace.First(t) = t;
        }

        workspace.Room(4);
        workspace.Room(10);
        for (int t = 0; t < 10; t++)
        {
            Assert.Equal(t, workspace.First(t));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        workspace.Room(10);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        workspace.Room(11);
        workspace.First(10) = 7;
        Assert.Equal(7, workspace.First(10));
    }

    [Fact]
    public void A_reset_forgets_states_and_sums()
    {
        var workspace = new Workspace(stride: 1);
        workspace.Leave(5);
        Assert.Equal((5, 5, 5), workspace.Left);
        workspace.Reset();
        Assert.Equal((0, 0, 0), workspace.Left);
    }

    [Fact]
    public void A_sequence_that_no_array_holds_is_refused()
    {
        var workspace = new Workspace(stride: 1 << 20);
        ArgumentException fault = Assert.Throws<ArgumentException>(() => workspace.Room(1 << 12));
        Assert.Contains("4096 time steps are too many, 2047 are possible", fault.Message, StringComparison.Ordinal);
    }

    private sealed class Workspace(int stride) : SequenceWorkspace<float>(2, 1, 4, stride)
    {
        public (float Memory, double Sum, long Steps) Left => (Memory[1], Sums[0], Steps);

        public void Room(int steps) => Reserve(steps);

        public ref float First(int step) => ref Row(step);

        public void Leave(int number)
        {
            Memory[1] = number;
            Sums[0] = number;
            Advance(number);
        }
    }
}
