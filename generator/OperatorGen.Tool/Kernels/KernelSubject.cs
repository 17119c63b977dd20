using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool.Kernels;

/// <summary>What <c>kernels</c> shows: how readouts of a layer answer to single inputs, lag by lag.</summary>
/// <param name="Model">The model file's name.</param>
/// <param name="Layer">The layer's index.</param>
/// <param name="OfModel">True: the inputs are those of the model, through encoder and affine norm where it has them. False: those of the layer's cells.</param>
/// <param name="Kernels">One per readout and input.</param>
internal sealed record KernelSubject(string Model, int Layer, bool OfModel, IReadOnlyList<NamedKernel> Kernels)
{
    /// <summary>How many lags are shown.</summary>
    public int Length => Kernels[0].Taps.Length;

    /// <summary>The first lag that is shown: 0, or a negative one where modes run backward in time, for samples that come later.</summary>
    public int FirstLag => Kernels[0].FirstLag;

    /// <summary>The most lags that are computed.</summary>
    private const int MostLags = 1_000_000;

    /// <summary>What the inputs are, in words.</summary>
    public string Source => OfModel ? "scaled inputs of the model, through encoder and affine norm if there are any" : "inputs of the cells";

    /// <summary>Computes the kernels.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="model">The model.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="readouts">The readouts; none: readout 0.</param>
    /// <param name="inputs">The inputs; none: input 0, or the one that a channel hears.</param>
    /// <param name="cells">Whether the inputs are those of the cells in any case.</param>
    /// <param name="length">How many lags; on each side, where modes run backward in time.</param>
    /// <exception cref="UnusableInputException">There is no such layer, readout or input, or the layer has no kernel.</exception>
    public static KernelSubject Of(string path, SequenceModel model, int layer, IReadOnlyList<int> readouts, IReadOnlyList<int> inputs, bool cells, int length)
    {
        if (length is < 1 or > MostLags)
        {
            throw new UnusableInputException($"--length {length}: a number of lags from 1 to {MostLags} is expected.");
        }

        ModelCheck.Require("--layer", layer, model.Layers.Count, "layer");
        ModelCheck.RequireNumbers(path, ModelSymbols.Of(model), "a kernel is made of numbers");
        OperatorDescription description = OperatorDescriptions.Of(model);
        if (description.Layers[layer].Bank is not { } bank)
        {
            throw new UnusableInputException($"Layer {layer} of {path} is selective: its response depends on the whole input, and no kernel gives it.");
        }

        bool ofModel = !cells && layer == 0 && description.Layers[0] is { PreNorm: null or { IsAffine: true }, Input.IsNone: true };
        int width = ofModel ? description.InputWidth : bank.Inputs;
        int[] heard = [.. readouts.DefaultIfEmpty(0)];
        heard.ToList().ForEach(h => ModelCheck.Require("--readout", h, bank.Readouts, "readout", "there are"));
        inputs.ToList().ForEach(i => ModelCheck.Require("--input", i, width, "input", "there are"));
        bool mixed = ofModel && description.Encoder is not null;
        return new KernelSubject(System.IO.Path.GetFileName(path), layer, ofModel, [.. heard.SelectMany(h => Inputs(bank, mixed, h, inputs)
            .Select(i => Kernel(bank, h, i, ofModel ? ChannelKernels.Encoded(description, i) : ChannelKernels.Input(bank, i), length)))]);
    }

    private static NamedKernel Kernel(ModeBank bank, int readout, int input, double[] drive, int length) => bank.IsCausal
        ? new NamedKernel(readout, input, 0, ChannelKernels.Of(bank, readout, drive, length))
        : new NamedKernel(readout, input, 1 - length, ChannelKernels.TwoSided(bank, readout, drive, length));

    // Of modes of one channel each, only the channel's own input is heard.
    private static IEnumerable<int> Inputs(ModeBank bank, bool mixed, int readout, IReadOnlyList<int> inputs)
    {
        int own = bank.InputOf(readout);
        return bank.IsShared || mixed ? inputs.DefaultIfEmpty(0)
            : inputs.Count == 0 || inputs.Contains(own) ? [own]
            : throw new UnusableInputException($"--input {inputs[0]}: readout {readout} hears input {own} only; there is no kernel from another.");
    }
}

/// <summary>The kernel of one readout and one input.</summary>
/// <param name="Readout">h.</param>
/// <param name="Input">j.</param>
/// <param name="FirstLag">The lag of the first tap.</param>
/// <param name="Taps">K(FirstLag), K(FirstLag + 1), ...</param>
internal sealed record NamedKernel(int Readout, int Input, int FirstLag, double[] Taps)
{
    /// <summary>The name of the kernel.</summary>
    public string Name => $"K[{Readout},{Input}]";

    /// <summary>The index of the greatest |K|.</summary>
    public int Peak => Array.IndexOf(Taps, Taps.MaxBy(Math.Abs));
}
