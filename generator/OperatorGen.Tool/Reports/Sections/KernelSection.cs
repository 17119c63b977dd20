using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Kernels;

namespace OperatorGen.Tool.Reports;

/// <summary>The kernels of the strongest readouts.</summary>
internal sealed class KernelSection : IReportSection
{
    private const int Shown = 5;
    private const int MostInputs = 64;
    private const int FewestLags = 32;
    private const int MostLags = 800;
    private const double Faded = 0.01; // of the peak

    /// <inheritdoc/>
    public string Name => "kernels";

    /// <inheritdoc/>
    public string Title => "Kernels";

    /// <inheritdoc/>
    public string? Obstacle(ReportSubject subject) => subject.WaveObstacle;

    /// <inheritdoc/>
    public IEnumerable<ReportBlock> Blocks(ReportSubject subject)
    {
        yield return new TextBlock("The kernel of a readout is its answer to a single impulse: what a sample still means for the readout after so many steps.");
        foreach (int layer in subject.WaveLayers)
        {
            KernelSubject kernels = Of(subject, layer);
            bool manyInputs = kernels.Kernels.Any(kernel => kernel.Input > 0) || subject.Model.InputWidth > 1;
            yield return new FigureBlock(
                "kernels-" + NumberText.Format((long)layer),
                $"Kernels of the strongest readouts of {subject.LayerName(layer)}",
                $"K[readout,input] by lag, from {kernels.Source}.{(manyInputs ? " Of each readout the input that moves it most is shown." : "")}{(CutAtZero(kernels) ? " What a readout gets at once, at lag 0, is beyond the picture where a skip is large." : "")}{(kernels.FirstLag < 0 ? " At negative lags the readout answers to samples that come later." : "")}",
                new ChartPicture(KernelFormats.ChartOf(kernels)));
        }
    }

    private static bool CutAtZero(KernelSubject kernels) => kernels.Kernels.Any(kernel => kernel.FirstLag <= 0 && -kernel.FirstLag < kernel.Taps.Length
        && Math.Abs(kernel.Taps[-kernel.FirstLag]) > kernels.Kernels.Max(other => other.Taps.Where((_, tau) => other.FirstLag + tau != 0).Select(Math.Abs).DefaultIfEmpty().Max()));

    /// <summary>Per strong readout the kernel of the input with the greatest sum of |K|, all of one length.</summary>
    private static KernelSubject Of(ReportSubject subject, int layer)
    {
        OperatorDescription operators = subject.Operator!;
        LayerDescription description = operators.Layers[layer];
        bool ofModel = layer == 0 && description is { PreNorm: null or { IsAffine: true }, Input.IsNone: true };
        int[] inputs = [.. Enumerable.Range(0, Math.Min(MostInputs, ofModel ? operators.InputWidth : description.Bank!.Inputs))];
        int most = Math.Min(MostLags, subject.Data?.Length ?? subject.Model.Length?.Steps ?? MostLags);
        KernelSubject[] each = [.. subject.Ranked(layer).Take(Shown).Select(readout => KernelSubject.Of(subject.Path, subject.Model, layer, [readout.Channel], inputs, cells: false, Math.Max(2, most)))];
        NamedKernel[] strongest = [.. each.Select(one => one.Kernels.MaxBy(kernel => kernel.Taps.Sum(Math.Abs))!)];
        int lags = Math.Min(most, Math.Max(FewestLags, strongest.Max(Reach) + 1));
        return each[0] with { Kernels = [.. strongest.Select(kernel => Cut(kernel, lags))] };
    }

    /// <summary>The greatest |lag| at which the kernel is not yet faded.</summary>
    private static int Reach(NamedKernel kernel)
    {
        double least = Faded * Math.Abs(kernel.Taps[kernel.Peak]);
        return kernel.Taps.Select((tap, i) => Math.Abs(tap) > least ? Math.Abs(kernel.FirstLag + i) : 0).Max();
    }

    private static NamedKernel Cut(NamedKernel kernel, int lags)
    {
        int first = Math.Max(0, -kernel.FirstLag - lags + 1);
        int last = Math.Min(kernel.Taps.Length, lags - kernel.FirstLag);
        return kernel with { FirstLag = kernel.FirstLag + first, Taps = kernel.Taps[first..last] };
    }
}
