namespace OperatorGen.Symbolics;

/// <summary>What a model makes of a row of scores x before it gives them out.</summary>
public enum OutputFunction
{
    /// <summary>Nothing: the scores themselves.</summary>
    Scores,

    /// <summary><c>x_i - log sum_j e^(x_j)</c>: log-probabilities.</summary>
    LogSoftmax,

    /// <summary><c>e^(x_i) / sum_j e^(x_j)</c>: probabilities.</summary>
    Softmax,
}
