using System;
using System.Linq;
using System.Threading;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>One instance serves many threads, and once it is warm it allocates nothing.</summary>
public sealed class SharedInstanceTests
{
    private const int Threads = 8;
    private const int Rounds = 40;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Eight_threads_get_the_bits_of_one(bool ownState)
    {
        foreach (SeededModel seeded in Samples.All)
        {
            IGeneratedModel<float> model = Samples.Load<float>(seeded);
            float[][] inputs = [.. Enumerable.Range(0, Threads).Select(i => Samples.Input<float>(seeded, 20 + (7 * i), i))];
            float[][] expected = [.. inputs.Select(input => Samples.Run(model, input))];
            var differing = new int[Threads];
            Exception? failure = null;
            using var gate = new Barrier(Threads);
            Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
            {
                try
                {
                    SequenceState<float> state = model.CreateState();
                    var output = new float[expected[i].Length];
                    gate.SignalAndWait();
                    for (int round = 0; round < Rounds; round++)
                    {
                        if (ownState)
                        {
                            state.Reset();
                            model.Forward(inputs[i], output, state);
                        }
                        else
                        {
                            model.Forward(inputs[i], output);
                        }

                        differing[i] += output.AsSpan().SequenceEqual(expected[i]) ? 0 : 1;
                    }
                }
                catch (Exception caught)
                {
                    failure = caught;
                }
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.Null(failure);
            Assert.All(differing, count => Assert.Equal(0, count));
        }
    }

    [Fact]
    public void Forward_and_step_allocate_nothing()
    {
        foreach (SeededModel seeded in Samples.All.Concat(Samples.OtherKinds))
        {
            IGeneratedModel<float> model = Samples.Load<float>(seeded);
            float[] input = Samples.Input<float>(seeded, 300);
            float[] output = Samples.Output(model, 300), row = new float[model.OutputWidth];
            SequenceState<float> state = model.CreateState();
            void Work()
            {
                model.Forward(input, output, state);
                model.Forward(input, output);
                for (int t = 0; t < 50; t++)
                {
                    model.Step(input.AsSpan(t * model.InputWidth, model.InputWidth), row, state);
                }
            }

            Work();
            Work();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Work();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
