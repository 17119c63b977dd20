using System.Collections.Generic;

namespace OperatorGen.Benchmarks.Report;

/// <summary>A workload of the report: cases that belong together.</summary>
internal interface IWorkload
{
    /// <summary>Its number.</summary>
    int Number { get; }

    /// <summary>Architectures that it needs; it is reported as absent for those that the catalogue has not.</summary>
    IReadOnlyList<string> Architectures { get; }

    /// <summary>The cases, each made when it is asked for.</summary>
    /// <param name="context">Sizes, width and peers.</param>
    IEnumerable<Subject> Subjects(ReportContext context);
}
