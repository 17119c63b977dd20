using System.Collections.Generic;

namespace OperatorGen.Benchmarks.Report.Workloads;

/// <summary>The S4D kernel with skip: 128 channels, 32 stored complex modes, 4,096 steps, one thread.</summary>
internal sealed class KernelWorkload : IWorkload
{
    /// <inheritdoc/>
    public int Number => 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Architectures => ["s4d-standalone"];

    /// <inheritdoc/>
    public IEnumerable<Subject> Subjects(ReportContext context) => [S4dLayers.Of(context, "kernel", S4dLayers.Kernel(context), "vandermonde", "kernel", "spectrum")];
}
