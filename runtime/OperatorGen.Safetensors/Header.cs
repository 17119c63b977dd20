using System.Collections.Generic;

namespace OperatorGen.Safetensors;

/// <summary>What the JSON header says, before it is held against the data.</summary>
/// <param name="Tensors">The entries in the order of the header.</param>
/// <param name="Metadata">The strings under <c>__metadata__</c>.</param>
internal sealed record Header(IReadOnlyList<HeaderEntry> Tensors, IReadOnlyDictionary<string, string> Metadata);

/// <summary>One tensor of the header.</summary>
/// <param name="Name">The name.</param>
/// <param name="Place">The byte of the file at which the name is.</param>
/// <param name="DType">The element type.</param>
/// <param name="DTypeName">Its name as it is written.</param>
/// <param name="Shape">The sizes of the axes.</param>
/// <param name="Begin">The first byte of the elements, counted from the end of the header.</param>
/// <param name="End">The byte after the last.</param>
internal sealed record HeaderEntry(string Name, long Place, SafetensorsDType DType, string DTypeName, int[] Shape, long Begin, long End);
