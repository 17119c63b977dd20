using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Whether a calibration has one measure per argument of a model's decoder functions.</summary>
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
            if (!layer.Cell.IsConstant)
            {
                return Invariant($"layer {i} is selective, and its arguments have no measures");
            }

            (int readouts, int gates) = (layer.Cell.OutputWidth, Gates(layer));
            ArgumentMeasures found = calibration.Layers[i];
            if (found.Readouts.Count != readouts || found.Gates.Count != gates)
            {
                return Invariant($"its layer {i} has {CountText.Of(found.Readouts.Count, "readout")} and {CountText.Of(found.Gates.Count, "gate argument")}, the model's has {readouts} and {gates}");
            }
        }

        return null;
    }

    private static int Gates(Layer layer) =>
        layer.Decoder.Unit is not null ? layer.OutputWidth : layer.Decoder.Gate is null ? 0 : layer.Cell.OutputWidth;
}
