using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Design.Tests.Rings;

/// <summary>Rings of nodes beside the modal recurrence that they were made of.</summary>
public sealed class WaveRingTests
{
    [Theory]
    [InlineData(RingForm.Complex)]
    [InlineData(RingForm.Real)]
    public void The_ring_gives_the_recurrences_outputs(RingForm form)
    {
        for (int modes = 1; modes <= 64; modes++)
        {
            var random = new Random(modes);
            Wave[] waves = RandomWaves.Of(random, modes);
            double skip = modes % 2 == 0 ? 0 : random.NextDouble();
            AssertSameOutputs(form, waves, skip, RandomWaves.Input(random, 96), $"{modes} modes");
        }
    }

    [Theory]
    [InlineData(RingForm.Complex)]
    [InlineData(RingForm.Real)]
    public void Slow_modes_do_not_pile_up_rounding(RingForm form)
    {
        // Over 4000 steps each mode forgets nothing: what the change of basis rounds at every step would add up.
        var random = new Random(5);
        Wave[] waves = [.. Enumerable.Range(0, 9).Select(n => new Wave((1 - 1e-5) * ComplexNumber.Exp(new ComplexNumber(0, 0.3 * n)), new ComplexNumber(1, n)))];
        AssertSameOutputs(form, waves, 0, RandomWaves.Input(random, 4000), "slow modes");
    }

    [Theory]
    [InlineData(RingForm.Complex)]
    [InlineData(RingForm.Real)]
    public void The_rings_of_the_trained_digit_model_give_its_readouts(RingForm form)
    {
        (ModeBank table, double[] v) = TrainedModel();
        int steps = v.Length / table.Readouts;
        for (int channel = 0; channel < table.Readouts; channel++)
        {
            Wave[] waves = [.. table.Waves(channel)];
            double[] input = [.. Enumerable.Range(0, steps).Select(t => v[(t * table.Readouts) + channel])];
            AssertSameOutputs(form, waves, table.Skip(channel), input, $"channel {channel}");
        }
    }

    [Fact]
    public void Modes_stand_in_the_order_of_their_frequencies_and_travel_the_same_way()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Wave[] waves = RandomWaves.Of(new Random(seed), 1 + (seed % 12));
            WaveRing complex = WaveRing.Complex(waves);
            Assert.Equal(waves.Length, complex.Nodes);
            Assert.Equal(Enumerable.Range(complex.Modes[0].WaveNumber, waves.Length), complex.Modes.Select(mode => mode.WaveNumber));
            Assert.Equal(complex.Modes.Select(mode => mode.Frequency).Order(), complex.Modes.Select(mode => mode.Frequency));
            Assert.Equal(Enumerable.Range(0, waves.Length), complex.Modes.Select(mode => mode.Index).Order());
            Assert.All(complex.Modes, mode => Assert.Equal(waves[mode.Index], mode.Wave));
            Assert.All(complex.Modes, mode => Assert.Equal(mode.WaveNumber == 0, mode.Speed is null));
            Assert.All(complex.Modes, mode => Assert.True(mode.Speed is null or >= 0));
        }
    }

    [Fact]
    public void A_real_ring_leaves_the_wave_number0_to_one_real_mode_or_empty()
    {
        Wave[] none = [new(new ComplexNumber(0.5, 0.5), 1), new(new ComplexNumber(0.5, -0.25), 1)];
        WaveRing ring = WaveRing.Real(none);
        Assert.Equal(5, ring.Nodes);
        Assert.Equal([(1, 1), (0, 2)], ring.Modes.Select(mode => (mode.Index, mode.WaveNumber)));
        Assert.Equal(0, Enumerable.Range(0, 5).Sum(d => ring.Coupling(d).Re), 15);

        // Two real modes: the slower decay has the wave number 0, the other a pair with the eigenvalue at both ends.
        Wave[] two = [new(new ComplexNumber(0.5, 0.5), 1), new(0.25, 1), new(0.75, new ComplexNumber(2, 7))];
        ring = WaveRing.Real(two);
        Assert.Equal(7, ring.Nodes);
        Assert.Equal([(2, 0, false), (1, 1, true), (0, 2, true)], ring.Modes.Select(mode => (mode.Index, mode.WaveNumber, mode.IsPair)));
        Assert.Equal(0.75, Enumerable.Range(0, 7).Sum(d => ring.Coupling(d).Re), 15);
        Assert.Null(ring.Modes[0].Speed);
        Assert.Equal(0, ring.Modes[1].Speed);
        Assert.Equal(Math.PI / 4 * 7 / (2 * Math.PI * 2), ring.Modes[2].Speed!.Value, 15);
    }

    [Fact]
    public void Coupling_and_profiles_of_a_real_ring_are_real()
    {
        for (int modes = 1; modes <= 20; modes++)
        {
            WaveRing ring = WaveRing.Real(RandomWaves.Of(new Random(modes), modes));
            for (int j = 0; j < ring.Nodes; j++)
            {
                Assert.Equal(0, ring.Coupling(j).Im);
                Assert.Equal(0, ring.Input(j).Im);
                Assert.Equal(0, ring.Readout(j).Im);
            }
        }
    }

    [Theory]
    [InlineData(RingForm.Complex)]
    [InlineData(RingForm.Real)]
    public void The_waves_are_the_eigenvectors_of_the_coupling(RingForm form)
    {
        Wave[] waves = RandomWaves.Of(new Random(3), 11);
        WaveRing ring = form == RingForm.Complex ? WaveRing.Complex(waves) : WaveRing.Real(waves);
        foreach (RingMode mode in ring.Modes)
        {
            foreach (int sign in mode.IsPair ? new[] { 1, -1 } : [1])
            {
                ComplexNumber eigenvalue = new(mode.Wave.Eigenvalue.Re, sign * mode.Wave.Eigenvalue.Im);
                for (int j = 0; j < ring.Nodes; j++)
                {
                    ComplexNumber sum = ComplexNumber.Zero;
                    for (int l = 0; l < ring.Nodes; l++)
                    {
                        sum += ring.Coupling(j - l) * Fourier(sign * mode.WaveNumber, l, ring.Nodes);
                    }

                    // A sum of 23 products below 1, each rounded a few times.
                    Assert.True((sum - (eigenvalue * Fourier(sign * mode.WaveNumber, j, ring.Nodes))).Magnitude < 1e-14);
                }
            }
        }
    }

    [Fact]
    public void In_a_complex_ring_the_input_enters_node0()
    {
        WaveRing ring = WaveRing.Complex(RandomWaves.Of(new Random(1), 10));
        Assert.Equal(Math.Sqrt(10), ring.Input(0).Re, 15);
        Assert.All(Enumerable.Range(1, 9), node => Assert.Equal(ComplexNumber.Zero, ring.Input(node)));
    }

    [Fact]
    public void Modes_of_one_speed_and_decay_carry_a_pulse_around_the_ring()
    {
        // Frequencies 2 pi k / 8: one node per step. The impulse is on node t mod 8 and nowhere else.
        Wave[] waves = [.. Enumerable.Range(0, 8).Select(k => new Wave(0.5 * ComplexNumber.Exp(new ComplexNumber(0, 2 * Math.PI * (k - 4) / 8)), 1))];
        WaveRing ring = WaveRing.Complex(waves);
        Assert.All(ring.Modes, mode => Assert.Equal(1, mode.Speed ?? 1, 15));
        RingActivity activity = ring.Simulate([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        for (int t = 0; t < activity.Steps; t++)
        {
            for (int node = 0; node < 8; node++)
            {
                double expected = node == t % 8 ? Math.Sqrt(8) * Math.Pow(0.5, t) : 0;
                Assert.True((activity[node, t] - expected).Magnitude < 1e-15);
            }
        }
    }

    [Fact]
    public void The_activity_is_the_modes_states_in_the_fourier_basis()
    {
        Wave[] waves = RandomWaves.Of(new Random(8), 6);
        double[] v = RandomWaves.Input(new Random(9), 30);
        WaveRing ring = WaveRing.Complex(waves);
        RingActivity activity = ring.Simulate(v);
        Assert.Equal((6, 30, false), (activity.Nodes, activity.Steps, activity.IsReal));
        Assert.True(WaveRing.Real(waves).Simulate(v).IsReal);
        foreach (RingMode mode in ring.Modes)
        {
            ComplexNumber state = ComplexNumber.Zero;
            for (int t = 0; t < v.Length; t++)
            {
                state = (mode.Wave.Eigenvalue * state) + v[t];
                ComplexNumber projected = ComplexNumber.Zero;
                for (int j = 0; j < ring.Nodes; j++)
                {
                    ComplexNumber f = Fourier(mode.WaveNumber, j, ring.Nodes);
                    projected += f.Conjugate() / Math.Sqrt(ring.Nodes) * activity[j, t];
                }

                // States stay below 3 * 30, and six of them are summed with unit factors.
                Assert.True((projected - state).Magnitude < 1e-12);
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => activity[6, 0]);
        Assert.Throws<IndexOutOfRangeException>(() => activity[0, 30]);
    }

    [Fact]
    public void What_is_no_cell_is_refused()
    {
        Assert.Throws<ArgumentException>(() => WaveRing.Complex([]));
        Assert.Contains("Wave 1", Assert.Throws<ArgumentException>(() => WaveRing.Real([new(0.5, 1), new(0.5, double.NaN)])).Message, StringComparison.Ordinal);
        Assert.Empty(WaveRing.Complex([new(0.5, 1)]).Simulate([]).Outputs);
    }

    private static void AssertSameOutputs(RingForm form, Wave[] waves, double skip, double[] v, string name)
    {
        WaveRing ring = form == RingForm.Complex ? WaveRing.Complex(waves, skip) : WaveRing.Real(waves, skip);
        Assert.Equal(form == RingForm.Complex ? waves.Length : (2 * waves.Length) + 1, ring.Nodes);
        double[] expected = ModeSeries.Readouts(ModeBank.PerChannel(waves.Length, waves, [skip]), v, v.Length);
        double[] actual = ring.Simulate(v).Outputs;
        double scale = Math.Max(expected.Max(Math.Abs), waves.Sum(wave => wave.Reach) * v.Max(Math.Abs));
        Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= 1e-12 * scale, $"{name}: {worst / scale} of the scale");
        Assert.True(expected.Max(Math.Abs) > 1e-4 * scale, $"{name}: the outputs are too small to compare");
    }

    /// <summary>sqrt(nodes) times a column of F*.</summary>
    private static ComplexNumber Fourier(int waveNumber, int node, int nodes) => ComplexNumber.Exp(new ComplexNumber(0, -2 * Math.PI * waveNumber * node / nodes));

    /// <summary>The waves of the one-layer digit model, and its cells' input for a test digit.</summary>
    private static (ModeBank Waves, double[] CellInput) TrainedModel()
    {
        string folder = Path.Combine(RepositoryFolder.Path, "examples", "Digits");
        ModelDeclaration declaration = ModelFileReader.Read(File.ReadAllText(Path.Combine(folder, "models", "one-layer.ssm.json")), default).Value!;
        OperatorDescription description = OperatorDescriptions.Of(CompilerStages.Resolve(declaration, default).Value!);
        double[] pixels = SafetensorsFile.Parse(File.ReadAllBytes(Path.Combine(folder, "data", "digits.safetensors"))).Find("x_test")!.ToDoubles();
        OperatorTrace trace = OperatorTrace.Of(description, pixels.AsSpan(0, 784));
        return (description.Layers[0].Bank!, trace.Layers[0].CellInput);
    }
}
