using System;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>linear-cde</c>, this project's own (docs/architectures/linear-cde.md): a linear controlled differential equation of a path, after Cirone et al. 2024 (arXiv:2402.19047).
/// <code>
/// dZ = sum_i A_i Z dX^i + B dX      Z before the first sample is Z_0      y_t = C Z_t
/// </code>
/// The samples are points of the path, whose increments are taken first, from 0 on; or they are the increments; or they name tokens, one channel each, with a matrix A_i per token.
/// </summary>
public sealed class LinearCdeArchitecture : IArchitecture
{
    /// <summary>The most states: the matrix of a step has as many rows and columns.</summary>
    private const int MaxStates = 512;

    private const string Exponential = "exponential", Euler = "euler", Token = "token", Path = "path", Increments = "increments";

    /// <inheritdoc/>
    public string Name => "linear-cde";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => ModeStorage.None("its transition depends on the input");

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        HyperTable hyper = reading.Hyper;
        TensorTable tensors = reading.Tensors;
        LinearCdeStep step = StepOf(hyper.Choice("step", Exponential, "how a sample moves the state on", Exponential, Euler, Token));
        string usual = step == LinearCdeStep.Exponential ? Path : Increments;
        string input = usual;
        if (step == LinearCdeStep.Product)
        {
            hyper.Expect("input", Increments);
        }
        else
        {
            input = hyper.Choice("input", usual, "whether samples are points of the path or its increments", Path, Increments);
        }

        int inputs = reading.Size("d", ("A", 0, 3), ("B", 1, 2));
        int states = reading.Size("N", ("A", 1, 3), ("Z_0", 0, 1), ("C", 1, 2), ("B", 0, 2));
        int outputs = reading.Size("p", ("C", 0, 2));
        if (states > MaxStates)
        {
            reading.Contradiction($"'N' is {NumberText.Format(states)}, but a step is a matrix of N rows and columns: N is at most {NumberText.Format(MaxStates)}.", "N");
        }

        reading.CheckState(("d", inputs), ("N", states), ("N", states));
        Tensor? a = tensors.Take("A", inputs, states, states);
        Tensor? b = tensors.TakeIfPresent("B", states, inputs);
        Tensor? start = tensors.Take("Z_0", states);
        Tensor? c = tensors.Take("C", outputs, states);
        return reading.Finish(() =>
        {
            var cell = new LinearCde(inputs, states, outputs, step, a!, b, start!, c!);
            InputStage stage = input == Path ? new InputStage(null, 0, Differences(inputs), DecoderFunctions.Identity) : InputStage.None;
            return new SequenceModel(Name, inputs, EquatableArray.Of(SingleLayer.Layer(inputs, stage, cell, new Decoder { Activation = DecoderFunctions.Identity })));
        });
    }

    private static LinearCdeStep StepOf(string name) => name switch
    {
        Exponential => LinearCdeStep.Exponential,
        Euler => LinearCdeStep.Euler,
        Token => LinearCdeStep.Product,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary><c>h_t = X_t - X_{t-1}</c>, as a convolution; X is 0 before the first sample.</summary>
    private static CausalConvolution Differences(int channels) =>
        new(channels, 2, new Tensor(EquatableArray.Of(channels, 2), [.. Enumerable.Range(0, 2 * channels).Select(k => k % 2 == 0 ? -1.0 : 1.0)]), null, null);
}
