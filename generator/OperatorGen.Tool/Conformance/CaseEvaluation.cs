using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Conformance;

/// <summary>
/// What an engine computes for all sequences of a case, by the names that cases use. With <c>state</c> for every part of the state that upstream names:
/// <code>
/// y, logits, logp, prob    Forward from a fresh state: scores, log-softmax or softmax, as the model says
/// y_rate                   the same at the declared rate; all other tensors are then at rate 1
/// y2                       Forward of a second input
/// y_step, state_step       the rows of Step, and the state after the last; also with the name of one of upstream's modes of stepping behind them
/// y_state, state           Forward from in.state, and the state afterwards; without in.state the state after Forward
/// o, Y, y                  of an operator: Forward from its initial state, or from a fresh one
/// </code>
/// </summary>
internal sealed class CaseEvaluation
{
    private const string Rate = "rate";
    private static readonly string[] s_stepModes = ["", "_dense", "_linear"];

    private readonly Dictionary<string, IReadOnlyList<NumberBlock>> _byName = new(StringComparer.Ordinal);

    /// <summary>Runs the engine.</summary>
    /// <param name="conformance">The case.</param>
    /// <param name="create">Makes the engine of a model.</param>
    public CaseEvaluation(ConformanceCase conformance, Func<SequenceModel, IConformanceEngine> create)
    {
        bool rated = conformance.HasOutput("y_rate");
        Model = (rated ? conformance.Without(Rate) : conformance).ToModel();
        string[] stateNames = [.. StateNames.Of(Model)];
        IReadOnlyList<NumberBlock> inputs = Sequences(conformance.Inputs(stateNames));
        IConformanceEngine engine = create(Model);
        EngineRun[] fresh = [.. inputs.Select(input => engine.Forward(input))];
        IReadOnlyDictionary<string, NumberBlock>[] starts = Starts(conformance, fresh[0].State, inputs.Count);
        Add(fresh, ForwardName, "");
        if (Model.Output == OutputFunction.Scores)
        {
            _byName["y"] = _byName["logits"] = _byName[ForwardName]; // upstream calls both so
        }

        if (starts[0].Count > 0)
        {
            Add([.. inputs.Select((input, b) => engine.Forward(input, starts[b]))], "y_state", "");
        }

        if (conformance.Operator is not null)
        {
            _byName["y"] = _byName["o"] = _byName["Y"] = _byName.GetValueOrDefault("y_state", _byName[ForwardName]);
        }

        if (conformance.SecondInputs() is { Count: > 0 } second)
        {
            _byName["y2"] = [.. Sequences(second).Select(input => engine.Forward(input).Output)];
        }

        if (Model.IsCausal && conformance.Outputs.Any(name => name.Contains("_step", StringComparison.Ordinal)))
        {
            EngineRun[] steps = [.. inputs.Select(engine.Steps)];
            foreach (string mode in s_stepModes)
            {
                Add(steps, "y_step" + mode, "_step" + mode);
            }

            _byName["y_step" + StateInEigenvectors.StepMode] = _byName["y_step"];
            if (StateInEigenvectors.Of(Model, conformance) is { } eigenvectors)
            {
                _byName[eigenvectors.Name] = [.. steps.Select(eigenvectors.Of)];
            }
        }

        if (rated)
        {
            IConformanceEngine faster = create(conformance.ToModel());
            _byName["y_rate"] = [.. inputs.Select(input => faster.Forward(input).Output)];
        }
    }

    /// <summary>The model.</summary>
    public SequenceModel Model { get; }

    /// <summary>The name of what Forward gives.</summary>
    public string ForwardName => Model.Output switch
    {
        OutputFunction.Scores => Model.Pooling == Pooling.None && Model.Embedding is null ? "y" : "logits",
        OutputFunction.LogSoftmax => "logp",
        OutputFunction.Softmax => "prob",
        _ => throw new ConformanceException($"the output function {Model.Output} is not known"),
    };

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>A tensor, one block per sequence; null where the model computes no such.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="like">What it is compared with: a state of all modes takes in the conjugates of those that the model stores.</param>
    public IReadOnlyList<NumberBlock>? Find(string name, IReadOnlyList<NumberBlock> like) =>
        _byName.GetValueOrDefault(name) is not { } blocks ? null
        : like.Count > 0 && ConjugateModes.Are(like[0], blocks[0]) ? [.. blocks.Select(ConjugateModes.Complete)]
        : blocks;

    private void Add(EngineRun[] runs, string output, string suffix)
    {
        _byName[output] = [.. runs.Select(run => run.Output)];
        foreach (string name in runs[0].State.Keys)
        {
            _byName[name + suffix] = [.. runs.Select(run => run.State[name])];
        }
    }

    private IReadOnlyList<NumberBlock> Sequences(IReadOnlyList<NumberBlock> inputs) =>
        inputs.FirstOrDefault(input => !(Model.Embedding is not null && input.Shape.Count == 1) && (input.Shape.Count != 2 || input.Shape[1] != Model.SampleWidth)) is { } wrong
            ? throw new ConformanceException($"the input has shape {wrong.ShapeText} per sequence, but the model takes {(Model.Embedding is null ? $"[time, {Model.InputWidth}]" : "tokens, [time]")}")
            : inputs;

    /// <summary>A state with axes of size 1 that the model's has not (Mamba-2's initial states have one for the chunks).</summary>
    private static NumberBlock WithoutOnes(NumberBlock state, NumberBlock stored) =>
        state.Shape.Where(size => size != 1).SequenceEqual(stored.Shape.Where(size => size != 1)) ? new NumberBlock(stored.Shape, state.Values) : state;

    /// <summary>The states that the sequences start from, one per sequence; empty where the case has none.</summary>
    private static IReadOnlyDictionary<string, NumberBlock>[] Starts(ConformanceCase conformance, IReadOnlyDictionary<string, NumberBlock> stored, int sequences)
    {
        var starts = new Dictionary<string, NumberBlock>[sequences];
        for (int b = 0; b < sequences; b++)
        {
            starts[b] = new Dictionary<string, NumberBlock>(StringComparer.Ordinal);
        }

        foreach (string name in stored.Keys)
        {
            if (conformance.Start(name) is not { } tensor)
            {
                continue;
            }

            IReadOnlyList<NumberBlock> parts = tensor.Blocks();
            if (parts.Count != sequences)
            {
                throw new ConformanceException($"{tensor.Key} has {CountText.Of(parts.Count, "sequence")}, but the input has {sequences}");
            }

            for (int b = 0; b < sequences; b++)
            {
                starts[b][name] = ConjugateModes.Halved(WithoutOnes(parts[b], stored[name]), stored[name]);
            }
        }

        return starts;
    }
}
