namespace OperatorGen.Analysis;

/// <summary>How modes are embedded into a ring of nodes.</summary>
public enum RingForm
{
    /// <summary>N' nodes for N' modes, with complex states and complex circulant coupling.</summary>
    Complex,

    /// <summary>2 N' + 1 nodes for N' modes, each on a pair of opposite wave numbers, with real states and real circulant coupling.</summary>
    Real,
}
