using OperatorGen.Analysis;

namespace OperatorGen.Tool.Rings;

/// <summary>Figures that several formats show.</summary>
internal static class RingFigures
{
    /// <summary>Eigenvalues below 1 that differ by some units in the last place only are those of e^(Delta A).</summary>
    private const double Rounding = 1e-14;

    /// <summary>Whether the phase equation's solution passes through the ring's states at whole steps.</summary>
    public static bool IsSampled(PhaseEquation phases) => phases.Deviation <= Rounding;
}
