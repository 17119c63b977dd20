using System.Collections.Generic;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Tool.Inspection;

namespace OperatorGen.Tool.Reports;

/// <summary>What the model is: its parts with their sizes, and where it comes from.</summary>
internal sealed class ModelSection : IReportSection
{
    /// <inheritdoc/>
    public string Name => "model";

    /// <inheritdoc/>
    public string Title => "The model";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject) => null;

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        SequenceModel model = subject.Model;
        yield return new TextBlock($"{subject.Name} is a model of architecture {model.Architecture} with {CountText.Of(model.Layers.Count, "layer")}: {(model.Embedding is { } tokens ? $"one of {CountText.Of(tokens.Vocabulary, "token")}" : CountText.Of(model.InputWidth, "number"))} in per time step, "
            + $"{CountText.Of(model.OutputWidth, "number")} out per {(model.Pooling == Symbolics.Pooling.None ? "time step" : "sequence")}, {ReportNumber.Count(subject.Declaration.Tensors.Sum(tensor => (long)tensor.Value.Count))} weights.");
        yield return new TableBlock("parts", "The parts of the model, in the order in which a sample passes them.", ["part", "what", "shape"], [.. ModelText.Parts(model).Select(Row)]);
        if (subject.Declaration.Source.Count > 0)
        {
            yield return new TableBlock("source", "Where the weights come from, as the model file says.", ["", "value"], [.. subject.Declaration.Source.Select(entry => Row([entry.Name, entry.Value]))]);
        }

        if (model.Calibration is { } calibration)
        {
            yield return new TextBlock($"It is calibrated on {calibration.Name}, {CountText.Of(calibration.Count, "sequence")}: the polynomials of the decoder functions are fitted to how their arguments are distributed there.");
        }
    }

    private static IReadOnlyList<ReportCell> Row(IEnumerable<string> texts) => [.. texts.Select(text => (ReportCell)text)];
}
