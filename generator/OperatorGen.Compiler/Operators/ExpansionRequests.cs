using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>What a declaration's options mean for the operator.</summary>
public static class ExpansionRequests
{
    /// <summary>The expansion that is asked for; Taylor's about 0 of the default order where nothing is said.</summary>
    public static ExpansionRequest Request(this ModelOptions options) =>
        new(options.Expansion ?? ExpansionKind.Taylor, options.Order ?? ModelOptions.DefaultOrder, options.Centre ?? 0);
}
