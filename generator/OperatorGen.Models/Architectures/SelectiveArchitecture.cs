using System.Threading;

namespace OperatorGen.Models;

/// <summary>What all architectures of selective cells have in common: tensors have one name only, and no modes that could be taken out.</summary>
public abstract class SelectiveArchitecture : IArchitecture
{
    private protected SelectiveArchitecture()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => ModeStorage.None("its modes depend on the input");

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        reading.Hyper.Expect("eval", "true");
        reading.Hyper.Ignore("batch", "B", "L", "T");
        return Resolve(reading);
    }

    /// <summary>Reads hyperparameters and tensors.</summary>
    private protected abstract StageResult<SequenceModel> Resolve(ArchitectureReading reading);
}
