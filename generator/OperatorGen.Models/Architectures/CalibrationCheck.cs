using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Whether a calibration has one measure per argument of a model's decoder functions, and one range per gate of its selective layers.</summary>
internal static class CalibrationCheck
{
    /// <summary>The first difference, a sentence without its full stop; null where it fits.</summary>
    public static string? Mismatch(Calibration calibration, SequenceModel model)
    {
        if (calibration.Layers.Count != model.Layers.Count)
        {
            return Invariant($"it has {CountText.Of(calibration.Layers.Count, "layer")}, the model {model.Layers.Count}");
        }

        for (int i = 0; i < model.Layers.Count; i++)
        {
            Layer layer = model.Layers[i];
            ArgumentMeasures found = calibration.Layers[i];
            if (found.GateRanges.Count != GateNumbers(layer.Cell))
            {
                return Invariant($"its layer {i} has {CountText.Of(found.GateRanges.Count, "gate range")}, and the model's has {CountText.Of(GateNumbers(layer.Cell), "selective gate")}");
            }

            (int readouts, int gates) = layer.Cell.IsConstant ? (layer.Cell.OutputWidth, Gates(layer)) : (0, 0);
            if (found.Readouts.Count != readouts || found.Gates.Count != gates)
            {
                return Invariant($"its layer {i} has {CountText.Of(found.Readouts.Count, "readout")} and {CountText.Of(found.Gates.Count, "gate argument")}, the model's has {readouts} and {gates}");
            }
        }

        return null;
    }

    private static int GateNumbers(Cell cell) => cell is SelectiveCell selective ? selective.GateNumbers : 0;

    private static int Gates(Layer layer) =>
        layer.Decoder.Unit is not null ? layer.OutputWidth : layer.Decoder.Gate is null ? 0 : layer.Cell.OutputWidth;
}
