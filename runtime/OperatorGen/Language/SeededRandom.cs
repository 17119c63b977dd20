using System.Numerics;

namespace OperatorGen;

/// <summary>
/// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), whose four words of state are the first four of splitmix64 (Steele,
/// Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Integers only: a seed gives the same numbers everywhere, and they never change.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public SeededRandom(long seed)
    {
        ulong counter = unchecked((ulong)seed);
        (_a, _b, _c, _d) = (Split(ref counter), Split(ref counter), Split(ref counter), Split(ref counter));
    }

    /// <summary>A generator in the middle of its way.</summary>
    internal SeededRandom(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
            ulong shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = BitOperations.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>A multiple of 2^-53 from 0 to 1 - 2^-53, each as likely.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>splitmix64: the next number of a counter.</summary>
    internal static ulong Split(ref ulong counter)
    {
        unchecked
        {
            counter += 0x9E3779B97F4A7C15;
            ulong mixed = (counter ^ (counter >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
