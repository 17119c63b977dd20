using System.Collections.Generic;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>The whole S4D layer around the kernel of workload 1: GELU, linear map 128 to 256, GLU.</summary>
internal sealed class LayerWorkload : IWorkload
{
    /// <inheritdoc/>
    public int Number => 2;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["s4d-standalone"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context) => [S4dLayers.Of(context, "layer", S4dLayers.Layer(context), "vandermonde", "kernel", "spectrum", "decoder")];
}
