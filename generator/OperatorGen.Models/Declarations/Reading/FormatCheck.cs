using System;
using System.Globalization;

namespace OperatorGen.Models;

/// <summary>Checks <c>format</c>: an unknown major version is an error, a newer minor version a warning.</summary>
internal static class FormatCheck
{
    /// <summary>False where the rest of the file may mean something else than this version understands.</summary>
    public static bool Passes(JsonSource source, JsonItem root)
    {
        if (root.Find("format") is not { } format)
        {
            source.Faults.Add(FileFaults.MissingKey("format", "The model file", $"\"format\": \"{ModelFileFormat.Current}\"", source.Places.Of(root)));
            return true;
        }

        string text = source.Text(format);
        if (format.Kind != JsonKind.Text || Parse(text) is not (ModelFileFormat.Major, var minor))
        {
            source.Faults.Add(FileFaults.UnsupportedFormat(JsonSource.Shorten(text), $"'{ModelFileFormat.Current}'", source.Places.Of(format)));
            return false;
        }

        if (minor > ModelFileFormat.Minor)
        {
            source.Faults.Add(FileFaults.NewerMinorFormat(JsonSource.Shorten(text), ModelFileFormat.Current, source.Places.Of(format)));
        }

        return true;
    }

    /// <summary><c>operatorgen/MAJOR</c> or <c>operatorgen/MAJOR.MINOR</c>.</summary>
    private static (int Major, int Minor)? Parse(string text)
    {
        if (!text.StartsWith(ModelFileFormat.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = text.Substring(ModelFileFormat.Prefix.Length).Split('.');
        if (parts.Length > 2 || !TryInteger(parts[0], out int major))
        {
            return null;
        }

        int minor = 0;
        return parts.Length == 2 && !TryInteger(parts[1], out minor) ? null : (major, minor);
    }

    private static bool TryInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
