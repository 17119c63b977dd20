using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Reports;

/// <summary>One decision of a model: a sequence, its scores, and what the waves of the deciding layer add to them.</summary>
/// <param name="Subject">What the report is about.</param>
/// <param name="Index">The sequence, from 0.</param>
/// <param name="Sample">The sequence as stored, [time, channel].</param>
/// <param name="Attributions">Attributes the scores.</param>
internal sealed record ReportDecision(ReportSubject Subject, int Index, double[] Sample, InputAttributions Attributions)
{
    private IReadOnlyList<int> Ranked => field ??= [.. Enumerable.Range(0, Scores.Count).OrderByDescending(score => Scores[score])];

    /// <summary>The scores.</summary>
    public IReadOnlyList<double> Scores => field ??= Attributions.Scores();

    /// <summary>The score that is explained: the greatest where it is a class, else the first.</summary>
    public int Best => Subject.Classifies ? Ranked[0] : 0;

    /// <summary>The class that comes next; null: there are no classes.</summary>
    public int? Second => Subject.Classifies ? Ranked[1] : null;

    /// <summary>What the waves add to the explained score.</summary>
    public ScoreAttribution Attribution => field ??= Attributions.Attribute(Best);

    /// <summary>What is explained, in words.</summary>
    public string ScoreName => Subject.ScoreName(Best, Attributions.Step);

    /// <summary>A name for the decision's pictures and tables, unique in the report.</summary>
    public string Name(string part) => ReportSubject.DecisionName(Index, part);
}
