using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>Which signals have a meaning in the formulas.</summary>
internal static class SignalShapes
{
    /// <summary>Throws <see cref="System.NotSupportedException"/> where a part of a signal does not fit.</summary>
    public static void Check(Signal signal, int inputWidth)
    {
        switch (signal)
        {
            case CellInputSignal:
                Shapes.Require(signal.Width == inputWidth, $"A signal takes the cells' input for {signal.Width} wide; it is {inputWidth} wide.");
                break;
            case ProjectedSignal projected:
                Check(projected.Source, inputWidth);
                ModelShapes.Check(projected.Projection, projected.Source.Width, projected.Name);
                break;
            case SlicedSignal sliced:
                Check(sliced.Source, inputWidth);
                Shapes.Require(sliced.Start >= 0 && sliced.Width >= 0 && sliced.Start + sliced.Width <= sliced.Source.Width, $"A signal takes components {sliced.Start} to {sliced.Start + sliced.Width} of {sliced.Source.Width}.");
                break;
            case MappedSignal mapped:
                Check(mapped.Source, inputWidth);
                break;
            case AffineSignal affine:
                Check(affine.Source, inputWidth);
                ModelShapes.Check(affine.Offset, affine.Width, "The offset of a signal");
                break;
            case ClampedSignal clamped:
                Check(clamped.Source, inputWidth);
                Shapes.Require(clamped.Lower <= clamped.Upper, "A signal is held between limits, of which the lower is not below the upper.");
                break;
            case PolarSignal polar:
                Check(polar.Source, inputWidth);
                Shapes.Require(polar.Width % 2 == 0, $"Complex gates are made of pairs; {polar.Width} numbers are given.");
                break;
            default:
                throw new System.NotSupportedException($"The reference has no formula for a {signal.GetType().Name}.");
        }
    }
}
