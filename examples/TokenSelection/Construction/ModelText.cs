using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ExampleModels;

namespace TokenSelections.Construction;

/// <summary>A model file of the architecture <c>stack</c>.</summary>
/// <param name="layers">The layers.</param>
internal sealed class ModelText(params StackLayer[] layers)
{
    /// <summary>The decoder of each layer, or one for all.</summary>
    public required string[] Decoders { get; init; }

    /// <summary>The read order of each layer; empty: after the update.</summary>
    public string[] Reads { get; init; } = [];

    /// <summary>How decoders are expanded.</summary>
    public string Expansion { get; init; } = "taylor";

    /// <summary>The order of the expansion.</summary>
    public int Order { get; init; }

    /// <summary>The greatest number of time steps.</summary>
    public int MaxLength { get; init; }

    /// <summary>The names of the outputs.</summary>
    public string[] Labels { get; init; } = [];

    /// <summary>The tensors that belong to no layer.</summary>
    public IReadOnlyList<TensorText> Outer { get; init; } = [];

    /// <summary>All tensors.</summary>
    public IEnumerable<TensorText> Tensors => Outer.Concat(layers.SelectMany((layer, i) => layer.Tensors(i)));

    /// <summary>The file's text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("{\n  \"format\": \"operatorgen/1\",\n  \"architecture\": \"stack\",\n  \"hyper\": {\n");
        string[] hyper =
        [
            .. Decoders is [string all] ? [$"\"decoder\": \"{all}\""] : Decoders.Select((name, i) => $"\"layers.{i}.decoder\": \"{name}\""),
            .. Reads.Select((name, i) => $"\"layers.{i}.read\": \"{name}\""),
        ];
        text.Append("    ").AppendJoin(",\n    ", hyper).Append("\n  },\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"options\": {{ \"order\": {Order}, \"expansion\": \"{Expansion}\", \"maxLength\": {MaxLength}, \"precision\": \"double\" }},\n");
        text.Append("  \"labels\": [").AppendJoin(", ", Labels.Select(label => $"\"{label}\"")).Append("],\n");
        return text.Append(TensorText.Block(Tensors)).ToString();
    }
}
