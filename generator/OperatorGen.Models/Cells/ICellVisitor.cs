namespace OperatorGen.Models;

/// <summary>
/// All kinds of recurrence. Each room that treats kinds differently implements this once, so that a new kind is a compile error there until it has its piece:
/// the compiler's lowering, the reference's formula, the tests' rounding bound and random generator.
/// </summary>
/// <typeparam name="TResult">What a method gives.</typeparam>
public interface ICellVisitor<out TResult>
{
    /// <summary>Modes of one channel each.</summary>
    TResult Visit(ChannelModes cell);

    /// <summary>Modes that all channels share.</summary>
    TResult Visit(SharedModes cell);

    /// <summary>Modes of one channel each, coupled by a low-rank part of the transition.</summary>
    TResult Visit(LowRankModes cell);

    /// <summary>Oscillators that all channels share.</summary>
    TResult Visit(SharedOscillators cell);

    /// <summary>Cells whose parameters depend on the input.</summary>
    TResult Visit(SelectiveCell cell);

    /// <summary>A linear controlled differential equation.</summary>
    TResult Visit(LinearCde cell);
}
