using System;
using System.Globalization;
using System.IO;
using OperatorGen.Analysis;
using Signatures;
using Xunit;

namespace OperatorGen.Examples.Tests;

/// <summary>The tables that <c>examples/Signature</c> prints.</summary>
public sealed class SignatureTests
{
    [Fact]
    public void The_tables_are_those_of_the_page()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Signatures.Program.Print(writer);
        Assert.Equal(
            """
            Exact cells, on a path of 3 channels and 100 normal steps rounded to integers, divided by its largest number (seed 1)

            cell       states  its words                output    from the signature
            S^12            3  S^12                     0.0459    within 1e-12
            Levy area       4  0.5 S^12 - 0.5 S^21      0.0204    within 1e-12
            S^123           4  S^123                    0.1218    within 1e-12

            State tracking in A5, 60 tokens: which rotation all tokens together are, by three states (seed 2)

            length    right    of all    drift
                20       20   100.0 %    below 1e-9
              1000     1000   100.0 %    below 1e-9
            100000   100000   100.0 %    below 1e-9

            A cell without B whose matrices commute knows how often each token came, and not in which order. The best guess from that is right in
             54.17 % of all sequences of 2 tokens
             27.39 % of all sequences of 3 tokens

            """.ReplaceLineEndings("\n"),
            writer.ToString());
    }

    /// <summary>0.5417 and 0.2739, by enumeration.</summary>
    [Fact]
    public void What_commuting_cells_can_know_has_a_ceiling()
    {
        var group = Group.Of((ControlledRecurrence)A5.Operator.Layers[0].Recurrence);
        Assert.Equal(0.5417, StateTracking.Ceiling(group, 2), 5e-5);
        Assert.Equal(0.2739, StateTracking.Ceiling(group, 3), 5e-5);
        Assert.Equal(1, StateTracking.Ceiling(group, 1));
    }

    [Fact]
    public void Matrices_that_are_no_group_are_refused()
    {
        var recurrence = new ControlledRecurrence(1, 1, 1, ControlledStep.Product, [2.0], [0.0], [1.0], [1.0]);
        Assert.Contains("is none of the 1", Assert.Throws<ArgumentException>(() => Group.Of(recurrence)).Message, StringComparison.Ordinal);
    }
}
