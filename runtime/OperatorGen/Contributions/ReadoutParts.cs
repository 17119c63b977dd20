using OperatorGen.Symbolics;

namespace OperatorGen;

/// <summary>Gathers the parts of a term of oscillators.</summary>
/// <param name="sum">sum_t omega_t s_n x, which the weights multiply.</param>
/// <param name="difference">sum_t omega_t s_n conj(x), which the conjugate weights multiply.</param>
internal sealed class ReadoutParts(ComplexNumber sum, ComplexNumber difference)
{
    private readonly Strongest _strongest = new(TermReadouts.Listed);
    private ComplexNumber _weight;
    private ComplexNumber _conjugate;
    private CompensatedSum _total;
    private int _count;

    public void Add(int readout, int? other, ComplexNumber weight, ComplexNumber conjugate)
    {
        double contribution = (weight * sum).Re + (conjugate * difference).Re;
        _weight += weight;
        _conjugate += conjugate;
        _total.Add(contribution);
        _count++;
        _strongest.Add(new Candidate(contribution, 0, null, readout, other ?? -1));
    }

    public TermReadouts Result()
    {
        var parts = new ReadoutPart[System.Math.Min(_count, TermReadouts.Listed)];
        int i = 0;
        foreach (Candidate part in _strongest.Sorted())
        {
            parts[i++] = new ReadoutPart(part.First, part.Second < 0 ? null : part.Second, part.Contribution);
            _total.Add(-part.Contribution);
        }

        return new TermReadouts(_weight, _conjugate, parts, _count, _total.Value);
    }
}
