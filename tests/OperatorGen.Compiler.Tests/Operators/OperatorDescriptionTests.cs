using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using OperatorGen.Tool.Evaluation;
using Xunit;

namespace OperatorGen.Compiler.Tests.Operators;

/// <summary>What a generated type tells of its operator at run time.</summary>
public sealed class OperatorDescriptionTests
{
    [Fact]
    public void It_has_the_compilers_waves_and_terms()
    {
        foreach (SeededModel seeded in Evaluation.Samples.All)
        {
            Same<double>(seeded, 0);
            Same<float>(seeded, 1.0 / (1 << 24));
        }
    }

    private static void Same<T>(SeededModel seeded, double unit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperatorDescription description = Evaluation.Samples.Load<T>(seeded).Operator;
        SymbolicOperator symbolic = CompilerStages.Expand(seeded.Model, new ModelOptions(3), default).Value!;
        if (unit == 0)
        {
            // The constants are those of the model to the bit, so that the text is, too.
            Assert.Equal(OperatorText.Render(symbolic, seeded.Model, new OperatorView()), description.ToString());
        }

        Assert.Equal((symbolic.Architecture, 3, symbolic.Layers.Count), (description.Architecture, description.Order, description.Layers.Count));
        for (int i = 0; i < symbolic.Layers.Count; i++)
        {
            LayerDescription layer = description.Layers[i];
            Assert.Equal((symbolic.Layers[i].Name, symbolic.Layers[i].Decoder, symbolic.Layers[i].Cell.Channels), (layer.Name, layer.Decoder.Name, layer.Channels));
            if (symbolic.Layers[i].Cell is not WaveCell { Waves: var waves })
            {
                Assert.True(layer.IsSelective);
                Assert.Throws<InvalidOperationException>(() => layer.Wave(0, 0));
                continue;
            }

            Assert.Equal((waves.WavesPerReadout, waves.HasSkip), (layer.Modes, layer.Bank!.HasSkip));
            for (int channel = 0; channel < layer.Channels; channel++)
            {
                Near(waves.Skip(channel), layer.Skip(channel), unit);
                for (int n = 0; n < waves.WavesPerReadout; n++)
                {
                    Wave expected = waves[channel, n], actual = layer.Wave(channel, n);
                    Near(expected.Eigenvalue.Re, actual.Eigenvalue.Re, unit);
                    Near(expected.Eigenvalue.Im, actual.Eigenvalue.Im, unit);
                    Near(expected.Weight.Re, actual.Weight.Re, unit);
                    Near(expected.Weight.Im, actual.Weight.Im, unit);
                }
            }
        }
    }

    private static void Near(double expected, double actual, double unit) => Assert.True(Math.Abs(expected - actual) <= unit * Math.Abs(expected), $"{expected} and {actual}");
}
