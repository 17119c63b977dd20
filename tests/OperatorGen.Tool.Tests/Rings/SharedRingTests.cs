using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Rings;
using Xunit;

namespace OperatorGen.Tool.Tests.Rings;

/// <summary>Rings of modes that channels share.</summary>
public sealed class SharedRingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RingForm.Complex)]
    [InlineData(RingForm.Real)]
    public void The_responses_to_all_inputs_add_up_to_the_readout(RingForm form)
    {
        SequenceModel model = SharedModel.Create(Field.Complex);
        RingSequence sequence = RingSequence.Load(StudyFiles.Data(_folder), "test", 2)!;
        RingSubject[] parts = [.. Enumerable.Range(0, 2).Select(i => RingSubject.Of("m", model, 0, 1, i, form, sequence))];
        double[] whole = [.. parts[0].Run!.Activity.Outputs.Zip(parts[1].Run!.Activity.Outputs, (a, b) => a + b)];
        double[] v = sequence.Data.Sample(2);

        // The formula: lambda = (1 + i/4)/2, b = (1, 3) (1 + i/4), c = 5 (1 + i/4).
        ComplexNumber unit = new(1, 0.25);
        ComplexNumber state = ComplexNumber.Zero;
        for (int t = 0; t < whole.Length; t++)
        {
            state = (0.5 * unit * state) + ((v[2 * t] + (3 * v[(2 * t) + 1])) * unit);

            // Numbers below 100 after some tens of roundings.
            Assert.Equal((5 * unit * state).Re, whole[t], 1e-12);
        }

        Assert.All(parts, part => Assert.InRange(part.Run!.Difference, 0, 1e-12));
        Assert.Equal("layer 0, channel 1, response to input 1 alone", parts[1].Place);
    }

    [Fact]
    public void An_input_that_is_not_there_is_refused() =>
        Assert.Contains("--input 2: the cells of layer 0 have 2 inputs", Assert.Throws<UnusableInputException>(
            () => RingSubject.Of("m", SharedModel.Create(), 0, 0, 2, RingForm.Complex, null)).Message, StringComparison.Ordinal);
}
