using System;
using System.Linq;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <content>Sizes that must go together.</content>
internal sealed partial class ArchitectureReading
{
    private const int MaxState = 1 << 24;

    /// <summary>Whether sizes were found that contradict each other, so that no shape follows from them.</summary>
    private bool HasContradiction { get; set; }

    /// <summary>Reports sizes that contradict each other.</summary>
    /// <param name="found">What contradicts what, and what to do; a sentence.</param>
    /// <param name="names">Their hyperparameters; the fault is at the first that is declared.</param>
    public void Contradiction(string found, params string[] names)
    {
        HasContradiction = true;
        Faults.Add(ModelFaults.Inconsistent(found, names.Select(name => Hyper.Find(name)?.Place).FirstOrDefault(place => place is not null)));
    }

    /// <summary>A product of sizes; <see cref="TensorTable.AnySize"/> where one of them is not known and, with a fault, where it is larger than an architecture takes.</summary>
    /// <param name="factors">The sizes with the hyperparameters that say them.</param>
    public int Product(params (string Name, int Size)[] factors) => Product(HyperTable.MaxSize, factors);

    /// <summary>Reports states with more numbers than an architecture takes.</summary>
    /// <param name="factors">The sizes of a state with the hyperparameters that say them.</param>
    public void CheckState(params (string Name, int Size)[] factors) => Product(MaxState, factors);

    /// <summary>Reports a size that does not divide another one.</summary>
    /// <param name="divisor">The hyperparameter of the divisor, with its size.</param>
    /// <param name="size">The hyperparameter of the other one, with its size.</param>
    /// <param name="reason">Why it must, the end of a sentence; empty: it is clear.</param>
    public void CheckDivides((string Name, int Size) divisor, (string Name, int Size) size, string reason = "")
    {
        if (divisor.Size > 0 && size.Size > 0 && size.Size % divisor.Size != 0)
        {
            Contradiction(Invariant($"'{divisor.Name}' is {divisor.Size} and {size.Name} {size.Size}: {divisor.Name} must divide {size.Name}{reason}."), divisor.Name, size.Name);
        }
    }

    /// <summary>Reports a declared factor that contradicts a product.</summary>
    /// <param name="factor">The hyperparameter of the factor, which may be absent.</param>
    /// <param name="other">The other factor.</param>
    /// <param name="product">The product.</param>
    public void CheckFactor(string factor, (string Name, int Size) other, (string Name, int Size) product)
    {
        if (Hyper.Size(factor) is int size && other.Size > 0 && product.Size > 0 && (long)size * other.Size != product.Size)
        {
            Contradiction(Invariant($"'{factor}' is {size} and {other.Name} {other.Size}, but {product.Name} is {product.Size}, not their product: correct one of them."), factor);
        }
    }

    private int Product(int limit, (string Name, int Size)[] factors)
    {
        long product = 1;
        foreach ((_, int size) in factors)
        {
            if (size == TensorTable.AnySize)
            {
                return TensorTable.AnySize;
            }

            product = Math.Min(product * size, limit + 1L);
        }

        if (product <= limit)
        {
            return (int)product;
        }

        Contradiction(
            Invariant($"The product of {string.Join(", ", factors.Select(factor => Invariant($"'{factor.Name}' ({factor.Size})")))} is larger than {limit}, the largest that is possible."),
            [.. factors.Select(factor => factor.Name)]);
        return TensorTable.AnySize;
    }
}
