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

/// <summary>One truncated model.</summary>
/// <param name="Expansion">How its polynomials were made.</param>
/// <param name="Order">P.</param>
/// <param name="Terms">The number of terms of the whole operator.</param>
/// <param name="Accuracy">The share that is classified rightly; null: there are no classes or labels.</param>
/// <param name="Agreement">The share that gets the class of the model itself; null: there are no classes.</param>
/// <param name="MaxScoreChange">The greatest |change| of an output; infinite where one is not finite.</param>
/// <param name="MeanScoreChange">The mean |change| over sequences and outputs.</param>
/// <param name="Bound">The proven bound on |change| of every output, for every input in the range; or why none is proven.</param>
internal sealed record StudyRow(
    ExpansionKind Expansion,
    int Order,
    BigInteger Terms,
    double? Accuracy,
    double? Agreement,
    double MaxScoreChange,
    double MeanScoreChange,
    TruncationBound Bound);
