using System;
using System.Collections.Generic;

namespace OperatorGen;

/// <summary>A term that may be among the strongest; its waves by their canonical indices, ascending, each repeated as often as its power says.</summary>
internal readonly record struct Candidate(double Contribution, double Coefficient, int[]? Waves, int First, int Second)
{
    public int Degree => Waves?.Length ?? (Second < 0 ? 1 : 2);

    /// <summary>The waves' indices.</summary>
    public int[] Indices() => Waves ?? (Second < 0 ? [First] : [First, Second]);

    public int this[int place] => Waves is null ? (place == 0 ? First : Second) : Waves[place];
}

/// <summary>Keeps the K terms of greatest magnitude; of equals the first in canonical order (degree, then wave indices).</summary>
internal sealed class Strongest(int capacity)
{
    private readonly PriorityQueue<Candidate, Candidate> _kept = new(new Weakest());

    /// <summary>K.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>What a term must reach to be kept; a term of exactly this magnitude may be.</summary>
    public double Threshold { get; private set; } = capacity > 0 ? 0 : double.PositiveInfinity;

    public void Add(in Candidate candidate)
    {
        if (Capacity == 0)
        {
            return;
        }

        if (_kept.Count < Capacity)
        {
            _kept.Enqueue(candidate, candidate);
        }
        else if (Order(candidate, _kept.Peek()) < 0)
        {
            _kept.EnqueueDequeue(candidate, candidate);
        }

        Threshold = _kept.Count < Capacity ? 0 : Math.Abs(_kept.Peek().Contribution);
    }

    /// <summary>The kept terms, strongest first.</summary>
    public List<Candidate> Sorted()
    {
        var sorted = new List<Candidate>(_kept.Count);
        foreach ((Candidate candidate, _) in _kept.UnorderedItems)
        {
            sorted.Add(candidate);
        }

        sorted.Sort(Order);
        return sorted;
    }

    private static int Order(Candidate a, Candidate b)
    {
        int order = Math.Abs(b.Contribution).CompareTo(Math.Abs(a.Contribution));
        if (order == 0)
        {
            order = a.Degree.CompareTo(b.Degree);
        }

        for (int i = 0; order == 0 && i < a.Degree; i++)
        {
            order = a[i].CompareTo(b[i]);
        }

        return order;
    }

    private sealed class Weakest : IComparer<Candidate>
    {
        public int Compare(Candidate x, Candidate y) => Order(y, x);
    }
}
