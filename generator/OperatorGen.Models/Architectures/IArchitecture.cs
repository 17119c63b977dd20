using System.Threading;

namespace OperatorGen.Models;

/// <summary>One architecture: knows upstream's names of hyperparameters and tensors, and what they mean.</summary>
public interface IArchitecture
{
    /// <summary>The name in model files.</summary>
    string Name { get; }

    /// <summary>Turns a declaration into a model with every shape known and every default explicit.</summary>
    /// <param name="declaration">A declaration of this architecture.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The model, and everything that is wrong or worth knowing.</returns>
    /// <exception cref="System.OperationCanceledException">The work was cancelled.</exception>
    StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation);

    /// <summary>A declaration with upstream's present names of tensors where it has older ones; <see cref="ArchitectureCatalog"/> asks for it before it resolves.</summary>
    /// <param name="declaration">A declaration of this architecture.</param>
    ModelDeclaration Current(ModelDeclaration declaration);

    /// <summary>Where a declaration keeps its modes.</summary>
    /// <param name="declaration">A declaration of this architecture without faults.</param>
    ModeStorage ModesOf(ModelDeclaration declaration);
}
