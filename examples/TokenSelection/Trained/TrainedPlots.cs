using System;
using System.Globalization;
using System.IO;
using System.Linq;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace TokenSelections.Trained;

/// <summary>The results of the training script as SVG, one file per task whose results go by length or number of samples.</summary>
internal static class TrainedPlots
{
    private static readonly OxyColor[] s_colours = [OxyColor.Parse("#0b6e99"), OxyColor.Parse("#c4661f"), OxyColor.Parse("#8a6d1d"), OxyColor.Parse("#b03060"), OxyColor.Parse("#6a7f3c"), OxyColor.Parse("#5b4a9e")];

    /// <summary>Writes the plots.</summary>
    /// <param name="folder">Where to.</param>
    public static void Write(string folder)
    {
        Write(folder, "copying", "length of the string", "words written again", share: true);
        Write(folder, "recall", "pairs", "values recalled", share: true);
        Write(folder, "regression", "samples", "mean squared error", share: false);
    }

    private static void Write(string folder, string task, string x, string y, bool share)
    {
        TrainingResults results = TrainingResults.Of(task);
        int[] sizes = [.. results.Sizes];

        // OxyPlot takes texts for narrower than many fonts are, and cuts them off: there is more room at both sides and between the lines of the legend, and a name is made longer.
        var plot = new PlotModel { Culture = CultureInfo.InvariantCulture, Background = OxyColors.White, DefaultFontSize = 12, Padding = new OxyThickness(16, 8, 8, 8) };
        plot.Axes.Add(share
            ? new LinearAxis { Position = AxisPosition.Bottom, Title = x, Minimum = sizes[0] - 0.5, Maximum = sizes[^1] + 0.5, MajorStep = sizes[1] - sizes[0], MinorTickSize = 0 }
            : new LogarithmicAxis { Position = AxisPosition.Bottom, Title = x, Base = 2, Minimum = sizes[0] * 0.9, Maximum = sizes[^1] * 1.1, MinorTickSize = 0 });
        plot.Axes.Add(share
            ? new LinearAxis { Position = AxisPosition.Left, Title = y, AxisTitleDistance = 18, Minimum = 0, Maximum = 1.02, LabelFormatter = value => $"{Math.Round(100 * value)} %", MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColor.Parse("#e4e4e4") }
            : new LogarithmicAxis { Position = AxisPosition.Left, Title = y, AxisTitleDistance = 18, MajorGridlineStyle = LineStyle.Solid, MajorGridlineColor = OxyColor.Parse("#e4e4e4") });
        plot.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.RightMiddle, LegendLineSpacing = 6 });
        for (int i = 0; i < results.Models.Count; i++)
        {
            (TrainedModel model, OxyColor colour) = (results.Models[i], s_colours[i]);
            var range = new AreaSeries { Color = OxyColors.Transparent, Fill = OxyColor.FromAColor(40, colour), RenderInLegend = false };
            range.Points.AddRange(sizes.Select(size => new DataPoint(size, model.At(size).Greatest)));
            range.Points2.AddRange(sizes.Select(size => new DataPoint(size, model.At(size).Least)));
            plot.Series.Add(range);
            var line = new LineSeries { Title = model.Name + new string('\u00a0', 18), Color = colour, MarkerType = MarkerType.Circle, MarkerSize = 3, MarkerFill = colour };
            line.Points.AddRange(sizes.Select(size => new DataPoint(size, model.At(size).Median)));
            plot.Series.Add(line);
        }

        var exporter = new SvgExporter { Width = 760, Height = 380, UseVerticalTextAlignmentWorkaround = true };
        File.WriteAllText(Path.Combine(folder, $"selection-{task}.svg"), exporter.ExportToString(plot).ReplaceLineEndings("\n") + "\n");
    }
}
