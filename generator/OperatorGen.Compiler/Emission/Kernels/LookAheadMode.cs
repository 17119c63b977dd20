using System;
using System.Linq;

namespace OperatorGen.Compiler.Emission;

/// <summary>
/// How the numbers of a mode are spelled that is evaluated two steps at a time, and what is computed of them (<see cref="OperatorGen.Analysis.LookAhead"/>): the same operations in
/// whole blocks and in single steps, which give the same bits.
/// </summary>
/// <param name="Suffix">Behind the names of the state's parts.</param>
/// <param name="OfConstants">Behind those of the constants.</param>
internal sealed record LookAheadMode(string Suffix, string OfConstants)
{
    /// <summary>A mode with constants of its own, by its place among those that are computed side by side.</summary>
    public static LookAheadMode At(int place) => new(CSharp.Int(place), CSharp.Int(place));

    /// <summary>The real part of the state.</summary>
    public string Re => "re" + Suffix;

    /// <summary>The imaginary part of the state, over sigma.</summary>
    public string Im => "im" + Suffix;

    // In the order of the table's rows.
    private string[] Constants { get; } = [.. new[] { "c", "d", "e", "f", "p", "q", "br", "bi" }.Select(constant => constant + OfConstants)];

    /// <summary>The constants as local variables.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="load">Loads one, given its row.</param>
    public string Load(int first, int count, Func<int, string> load) => string.Join(", ", Enumerable.Range(first, count).Select(row => $"{Constants[row]} = {load(row)}"));

    /// <summary>A sum and what the mode adds to the output of a block's first step.</summary>
    public string First(string sum) => Read(Constants[0], Constants[1], sum);

    /// <summary>A sum and what the mode adds to the output of a block's second step.</summary>
    public string Second(string sum) => Read(Constants[2], Constants[3], sum);

    /// <summary>The real part after the block.</summary>
    public string NextRe(string u1, string u2) => $"TSimd.MultiplyAdd({Constants[4]}, {Re}, TSimd.NegateMultiplyAdd({Constants[5]}, {Im}, TSimd.MultiplyAdd({Constants[6]}, {u1}, {u2})))";

    /// <summary>The imaginary part after the block; <see cref="Re"/> must still be that before it.</summary>
    public string NextIm(string u1) => $"TSimd.MultiplyAdd({Constants[4]}, {Im}, TSimd.MultiplyAdd({Constants[7]}, {u1}, {Re}))";

    private string Read(string re, string im, string sum) => $"TSimd.NegateMultiplyAdd({im}, {Im}, TSimd.MultiplyAdd({re}, {Re}, {sum}))";
}
