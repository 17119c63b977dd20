using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace OperatorGen.Design.Tests.Bounds;

/// <summary>Attempts to break the proven bounds, with 10^6 inputs.</summary>
public sealed class BreakingTests(ITestOutputHelper output)
{
    private const int Inputs = 1_000_000;

    /// <summary>
    /// What an evaluation in double may add to an error: it is decided by the same input evaluated with every rounding accounted for, not by a tolerance.
    /// A claimed violation counts where truncated minus exact, both as intervals, lies beyond the bound for certain.
    /// </summary>
    [Fact]
    public void No_input_exceeds_the_bound_of_any_model_and_the_signs_of_the_kernel_attain_the_readout_bound()
    {
        List<Subject> subjects = [.. Enumerable.Range(0, 20).Select(index => Subject.Create(index))];
        double[] cheapness = [.. subjects.Select(subject => 1 / subject.Cost)];
        long total = 0;
        output.WriteLine("| model | channels x modes | length | decoder | expansion | GLU | pooled | inputs | bound | worst found | bound / worst |");
        for (int k = 0; k < subjects.Count; k++)
        {
            int count = Math.Max(1000, (int)(Inputs * cheapness[k] / cheapness.Sum()));
            total += subjects[k].Attack(count);
            output.WriteLine(subjects[k].Row(k));
        }

        Subject digits = OneLayer();
        total += digits.Attack(150);
        output.WriteLine(digits.Row(20));
        Assert.True(total >= Inputs, $"{total} inputs");
    }

    /// <summary>The one-layer digit model on scaled inputs from 0 to 1, 49 steps, with Chebyshev polynomials of order 3.</summary>
    private static Subject OneLayer()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "examples", "Digits", "models", "one-layer.ssm.json"));
        SequenceModel model = CompilerStages.Resolve(ModelFileReader.Read(text, CancellationToken.None).Value!, CancellationToken.None).Value!;
        OperatorDescription whole = OperatorDescriptions.Of(model);

        // The scaling is left out: inputs are drawn from the range of the scaled input.
        OperatorDescription scaled = whole with { Scaling = null };
        return new Subject(scaled, ExpansionKind.Chebyshev, 3, InputRange.Uniform(scaled, 0, 1), 49, new Random(7));
    }
}
