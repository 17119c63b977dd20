using System;
using System.Collections.Generic;

namespace OperatorGen;

/// <summary>What is known of a generated model before it runs.</summary>
/// <param name="ModelHash">The identity of the model: SHA-256 of architecture, hyperparameters, tensors and input scaling, 64 hexadecimal digits.</param>
/// <param name="InputWidth">Channels of an input sample.</param>
/// <param name="OutputWidth">Numbers of an output row.</param>
/// <param name="Labels">The names of the outputs; empty where the model names none.</param>
/// <param name="IsCausal">True: an output depends on no later sample.</param>
/// <param name="Pooled">True: a sequence gives one row. False: every time step gives one.</param>
public sealed record ModelMetadata(string ModelHash, int InputWidth, int OutputWidth, IReadOnlyList<string> Labels, bool IsCausal, bool Pooled)
{
    /// <summary>The metadata of a generated type.</summary>
    /// <typeparam name="TModel">The generated type.</typeparam>
    /// <exception cref="NotSupportedException">The weights of the type are external: an instance has <see cref="ISequenceModel.Metadata"/>.</exception>
    public static ModelMetadata Of<TModel>()
        where TModel : ISequenceModel => new(TModel.ModelHash, TModel.InputWidth, TModel.OutputWidth, TModel.Labels, TModel.IsCausal, TModel.Pooled);

    /// <summary>What a static member says whose type does not declare it.</summary>
    internal static NotSupportedException NotDeclared(string member) =>
        new($"The type has no static {member} of its own. A generated type has one, unless its weights are external: then it is a member of the instance that was loaded. A type that implements the interface by hand has to declare it.");
}
