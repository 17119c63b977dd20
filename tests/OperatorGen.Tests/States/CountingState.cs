using System;

namespace OperatorGen.Tests.States;

/// <summary>A state of six numbers, [2, 3] by the name "grid" and its transpose by "turned", and two sums.</summary>
internal sealed class CountingState(string hash, string form = CountingState.FormText) : SequenceState<float>(new StateLayout(
    hash,
    8,
    2,
    4,
    new StateTensor("grid", 1, [2, 3], [4, 1]),
    new StateTensor("turned", 1, [3, 2], [1, 4]))
{ Form = form })
{
    public const string FormText = "look-ahead, scan";

    public CountingState()
        : this(new string('a', 64))
    {
    }

    public void Fill(float first, double sum, int samples)
    {
        for (int i = 0; i < Memory.Length; i++)
        {
            Memory[i] = first + i;
        }

        Sums.Fill(sum);
        Scratch.Fill(float.NaN);
        Advance(samples);
    }

    public void CopyFrom(CountingState other) => CopyMemoryFrom(other);

    public float[] Named(string name)
    {
        var values = new float[6];
        Read(name, values);
        return values;
    }
}
