using System.Collections.Generic;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Studies;

/// <summary>What a study has found.</summary>
/// <param name="Model">The model file's name.</param>
/// <param name="Data">The data file's name.</param>
/// <param name="Hash">SHA-256 of the data file.</param>
/// <param name="Sequences">How many sequences of x_test were fed.</param>
/// <param name="ExactAccuracy">The share that the model itself classifies rightly; null: there are no classes or labels.</param>
/// <param name="Range">For which inputs the bounds are proven.</param>
/// <param name="Waves">How many waves make a decision; null: there are no classes.</param>
/// <param name="Rows">The truncated models, expansion by expansion, orders ascending.</param>
internal sealed record StudyResult(string Model, string Data, string Hash, int Sequences, double? ExactAccuracy, string Range, WaveConcentration? Waves, IReadOnlyList<StudyRow> Rows);

/// <summary>How a changed model of some order compares with the model itself.</summary>
/// <param name="Order">P.</param>
/// <param name="Accuracy">The share that is classified rightly; null: there are no classes or labels.</param>
/// <param name="Agreement">The share that gets the class of the model itself; null: there are no classes.</param>
/// <param name="MaxScoreChange">The greatest |change| of an output; infinite where one is not finite.</param>
/// <param name="MeanScoreChange">The mean |change| over sequences and outputs.</param>
internal record StudiedOrder(int Order, double? Accuracy, double? Agreement, double MaxScoreChange, double MeanScoreChange);

/// <summary>One truncated model.</summary>
internal sealed record StudyRow : StudiedOrder
{
    /// <summary>Takes what is known.</summary>
    /// <param name="expansion">How its polynomials were made.</param>
    /// <param name="terms">The number of terms of the whole operator.</param>
    /// <param name="scores">How its scores compare.</param>
    /// <param name="bound">The proven bound on |change| of every output, for every input in the range; or why none is proven.</param>
    public StudyRow(ExpansionKind expansion, BigInteger terms, StudiedOrder scores, TruncationBound bound)
        : base(scores) => (Expansion, Terms, Bound) = (expansion, terms, bound);

    /// <summary>How its polynomials were made.</summary>
    public ExpansionKind Expansion { get; }

    /// <summary>The number of terms of the whole operator.</summary>
    public BigInteger Terms { get; }

    /// <summary>The proven bound on |change| of every output; or why none is proven.</summary>
    public TruncationBound Bound { get; }
}
