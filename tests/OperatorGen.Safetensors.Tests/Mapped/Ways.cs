using System;
using System.Collections.Generic;
using System.IO;

namespace OperatorGen.Safetensors.Tests.Mapped;

/// <summary>All ways in which the same bytes are opened.</summary>
internal static class Ways
{
    public static IEnumerable<(string Name, Func<MappedSafetensors> Open)> Of(byte[] file, TempFolder folder)
    {
        string path = folder.Write("model.safetensors", file);
        yield return ("mapped", () => MappedSafetensors.Open(path));
        yield return ("copied", () => MappedSafetensors.Open(path, copy: true));
        yield return ("memory", () => MappedSafetensors.Copy(file));
        yield return ("stream", () => MappedSafetensors.Copy(Within(file)));
        yield return ("one way", () => MappedSafetensors.Copy(new OneWayStream(file)));
    }

    /// <summary>A stream that stands after something else.</summary>
    private static MemoryStream Within(byte[] file) => new([1, 2, 3, .. file]) { Position = 3 };
}
