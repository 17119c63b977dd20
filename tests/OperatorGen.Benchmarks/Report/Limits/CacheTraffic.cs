using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OperatorGen.Vectors;

namespace OperatorGen.Benchmarks.Report.Limits;

/// <summary>
/// The memory traffic of a time step and nothing else: tables are read once, each state is read, and a part of it is written. Four vectors are under way at a time.
/// </summary>
/// <param name="tableLength">Numbers of the tables.</param>
/// <param name="stateLength">Numbers of a state that are read.</param>
/// <param name="written">Numbers of a state that are written, the first ones.</param>
/// <param name="states">How many states.</param>
internal sealed class CacheTraffic(int tableLength, int stateLength, int written, int states)
{
    private readonly float[] _table = new float[tableLength];
    private readonly float[][] _states = [.. Enumerable.Range(0, states).Select(_ => new float[stateLength])];

    /// <summary>Goes through all once.</summary>
    /// <param name="width">The vector width.</param>
    /// <returns>A number that depends on the tables.</returns>
    public float Run(VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => Run<Simd512<float>, Vector512<float>>(),
        VectorWidth.Bits256 => Run<Simd256<float>, Vector256<float>>(),
        VectorWidth.Bits128 => Run<Simd128<float>, Vector128<float>>(),
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "A width in bits is expected."),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Run<TSimd, TVector>()
        where TSimd : ISimd<TVector, float>
        where TVector : struct
    {
        nuint lanes = (nuint)TSimd.Count, block = 4 * lanes;
        TVector a = TSimd.Zero, b = a, c = a, d = a;
        ref float table = ref MemoryMarshal.GetArrayDataReference(_table);
        for (nuint i = 0; i + block <= (nuint)_table.Length; i += block)
        {
            a = TSimd.Add(a, TSimd.Load(ref table, i));
            b = TSimd.Add(b, TSimd.Load(ref table, i + lanes));
            c = TSimd.Add(c, TSimd.Load(ref table, i + (2 * lanes)));
            d = TSimd.Add(d, TSimd.Load(ref table, i + (3 * lanes)));
        }

        TVector sum = TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d));
        foreach (float[] each in _states)
        {
            ref float state = ref MemoryMarshal.GetArrayDataReference(each);
            nuint i = 0;
            for (; i + block <= (nuint)written; i += block)
            {
                TSimd.Store(TSimd.Add(TSimd.Load(ref state, i), sum), ref state, i);
                TSimd.Store(TSimd.Add(TSimd.Load(ref state, i + lanes), sum), ref state, i + lanes);
                TSimd.Store(TSimd.Add(TSimd.Load(ref state, i + (2 * lanes)), sum), ref state, i + (2 * lanes));
                TSimd.Store(TSimd.Add(TSimd.Load(ref state, i + (3 * lanes)), sum), ref state, i + (3 * lanes));
            }

            for (; i + block <= (nuint)each.Length; i += block)
            {
                a = TSimd.Add(a, TSimd.Load(ref state, i));
                b = TSimd.Add(b, TSimd.Load(ref state, i + lanes));
                c = TSimd.Add(c, TSimd.Load(ref state, i + (2 * lanes)));
                d = TSimd.Add(d, TSimd.Load(ref state, i + (3 * lanes)));
            }
        }

        return TSimd.Sum(TSimd.Add(sum, TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d))));
    }
}
