using System;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Inspection;
using OperatorGen.Tool.MeanGates;

namespace OperatorGen.Tool.Studies;

/// <summary>A model whose decoder functions' arguments are to be looked at on data.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Declaration">What it declares.</param>
/// <param name="Model">The model.</param>
/// <param name="Operator">Its operator in double precision.</param>
internal sealed record StudiedModel(string Path, ModelDeclaration Declaration, SequenceModel Model, OperatorDescription Operator)
{
    /// <summary>Reads a model file; null where it has errors, which are then written with their places.</summary>
    /// <param name="terminal">Where faults go.</param>
    /// <param name="path">The model file.</param>
    /// <exception cref="UnusableInputException">There is no such file, or the model has symbols or selective layers.</exception>
    public static StudiedModel? Load(Terminal terminal, string path)
    {
        StudiedModel? model = LoadAny(terminal, path);
        model?.RequireConstant();
        return model;
    }

    /// <summary>Reads a model file whose layers may be selective; null where it has errors, which are then written with their places.</summary>
    /// <param name="terminal">Where faults go.</param>
    /// <param name="path">The model file.</param>
    /// <exception cref="UnusableInputException">There is no such file, or the model has symbols.</exception>
    public static StudiedModel? LoadAny(Terminal terminal, string path)
    {
        if (ModelSource.Declaration(terminal, path) is not { } declaration || ModelSource.Resolve(terminal, path, declaration) is not { } model)
        {
            return null;
        }

        ModelCheck.RequireWeights(path, declaration);
        ModelCheck.RequireNumbers(path, ModelSymbols.Of(model), "a model needs numbers to be fed with data");
        return new StudiedModel(path, declaration, model, OperatorDescriptions.Of(model));
    }

    /// <summary>Whether a layer's recurrence depends on its input.</summary>
    public bool IsSelective => Model.Layers.Any(layer => !layer.Cell.IsConstant);

    /// <summary>Refuses a model with selective layers.</summary>
    /// <exception cref="UnusableInputException">A layer is selective.</exception>
    public void RequireConstant()
    {
        if (Model.Layers.FirstOrDefault(layer => !layer.Cell.IsConstant) is { } selective)
        {
            string name = selective.Name.Length == 0 ? "its layer" : $"its layer {selective.Name}";
            throw new UnusableInputException($"{Path} is a model of architecture {Model.Architecture}, and {name} is selective: the recurrence depends on the input, so there are no waves whose decoder could be expanded, and no modes to drop. {(SelectiveLayers.HaveMeanGates(Operator)
                ? "study --expansion mean-gate expands it about its mean gates; predict, inspect, report, attention and explain work for it too."
                : "predict, inspect and report work for it, attention and explain where all layers are selective.")}");
        }
    }

    /// <summary>What the declaration says, with what follows from the model: the greatest length at which it has a meaning, and the measure of its calibration.</summary>
    public ModelOptions Options => Declaration.Options.For(Model);

    /// <summary>Whether the greatest score is a class.</summary>
    public bool Classifies => Operator.Pooled && Operator.OutputWidth > 1;

    /// <summary>Reads a split of a data file that fits the model.</summary>
    /// <param name="path">The data file.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    /// <exception cref="UnusableInputException">It cannot be used, or does not fit.</exception>
    public SequenceData LoadData(string path, string split, bool choice = false)
    {
        SequenceData data = SequenceData.Load(path, split, choice);
        data.Require(Model);
        return Model.Embedding is { } embedding ? data.Embedded(embedding) : data;
    }

    /// <summary>Which sequences are taken where not all are: so many, evenly spread over the file's order, which may be sorted by class.</summary>
    /// <param name="count">The number of sequences.</param>
    /// <param name="limit">How many are taken at most; null: all.</param>
    public static int[] Spread(int count, int? limit)
    {
        int taken = Math.Min(count, limit ?? count);
        return [.. Enumerable.Range(0, taken).Select(i => (int)((long)i * count / taken))];
    }
}
