using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen.Tool.Studies;

/// <summary>How many waves make the decisions of a model, and whether those of one class are made by the same waves. Of the last layer's waves.</summary>
/// <param name="Waves">How many waves there are.</param>
/// <param name="Sequences">How many sequences were attributed.</param>
/// <param name="Carriers">How many of them carry 90 % of the sum of sizes that an attribution of the predicted score has: the median over the sequences.</param>
/// <param name="ClassShare">
/// The share of a sequence's sum of sizes that the strongest waves of its class carry, as many of them as carry 90 % of its own: the mean over the sequences. 0.9 where
/// every decision for a class is made by the same waves, less where by others. Strong in a class are the waves with the greatest share on average.
/// </param>
/// <param name="CommonShare">The same share of the strongest waves of all sequences together, whatever their class: where it is no less, the class makes no difference.</param>
/// <param name="Classes">The same for each class that is predicted.</param>
internal sealed record WaveConcentration(int Waves, int Sequences, double Carriers, double ClassShare, double CommonShare, IReadOnlyList<ClassConcentration> Classes)
{
    /// <summary>The share that is asked for.</summary>
    public const double Share = 0.9;
}

/// <summary>The same for the sequences of one predicted class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Name">Its name, or its number where the model names none.</param>
/// <param name="Sequences">How many sequences.</param>
/// <param name="Carriers">The median number of waves that carry 90 %.</param>
/// <param name="ClassShare">The mean share that as many of the class's strongest waves carry.</param>
internal sealed record ClassConcentration(int Class, string Name, int Sequences, double Carriers, double ClassShare);

/// <summary>Gathers the attributions of many decisions; sequences may be added from many threads, each once.</summary>
internal sealed class DecisionWaves
{
    // In waves times time steps, about a minute of one core. Integrals over gates take about a hundred evaluations of each.
    private const long Work = 4_000_000_000;
    private const int WorkOfGates = 100;
    private const int MostNumbers = 20_000_000;

    private readonly OperatorAttributor _attributor;
    private readonly HashSet<int> _attributed;
    private readonly float[]?[] _shares; // of the sum of sizes, [sequence][wave]
    private readonly int[] _carriers;
    private readonly int[] _classes;

    /// <summary>Prepares.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="sequences">How many sequences there are.</param>
    /// <param name="length">Time steps of the longest.</param>
    public DecisionWaves(OperatorDescription operators, int sequences, int length)
    {
        _attributor = new OperatorAttributor(operators);
        _attributed = [.. Attributed(_attributor, sequences, length)];
        _shares = new float[]?[sequences];
        _carriers = new int[sequences];
        _classes = new int[sequences];
    }

    /// <summary>The sequences that are attributed where many could be: as many as take bearable time and memory, evenly spread.</summary>
    /// <param name="attributor">Attributes scores to the waves of the last layer.</param>
    /// <param name="count">How many sequences there are.</param>
    /// <param name="length">Time steps of the longest.</param>
    public static int[] Attributed(OperatorAttributor attributor, int count, int length)
    {
        long work = (long)attributor.WaveCount * length * (attributor.Operator.Layers[^1].Gates > 0 ? WorkOfGates : 1);
        return StudiedModel.Spread(count, (int)Math.Clamp(Math.Min(Work / work, MostNumbers / attributor.WaveCount), 1, int.MaxValue));
    }

    /// <summary>Attributes the score of a class. A sequence that is not among <see cref="Attributed"/>, or whose waves are not finite, is left out.</summary>
    /// <param name="sequence">Which sequence.</param>
    /// <param name="input">[time, InputWidth].</param>
    /// <param name="predicted">The class.</param>
    public void Add(int sequence, double[] input, int predicted)
    {
        if (!_attributed.Contains(sequence))
        {
            return;
        }

        ScoreAttribution attribution = _attributor.Of(input).Attribute(predicted);
        if (!double.IsFinite(attribution.Magnitude))
        {
            return;
        }

        _classes[sequence] = predicted;
        _carriers[sequence] = attribution.Concentration(WaveConcentration.Share);
        double scale = attribution.Magnitude == 0 ? 0 : 1 / attribution.Magnitude;
        _shares[sequence] = [.. attribution.Waves.Select(wave => (float)(Math.Abs(wave) * scale))];
    }

    /// <summary>What was found; null where no sequence was added.</summary>
    public WaveConcentration? Result()
    {
        int[] added = [.. Enumerable.Range(0, _shares.Length).Where(i => _shares[i] is not null)];
        if (added.Length == 0)
        {
            return null;
        }

        (int Class, double[] Shares, int[] Members)[] classes =
        [
            .. added.GroupBy(i => _classes[i]).OrderBy(group => group.Key).Select(group => (group.Key, Shares([.. group]), group.ToArray())),
        ];
        return new WaveConcentration(
            _attributor.WaveCount,
            added.Length,
            Median(added),
            classes.Sum(of => of.Shares.Sum()) / added.Length,
            Shares(added).Average(),
            [.. classes.Select(of => new ClassConcentration(of.Class, _attributor.Label(of.Class), of.Members.Length, Median(of.Members), of.Shares.Average()))]);
    }

    // Of each member's sum of sizes, what the members' strongest waves carry: as many as carry 90 % of it.
    private double[] Shares(int[] members)
    {
        var mean = new double[_attributor.WaveCount];
        foreach (int i in members)
        {
            for (int wave = 0; wave < mean.Length; wave++)
            {
                mean[wave] += _shares[i]![wave];
            }
        }

        int[] strongest = [.. Enumerable.Range(0, mean.Length).OrderByDescending(wave => mean[wave])]; // stable: equal ones stay in canonical order
        return [.. members.Select(i => strongest.Take(_carriers[i]).Sum(wave => (double)_shares[i]![wave]))];
    }

    private double Median(int[] members)
    {
        int[] counts = [.. members.Select(i => _carriers[i]).Order()];
        return (counts[(counts.Length - 1) / 2] + counts[counts.Length / 2]) / 2.0;
    }
}
