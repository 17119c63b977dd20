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
    public ModeStorage ModesOf(ModelDeclaration declaration) => S5Cell.Storage(declaration, "");

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        var cells = new S5Cell(reading);
        reading.Hyper.Expect("eval", "true");
        reading.Hyper.Ignore("batch", "L");
        int width = reading.Size("H", ("D", 0, 1), ("B", 1, 3), ("C", 0, 3));
        Func<SharedModes> cell = cells.Read("", width);
        return reading.Finish(() => SingleLayer.Of(Name, cell()));
    }
}

/// <summary>A model of one recurrence and nothing around it.</summary>
internal static class SingleLayer
{
    public static SequenceModel Of(string architecture, Cell cell) => new(
        architecture,
        cell.InputWidth,
        Scaling: null,
        Encoder: null,
        EquatableArray.Of(new Layer("", cell.InputWidth, null, InputStage.None, cell, new Decoder { Activation = DecoderFunctions.Identity }, Residual: false, null)),
        Pooling.None,
        Head: null,
        Labels: default);
}
