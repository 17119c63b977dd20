using System;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary><c>s5-ssm</c>: S5's recurrence alone, from u [time, H] to y [time, H] (docs/architectures/s5.md).</summary>
public sealed class S5Ssm : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "s5-ssm";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => S5Cell.Storage(declaration, "");

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        var cells = new S5Cell(reading);
        reading.Hyper.Expect("eval", "true");
        reading.Hyper.Ignore("batch", "L");
        int width = reading.Size("H", ("D", 0, 1), ("B", 1, 3), ("C", 0, 3), ("C1", 0, 3));
        Func<SharedModes> cell = cells.Read("", width);
        return reading.Finish(() => SingleLayer.Of(Name, cell()));
    }
}
