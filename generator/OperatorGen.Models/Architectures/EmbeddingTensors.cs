using System;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>An embedding as far as it was found, and the head, which may be the same table.</summary>
/// <param name="Vocabulary">How many tokens there are; <see cref="TensorTable.AnySize"/> where that is not known.</param>
/// <param name="Weight">Shape [rows, width].</param>
/// <param name="Name">The name of the tensor.</param>
internal sealed record EmbeddingTensors(int Vocabulary, Tensor? Weight, string Name)
{
    /// <summary>Reads the embedding. It may have more rows than there are tokens: upstream pads it.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="vocabularyName">The hyperparameter of the tokens.</param>
    /// <param name="width">The width of a row.</param>
    public static EmbeddingTensors Read(ArchitectureReading reading, string name, string vocabularyName, int width)
    {
        Tensor? weight = reading.Tensors.Take(name, TensorTable.AnySize, width);
        int vocabulary = reading.Hyper.Size(vocabularyName) ?? weight?.Shape[0] ?? TensorTable.AnySize;
        reading.Hyper.Assume(vocabularyName, "the rows of the embedding", "which rows are tokens; those that upstream padded are not, and must not be sampled");
        if (weight is not null && vocabulary > weight.Shape[0])
        {
            reading.Faults.Add(ModelFaults.Inconsistent(
                Invariant($"'{vocabularyName}' is {vocabulary}, but '{name}' has {weight.Shape[0]} rows: a token needs a row."), reading.Hyper.Find(vocabularyName)?.Place));
        }

        return new EmbeddingTensors(vocabulary, weight, name);
    }

    /// <summary>The head's weight, [rows, width]: a tensor of its own, or the embedding's where both are tied.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="tieName">The hyperparameter that says whether they are tied.</param>
    /// <param name="name">The head's tensor.</param>
    public Tensor? Head(ArchitectureReading reading, string tieName, string name)
    {
        bool? isTied = reading.Hyper.Flag(tieName);
        if (Weight is null || (isTied == true && !reading.Tensors.Has(name)))
        {
            return Weight;
        }

        if (isTied is null && !reading.Tensors.Has(name))
        {
            reading.Hyper.Assume(tieName, "true", "the head is the embedding, as there is no tensor of its own");
            return Weight;
        }

        Tensor? head = reading.Tensors.Take(name, Weight.Shape[0], Weight.Shape[1]);
        if (head is null || (reading.ByShapes && isTied != true))
        {
            return head;
        }

        if (!head.HasNumbers || head.Equals(Weight))
        {
            return Weight; // one table for both; shapes are compared where the numbers come
        }

        if (isTied == true)
        {
            reading.Faults.Add(ModelFaults.Inconsistent(
                $"'{tieName}' is true, but '{name}' has other numbers than '{Name}': leave '{name}' out, or set '{tieName}' to false.", reading.Tensors.PlaceOf(name)));
        }

        return head;
    }

    /// <summary>The embedding. Call only when no error was found.</summary>
    public TokenEmbedding ToEmbedding() => new(Vocabulary, Weight!);
}
