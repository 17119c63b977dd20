using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OperatorGen.Package;

/// <summary>What an assembly says of itself and of those that it needs, read without loading it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="References">The names of those that it needs.</param>
internal sealed record AssemblyFile(AssemblyName Name, IReadOnlyList<AssemblyName> References)
{
    public static AssemblyFile Read(byte[] bytes)
    {
        using var file = new PEReader(ImmutableArray.Create(bytes));
        MetadataReader metadata = file.GetMetadataReader();
        return new AssemblyFile(
            metadata.GetAssemblyDefinition().GetAssemblyName(),
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())]);
    }
}
