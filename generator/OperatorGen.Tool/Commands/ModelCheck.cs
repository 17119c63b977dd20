using System.Collections.Generic;
using OperatorGen.Analysis;
using OperatorGen.Models;

namespace OperatorGen.Tool.Commands;

/// <summary>What commands ask of a model: that it has the parts that options name, and numbers.</summary>
internal static class ModelCheck
{
    /// <summary>Refuses an index that is out of range.</summary>
    /// <param name="option">The option, for example <c>--layer</c>.</param>
    /// <param name="index">What it says; null: nothing.</param>
    /// <param name="count">How many parts there are.</param>
    /// <param name="noun">What a part is called.</param>
    /// <param name="owner">What has the parts, with its verb.</param>
    /// <exception cref="UnusableInputException">The index is negative or too large.</exception>
    public static void Require(string option, int? index, int count, string noun, string owner = "the model has")
    {
        if (index < 0 || index >= count)
        {
            throw new UnusableInputException($"{option} {index}: {owner} {(count == 1 ? $"1 {noun}, 0" : $"{count} {noun}s, 0 to {count - 1}")}.");
        }
    }

    /// <summary>Refuses a time step that cannot be explained.</summary>
    /// <param name="step">What <c>--step</c> says; null: nothing.</param>
    /// <param name="operators">The model.</param>
    /// <param name="input">The sequence, [time, InputWidth].</param>
    /// <exception cref="UnusableInputException">The model pools, or the sequence has no such step.</exception>
    public static void RequireStep(int? step, OperatorDescription operators, double[] input)
    {
        if (step is not null && operators.Pooled)
        {
            throw new UnusableInputException($"--step: the model's scores are {(operators.Pooling == Symbolics.Pooling.Mean ? "means over all time steps" : "those of the last time step")}; the option is for models without pooling.");
        }

        Require("--step", step, input.Length / operators.InputWidth, "time step", "the sequence has");
    }

    /// <summary>What a model whose weights are external is answered where numbers are needed.</summary>
    public const string ShapesOnly = "has shapes only, its weights are external, and this needs numbers. inspect, pack and predict --weights work for it; for the rest import the checkpoint without --external, where the model is small enough.";

    /// <summary>Refuses a model file of shapes.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="declaration">What it declares.</param>
    /// <exception cref="UnusableInputException">The weights are external.</exception>
    public static void RequireWeights(string path, ModelDeclaration declaration)
    {
        if (declaration.IsExternal)
        {
            throw new UnusableInputException($"{path} {ShapesOnly}");
        }
    }

    /// <summary>Refuses a model with symbols.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="reason">Why numbers are needed, a sentence without its full stop.</param>
    /// <exception cref="UnusableInputException">There are symbols.</exception>
    public static void RequireNumbers(string path, IReadOnlyList<string> symbols, string reason)
    {
        if (symbols.Count > 0)
        {
            throw new UnusableInputException($"{path} has the symbols {string.Join(", ", symbols)}: {reason}.");
        }
    }

    /// <summary>Refuses modes that are no oscillators of their own which run forward in time.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="layer">The layer's index.</param>
    /// <param name="bank">Its modes.</param>
    /// <param name="forward">What runs forward, a sentence without its full stop.</param>
    /// <param name="eigenvalues">What is made of eigenvalues, a sentence without its full stop.</param>
    /// <exception cref="UnusableInputException">A mode runs backward, or is part of a block.</exception>
    public static void RequireOscillators(string path, int layer, ModeBank bank, string forward, string eigenvalues)
    {
        if (!bank.IsCausal)
        {
            throw new UnusableInputException($"Layer {layer} of {path} has modes that run backward in time; {forward}.");
        }

        if (bank.Blocks.Count > 0)
        {
            throw new UnusableInputException($"The modes {bank.Blocks[0].First} to {bank.Blocks[0].First + bank.Blocks[0].Size - 1} of layer {layer} of {path} form a block without eigenbasis; {eigenvalues}.");
        }
    }
}
