using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Decoder functions as declarations name them.</summary>
internal static class DecoderText
{
    /// <summary>What may stand there, in the words of a message.</summary>
    public static string Expected => "one of " + string.Join(", ", DecoderFunctions.All.Select(function => "'" + function.Name + "'"));

    /// <summary>The function; null where the text names none.</summary>
    public static DecoderFunction? Parse(string text) => DecoderFunctions.Find(text);
}
