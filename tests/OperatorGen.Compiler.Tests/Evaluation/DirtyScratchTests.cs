using System;
using System.Linq;
using System.Numerics;
using System.Threading;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Evaluation;

/// <summary>The scratch memory of a thread holds whatever other models left there: no output, and no number of a state, padding included, depends on it.</summary>
public sealed class DirtyScratchTests
{
    private const int Most = 1 << 20;
    private static readonly VectorWidth[] s_widths = [VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    [Fact]
    public void Models_of_float_do_not_see_it() => Run<float>(float.NaN);

    [Fact]
    public void Models_of_double_do_not_see_it() => Run<double>(double.NaN);

    private static void Run<T>(T dirt)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A thread of its own: its scratch memory is clean at first.
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                foreach (SeededModel seeded in RandomSample.Some.Concat(Samples.All).Concat(Samples.OtherKinds))
                {
                    Compare(seeded, dirt);
                }
            }
            catch (Exception caught)
            {
                failure = caught;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static void Compare<T>(SeededModel seeded, T dirt)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IGeneratedModel<T> model = Samples.Load<T>(seeded);
        T[] input = Samples.Input<T>(seeded, 9);
        foreach (VectorWidth width in s_widths)
        {
            (T[] expected, byte[] state) = Evaluate(T.Zero);
            (T[] output, byte[] dirty) = Evaluate(dirt);
            string what = $"{seeded} at {width}";
            Samples.SameBits<T>(expected, output, what);
            Assert.True(state.AsSpan().SequenceEqual(dirty), what + ": the states differ");

            (T[] Output, byte[] State) Evaluate(T before)
            {
                SequenceState<T> place = model.CreateState();
                T[] result = Samples.Output(model, 9);
                ThreadScratch<T>.Take(Most).Fill(before);
                model.Forward(input, result, place, width);
                ThreadScratch<T>.Take(Most).Fill(before);
                model.Step(input.AsSpan(0, model.InputWidth), new T[model.OutputWidth], place, width);
                return (result, place.Save());
            }
        }
    }
}
