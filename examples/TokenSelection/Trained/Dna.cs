using System;
using System.Linq;

namespace TokenSelections.Trained;

/// <summary>DNA in which a marker decides where the decisive motif is read, as <c>examples/training/tasks.py</c> defines it: the class is that of the first motif after the marker.</summary>
/// <param name="Bases">The bases, 0 to 3.</param>
/// <param name="Class">0 or 1.</param>
/// <param name="Marker">Where the marker begins.</param>
/// <param name="Motif">Where the decisive motif begins.</param>
internal sealed record Dna(int[] Bases, int Class, int Marker, int Motif)
{
    /// <summary>How many bases there are, and how many a marker and a motif have.</summary>
    public const int Length = 512, Word = 8;

    // The marker has room for two motifs before it and for the decisive one after it, which is near; the next one is not.
    private const int Before = 2 * Word, Nearest = 8, Farthest = 64, Clear = 48;

    private const string MarkerText = "TATAAGGC";

    private static readonly string[] s_motifs = ["CCACGTGA", "GGATTCAT"];

    /// <summary>A random sequence.</summary>
    public static Dna Draw(Random random)
    {
        int[] bases = [.. Enumerable.Range(0, Length).Select(_ => random.Next(4))];
        int own = random.Next(2);
        int marker = Uniform(Before, Length - (2 * Word) - Farthest);
        int motif = marker + Word + Uniform(Nearest, Farthest);
        Put(MarkerText, marker);
        Put(s_motifs[own], motif);
        Put(s_motifs[random.Next(2)], Uniform(0, (marker / 2) - Word));
        Put(s_motifs[random.Next(2)], Uniform(marker / 2, marker - Word));
        if (motif + Word + Clear + Word <= Length)
        {
            Put(s_motifs[random.Next(2)], Uniform(motif + Word + Clear, Length - Word));
        }

        return new Dna(bases, own, marker, motif);

        int Uniform(int low, int high) => random.Next(low, high + 1);

        void Put(string word, int place)
        {
            for (int i = 0; i < Word; i++)
            {
                bases[place + i] = "ACGT".IndexOf(word[i], StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Whether a base is one of the marker or of the decisive motif.</summary>
    public bool IsPlanted(int place) => (place >= Marker && place < Marker + Word) || (place >= Motif && place < Motif + Word);

    /// <summary>The bases as the model takes them, one of four numbers 1, [place, 4].</summary>
    public static float[] OneHot(int[] bases)
    {
        var rows = new float[4 * bases.Length];
        for (int i = 0; i < bases.Length; i++)
        {
            rows[(4 * i) + bases[i]] = 1;
        }

        return rows;
    }
}
