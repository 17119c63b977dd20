using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool.Rings;

/// <summary>
/// What <c>ring</c> shows: the modes of one channel on their ring, and what a sequence does there. Where channels share the modes, the ring has all of them, as
/// one readout reads them and one input of the cells drives them: the responses to all inputs add up to the readout.
/// </summary>
/// <param name="Model">The model file's name.</param>
/// <param name="Layer">The layer's index.</param>
/// <param name="LayerName">Upstream's prefix; empty for a single layer.</param>
/// <param name="Channel">The channel's index, which is that of the readout.</param>
/// <param name="Input">The input of the cells that drives shared modes; null where each channel has modes of its own.</param>
/// <param name="Ring">The ring.</param>
/// <param name="Phases">The phase equation in continuous time; null for a real ring and for modes without continuous eigenvalues.</param>
/// <param name="Run">The sequence; null: the ring alone.</param>
internal sealed record RingSubject(string Model, int Layer, string LayerName, int Channel, int? Input, WaveRing Ring, PhaseEquation? Phases, RingRun? Run)
{
    /// <summary>The form as options and output write it.</summary>
    public string Form => Ring.Form == RingForm.Real ? "real" : "complex";

    /// <summary>The nodes in words.</summary>
    public string Nodes => CountText.Of(Ring.Nodes, Form + " node");

    /// <summary>The modes in words.</summary>
    public string Modes => CountText.Of(Ring.Modes.Count, "mode");

    /// <summary>Layer, channel and input in words.</summary>
    public string Place => $"layer {Layer}, channel {Channel}{(Input is { } input ? $", response to input {input} alone" : "")}";

    /// <summary>Puts a channel on a ring.</summary>
    /// <exception cref="UnusableInputException">There is no such layer, channel or input, it has no ring, or the sequence does not fit the model.</exception>
    public static RingSubject Of(string path, SequenceModel model, int layer, int channel, int? input, RingForm form, RingSequence? sequence)
    {
        string name = System.IO.Path.GetFileName(path);
        ModelCheck.Require("--layer", layer, model.Layers.Count, "layer");
        Cell cell = model.Layers[layer].Cell;
        ModelCheck.Require("--channel", channel, cell.OutputWidth, "channel", $"layer {layer} has");
        ModelCheck.RequireNumbers(path, ModelSymbols.Of(model), "a ring is made of numbers");
        if (!cell.IsConstant)
        {
            throw new UnusableInputException($"Layer {layer} of {path} is selective: its eigenvalues change with every input, so that no fixed coupling of nodes gives its recurrence. Only constant layers have a ring.");
        }

        OperatorDescription description = OperatorDescriptions.Of(model);
        ModeBank bank = description.Layers[layer].Bank!;
        ModelCheck.RequireOscillators(path, layer, bank, "a ring runs forward", "the nodes of a ring are made of eigenvalues");
        if (input is not null && !bank.IsShared)
        {
            throw new UnusableInputException($"--input {input}: each channel of layer {layer} has modes of its own, which hear that channel only.");
        }

        ModelCheck.Require("--input", input, bank.Inputs, "input", $"the cells of layer {layer} have");

        int heard = bank.IsShared ? input ?? 0 : bank.InputOf(channel);
        ModeBank along = bank.Along(channel, ChannelKernels.Input(bank, heard));
        WaveRing ring = form == RingForm.Real ? WaveRing.Real(along.Waves(0), along.Skip(0)) : WaveRing.Complex(along.Waves(0), along.Skip(0));
        return new RingSubject(
            name,
            layer,
            model.Layers[layer].Name,
            channel,
            bank.IsShared ? heard : null,
            ring,
            PhasesOf(ring, cell, channel, bank.WavesPerReadout),
            sequence is null ? null : RunOf(model, description, layer, heard, along, ring, sequence));
    }

    private static PhaseEquation? PhasesOf(WaveRing ring, Cell cell, int channel, int waves)
    {
        ComplexNumber?[] rates = [.. Enumerable.Range(0, waves).Select(n => Lowerings.Of(cell).Rate(channel, n))];
        return ring.Form == RingForm.Complex && rates.All(rate => rate is not null) ? PhaseEquation.Of(ring, [.. rates.Select(rate => rate!.Value)]) : null;
    }

    private static RingRun RunOf(SequenceModel model, OperatorDescription description, int layer, int heard, ModeBank along, WaveRing ring, RingSequence sequence)
    {
        sequence.Data.Require(model);
        int selective = Enumerable.Range(0, layer).FirstOrDefault(l => !model.Layers[l].Cell.IsConstant, -1);
        if (selective >= 0)
        {
            throw new UnusableInputException($"Layer {selective} is selective, and what it passes on to layer {layer} is not computed by this command: leave out --data to see the ring itself.");
        }

        // Layers after the one that is shown have no part in its input.
        OperatorDescription upTo = description with { Pooling = Pooling.None, Layers = [.. description.Layers.Take(layer + 1)], Head = null };
        LayerTrace trace = OperatorTrace.Of(upTo, (model.Embedding is { } embedding ? sequence.Data.Embedded(embedding) : sequence.Data).Sample(sequence.Index)).Layers[layer];
        double[] v = Column(trace.CellInput, heard, description.Layers[layer].Recurrence.Inputs);
        var run = new RingRun(sequence with { Labels = [.. model.Labels] }, v, ring.Simulate(v), ModeSeries.Readouts(along, v, v.Length));
        return run.Readouts.Concat(run.Activity.Outputs).All(double.IsFinite)
            ? run
            : throw new UnusableInputException($"Layer {layer} computes numbers that are not finite for sequence {sequence.Index}: leave out --data to see the ring itself, or choose another sequence.");
    }

    private static double[] Column(double[] rows, int column, int width) => [.. Enumerable.Range(0, rows.Length / width).Select(t => rows[(t * width) + column])];
}
