using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Import;

/// <summary>What an import took as given because nobody said otherwise, and what each decides: one line each.</summary>
internal static class AssumedDefaults
{
    /// <summary>The lines: first what changes the outputs, then what changes code and operator.</summary>
    /// <param name="declaration">What was imported.</param>
    /// <param name="isSelective">Whether every layer is selective: no decoder function is expanded and nothing is bounded then.</param>
    /// <param name="takesTokens">Whether the input is tokens: there is nothing to scale then.</param>
    /// <param name="assumed">What the architecture assumed.</param>
    public static IEnumerable<string> Of(ModelDeclaration declaration, bool isSelective, bool takesTokens, IEnumerable<AssumedDefault> assumed)
    {
        ModelOptions options = declaration.Options;
        IEnumerable<(bool Assumed, string Line)> others =
        [
            (declaration.Scaling is null && !takesTokens, "no input scaling assumed: inputs are fed as the network was trained on them (--scale, --offset)"),
            (options.Precision is null, "precision=single assumed: the generated code computes in float (--precision)"),
            (options.InputLow is null && !isSelective && !declaration.IsExternal, "no input range assumed: no bounds are proven and no ranges of readouts are known (--input-range)"),
            (options.Expansion is null && !isSelective, $"expansion=taylor assumed: the operator's decoder polynomials are Taylor's{(options.Centre is null ? " about 0" : "")} (--expansion, --centre)"),
            (options.Order is null && !isSelective && options.Expansion != ExpansionKind.Exact, $"order={ModelOptions.DefaultOrder} assumed: the degree of the decoder polynomials (--order)"),
            (declaration.Labels.Count == 0, "no labels assumed: outputs are numbered (--labels)"),
        ];
        return assumed.Select(each => $"{each.Name}={each.Value} assumed: {each.Decides} (--hyper {each.Name}=...)")
            .Concat(others.Where(each => each.Assumed).Select(each => each.Line));
    }
}
