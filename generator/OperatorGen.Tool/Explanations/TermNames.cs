using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Explanations;

/// <summary>Names of products of waves; <see cref="WaveFactor.Name"/> says what the letters are.</summary>
internal static class TermNames
{
    public static string Of(IReadOnlyList<WaveFactor> factors) => string.Join(' ', factors.Select(factor => factor.Name));
}
