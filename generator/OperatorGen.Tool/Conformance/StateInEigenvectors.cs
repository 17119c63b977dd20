using System.Linq;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Conformance;

/// <summary>
/// The state after Step in the eigenvectors that upstream's mode <c>diagonal</c> found, which are arbitrary: <c>mid.dA_diagonal</c> and <c>mid.dB_diagonal</c> have
/// its eigenvalues and input weights.
/// </summary>
internal sealed class StateInEigenvectors
{
    /// <summary>What the names of outputs end with.</summary>
    public const string StepMode = "_diagonal";

    private readonly string _state;
    private readonly Lowering _lowering;
    private readonly ChosenEigenvectors _chosen;
    private readonly int[] _shape;

    private StateInEigenvectors(string state, Lowering lowering, ChosenEigenvectors chosen, int[] shape)
    {
        _state = state;
        _lowering = lowering;
        _chosen = chosen;
        _shape = shape;
    }

    /// <summary>The output's name.</summary>
    public string Name => _state + "_step" + StepMode;

    /// <summary>That of a model of one layer; null where the case has no such eigenvectors.</summary>
    public static StateInEigenvectors? Of(SequenceModel model, ConformanceCase conformance) =>
        model.Layers[0].Cell.StateName is { } state
        && conformance.Tensors.TryGetValue("mid.dA" + StepMode, out ConformanceTensor? eigenvalues)
        && conformance.Tensors.TryGetValue("mid.dB" + StepMode, out ConformanceTensor? inputs)
            ? new StateInEigenvectors(StateNames.Of(model.Layers[0], state), Lowerings.Of(model.Layers[0].Cell), new ChosenEigenvectors(Complex(eigenvalues), Complex(inputs)), [.. eigenvalues.Shape])
            : null;

    /// <summary>The state of a run.</summary>
    public NumberBlock Of(EngineRun run)
    {
        ComplexNumber[] modes = _lowering.StateIn(run.State[_state].Values, _chosen) ?? throw new ConformanceException("the recurrence has no eigenvectors, or is given in them");
        return new NumberBlock(_shape, [.. modes.SelectMany(z => new[] { z.Re, z.Im })]);
    }

    private static ComplexNumber[] Complex(ConformanceTensor tensor) => [.. tensor.Values.Chunk(2).Select(parts => new ComplexNumber(parts[0], parts[1]))];
}
