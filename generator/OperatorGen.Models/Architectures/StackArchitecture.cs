using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>
/// <c>stack</c>, this project's own (docs/architectures/stack.md): layers of modes with a position-wise map after each, as theory papers write them down (SSM + FNN of Nishikawa and Suzuki
/// 2024, arXiv:2405.19036, summarised).
/// <code>
/// x = W_e u + b_e, or E[token]      for every layer:  s_t = lambda s_{t-1} + B x_t      o_t = W_1 (C s_t or C s_{t-1}, + D x_t) + b_1      x = W_2 f(o) + b_2 (+ x)
/// y = W_h pool(x) + b_h
/// </code>
/// There is no norm. Modes may have any eigenvalue, also of modulus 1, and 0.
/// </summary>
public sealed class StackArchitecture : IArchitecture
{
    private const string Embedding = "embedding.weight", Encoder = "encoder", Head = "head";

    private static readonly (string Name, Pooling Value)[] s_poolings = [("none", Pooling.None), ("mean", Pooling.Mean), ("last", Pooling.Last)];

    /// <inheritdoc/>
    public string Name => "stack";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration)
    {
        int layers = LayerCount(name => declaration.Tensors.Any(tensor => tensor.Name == name));
        return declaration.Tensors.FirstOrDefault(tensor => StackLayer.NeedsModesOfItsOwn(tensor.Name))?.Name is { } name
            ? ModeStorage.None($"'{name}' is computed as modes with eigenvalue 0, which have no place in the file")
            : new ModeStorage(Enumerable.Range(0, layers).SelectMany(StackLayer.Storage).ToEquatableArray(), EquatableArray<ModeCount>.Empty);
    }

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        TensorTable tensors = reading.Tensors;
        int first = StackLayer.InputWidth(reading, 0);
        Tensor? embedding = tensors.TakeIfPresent(Embedding, TensorTable.AnySize, first);
        LinearTensors? encoder = Linear(reading, Encoder, first, TensorTable.AnySize);
        if (embedding is not null && encoder is not null)
        {
            reading.Contradiction($"'{Embedding}' and '{Encoder}.weight' are both there: a token's row enters the first layer as it is. Multiply the map into the rows, and leave '{Encoder}.weight' out.");
        }

        int count = LayerCount(tensors.Has);
        CheckNoGap(reading, declaration, count);
        var layers = new List<StackLayer>();
        for (int i = 0, width = first; i < count; i++)
        {
            layers.Add(StackLayer.Read(reading, i, width));
            width = layers[i].OutputWidth;
        }

        int last = layers[count - 1].OutputWidth;
        LinearTensors? head = Linear(reading, Head, TensorTable.AnySize, last);
        Assume("decoder", DecoderFunctions.Identity.Name, "no function follows the readouts");
        Assume("gamma", "1", "the modes are all there are (2: every mode is one of a conjugate pair)");
        Assume("read", StackLayer.After, "the state is read after the update");
        Assume("residual", "false", "a layer's input is not added to its output");
        string pooling = reading.Hyper.Choice("pooling", s_poolings[0].Name, "the output has a row for every time step (mean: of the mean over time; last: of the last time step)", [.. s_poolings.Select(each => each.Name)]);
        CheckTokens(reading, embedding, head?.Weight!.Shape[0] ?? (tensors.Has(Head + ".weight") ? TensorTable.AnySize : last), pooling);
        return reading.Finish(() => new SequenceModel(Name, encoder?.Weight!.Shape[1] ?? first, layers.Select(layer => layer.ToLayer()).ToEquatableArray())
        {
            Embedding = embedding is null ? null : new TokenEmbedding(embedding.Shape[0], embedding),
            Encoder = encoder?.ToLinear(),
            Pooling = s_poolings.First(each => each.Name == pooling).Value,
            Head = head?.ToLinear(),
        });

        // Where every layer says it for itself, nothing is assumed.
        void Assume(string name, string value, string decides)
        {
            if (Enumerable.Range(0, count).Any(layer => reading.Hyper.Find(StackLayer.Prefix(layer) + name) is null))
            {
                reading.Hyper.Assume(name, value, decides);
            }
        }
    }

    /// <summary>A linear map that may be absent, with a bias that may be absent; null where there is none.</summary>
    internal static LinearTensors? Linear(ArchitectureReading reading, string name, int outputs, int inputs)
    {
        Tensor? weight = reading.Tensors.TakeIfPresent(name + ".weight", outputs, inputs);
        Tensor? bias = reading.Tensors.TakeIfPresent(name + ".bias", weight?.Shape[0] ?? outputs);
        if (bias is not null && !reading.Tensors.Has(name + ".weight"))
        {
            reading.Contradiction($"'{name}.bias' has no '{name}.weight': declare that too, or remove the bias.");
        }

        return weight is null ? null : new LinearTensors(weight, bias);
    }

    /// <summary>As many layers as have eigenvalues one after another, at least one.</summary>
    private static int LayerCount(Func<string, bool> has) =>
        Math.Max(1, Enumerable.Range(0, ArchitectureReading.MaxLayers).TakeWhile(layer => has(StackLayer.Prefix(layer) + StackLayer.Eigenvalue)).Count());

    /// <summary>Names the first layer that is missing where later ones are there.</summary>
    private static void CheckNoGap(ArchitectureReading reading, ModelDeclaration declaration, int count)
    {
        int later = Enumerable.Range(count + 1, ArchitectureReading.MaxLayers).FirstOrDefault(layer => reading.Tensors.Has(StackLayer.Prefix(layer) + StackLayer.Eigenvalue));
        if (later > 0)
        {
            string missing = StackLayer.Prefix(count) + StackLayer.Eigenvalue;
            reading.Contradiction($"There is '{StackLayer.Prefix(later)}{StackLayer.Eigenvalue}', but no '{missing}': layers are numbered from 0 on, without a gap.");
            foreach (DeclaredTensor tensor in declaration.Tensors.Where(tensor => tensor.Name.StartsWith("layers.", StringComparison.Ordinal)))
            {
                reading.Tensors.Know(tensor.Name);
            }
        }
    }

    private static void CheckTokens(ArchitectureReading reading, Tensor? embedding, int outputs, string pooling)
    {
        if (embedding is null)
        {
            return;
        }

        int tokens = embedding.Shape[0];
        if (outputs != TensorTable.AnySize && outputs != tokens)
        {
            reading.Contradiction(Invariant($"'{Embedding}' has {tokens} rows, but the model has {CountText.Of(outputs, "output")}: a model of tokens gives a score for every token at every time step."));
        }

        if (pooling != s_poolings[0].Name)
        {
            reading.Contradiction($"'pooling' is '{pooling}', but a model of tokens gives scores at every time step: remove it.", "pooling");
        }
    }
}
