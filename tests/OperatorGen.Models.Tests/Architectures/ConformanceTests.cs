using System.Linq;
using Xunit;

namespace OperatorGen.Models.Tests;

public class ConformanceTests
{
    public static TheoryData<string> Cases => ReferenceCases.Names(
        "s4d-", "s4-example-", "mamba1-block", "mamba1-scan", "mamba2-ssd", "mamba2-block", "gla-", "simple-gla", "hgrn", "retention", "rwkv6", "delta-rule", "gated-delta-rule", "gateloop-attn", "gateloop-operator", "gateloop-simple", "gateloop-transformer", "mamba1-lm", "mamba1-minimal-lm", "mamba2-lm");

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Every_case_of_these_architectures_resolves_without_a_fault(string name)
    {
        foreach (string precision in new[] { "f64", "f32" })
        {
            StageResult<ModelDeclaration> imported = ReferenceCases.Import(name, precision);
            Assert.Empty(imported.Faults.Select(fault => fault.Message));
            StageResult<ModelDeclaration> read = ModelFileReader.Read(ModelFileWriter.Write(imported.Value!), default);
            Assert.Empty(read.Faults.Select(fault => fault.Message));
            Assert.Equal(imported.Value!.ContentHash(), read.Value!.ContentHash());
            StageResult<SequenceModel> resolved = ArchitectureCatalog.Resolve(read.Value!, default);
            Assert.Empty(resolved.Faults.Select(fault => fault.Message));
            ModelInvariants.Check(resolved.Value!);
        }
    }
}
