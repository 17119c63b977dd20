using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace OperatorGen.TestKit;

/// <summary>What every run of the generator must hold to, whatever the project.</summary>
public static class GeneratorHarness
{
    private static readonly string[] s_cultures = ["de-DE", "fi-FI"];

    /// <summary>
    /// Runs the generator and demands that it does not throw, that a second run is cached, that no record of a step holds a compiler object,
    /// that German and Finnish machines write the same bytes, and that the project compiles without a warning.
    /// </summary>
    /// <param name="project">The project; its declarations are without errors.</param>
    /// <returns>The first run.</returns>
    public static GeneratorRun Verify(GeneratorProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        GeneratorRun run = GeneratorRun.Of(project);
        Assert.Null(run.Failure);
        Assert.NotEmpty(run.Files);
        Assert.Empty(run.Faults.Where(fault => fault.Severity == DiagnosticSeverity.Error).Select(fault => fault.ToString()));
        Assert.Empty(run.CompilerFaults.Select(fault => fault.ToString()));
        Assert.All(run.Files, file => Assert.DoesNotContain('\r', file.Text));
        Assert.Empty(GeneratorRun.StepNames.SelectMany(step => run.Outputs(step).SelectMany(output => RoslynFreedom.Offenders(output.Value, step))));

        GeneratorRun second = run.Then(project.Copy());
        Assert.Equal(run.Files, second.Files);
        Assert.True(second.IsCached(GeneratorRun.StepNames), "A second run over the same project works again:\n" + Trace(second));

        foreach (string culture in s_cultures)
        {
            Assert.Equal(run.Files, In(culture, () => GeneratorRun.Of(project)).Files);
        }

        return run;
    }

    /// <summary>The steps of a run with the reasons of their outputs, for messages.</summary>
    /// <param name="run">The run.</param>
    public static string Trace(GeneratorRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return string.Join('\n', GeneratorRun.StepNames.Select(step => $"{step}: {string.Join(", ", run.Reasons(step))}"));
    }

    /// <summary>Runs something under another culture.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="culture">The culture's name.</param>
    /// <param name="run">What is run.</param>
    public static T In<T>(string culture, Func<T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
