using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;

namespace OperatorGen.Package;

/// <summary>The files of a package.</summary>
internal sealed class PackageArchive
{
    private readonly Dictionary<string, byte[]> _files = [];

    public PackageArchive(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            _files.Add(entry.FullName, bytes.ToArray());
        }
    }

    /// <summary>The paths of the files that are not the package format's own, in order.</summary>
    public IEnumerable<string> Paths => _files.Keys
        .Where(path => !path.StartsWith("_rels/", StringComparison.Ordinal) && !path.StartsWith("package/", StringComparison.Ordinal) && path != "[Content_Types].xml")
        .Order(StringComparer.Ordinal);

    public byte[] this[string path] => _files[path];

    /// <summary>The files of one folder, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Folder(string folder) => _files
        .Where(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal))
        .ToDictionary(file => file.Key[(folder.Length + 1)..], file => file.Value);

    /// <summary>The metadata of the package's specification.</summary>
    public XElement Metadata()
    {
        string path = _files.Keys.Single(each => each.EndsWith(".nuspec", StringComparison.Ordinal));
        using var stream = new MemoryStream(_files[path]);
        return XDocument.Load(stream).Root!.Elements().Single();
    }
}
