using System;
using System.Collections.Generic;
using System.Linq;

namespace OperatorGen.Tool.Explanations;

/// <summary>The values of <c>--by</c>.</summary>
internal static class AttributionByNames
{
    /// <summary>Terms of an expansion, order by order: no attribution.</summary>
    public const string Order = "order";

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } = [Order, .. Enum.GetValues<AttributionBy>().Select(Of)];

    /// <summary>The value's meaning; null for <see cref="Order"/>.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    public static AttributionBy? Find(string name) => name == Order ? null : Enum.GetValues<AttributionBy>().Single(by => Of(by) == name);

    private static string Of(AttributionBy by) => by switch
    {
        AttributionBy.Wave => "wave",
        AttributionBy.Channel => "channel",
        AttributionBy.Time => "time",
        AttributionBy.Input => "input",
        AttributionBy.ModelInput => "model-input",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "A way to attribute without a name."),
    };
}
