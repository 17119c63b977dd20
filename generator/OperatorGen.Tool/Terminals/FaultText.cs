using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using static System.FormattableString;

namespace OperatorGen.Tool;

/// <summary>Faults as compilers print them: <c>file:line:column: severity OPGnnnn: message</c>.</summary>
public static class FaultText
{
    /// <summary>One line.</summary>
    /// <param name="file">The file that the fault concerns.</param>
    /// <param name="fault">The fault.</param>
    public static string Line(string file, Fault fault)
    {
        string place = fault.Place is { } at ? Invariant($":{at.Line}:{at.Column}") : "";
        string severity = fault.Kind.Severity switch { FaultSeverity.Error => "error", FaultSeverity.Warning => "warning", _ => "info" };
        return VisibleText.Of($"{file}{place}: {severity} {fault.Kind.Id}: {fault.Message}");
    }

    /// <summary>Writes all faults; true where one of them is an error.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="file">The file that they concern.</param>
    /// <param name="faults">The faults.</param>
    public static bool Report(TextWriter writer, string file, IEnumerable<Fault> faults)
    {
        bool errors = false;
        foreach (Fault fault in faults)
        {
            writer.WriteLine(Line(file, fault));
            errors |= fault.Kind.Severity == FaultSeverity.Error;
        }

        return errors;
    }
}
