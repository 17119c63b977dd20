using System;

namespace OperatorGen.Reference;

/// <summary>Checks of shapes.</summary>
internal static class Shapes
{
    /// <summary>Throws <see cref="NotSupportedException"/> with the sentence where the condition does not hold.</summary>
    public static void Require(bool condition, string sentence)
    {
        if (!condition)
        {
            throw new NotSupportedException(sentence);
        }
    }
}
