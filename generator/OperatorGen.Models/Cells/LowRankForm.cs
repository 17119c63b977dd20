namespace OperatorGen.Models;

/// <summary>How a transition that is diagonal plus low rank becomes code.</summary>
public enum LowRankForm
{
    /// <summary>In its eigenvectors where it is proven that outputs keep their digits; else as a low-rank step.</summary>
    Proven,

    /// <summary>In its eigenvectors.</summary>
    Eigenbasis,

    /// <summary>As a diagonal and a low-rank part, in the basis of the model.</summary>
    LowRankStep,
}
