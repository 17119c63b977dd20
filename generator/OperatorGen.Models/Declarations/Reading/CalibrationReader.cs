using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;
using static System.FormattableString;

namespace OperatorGen.Models;

/// <summary>Reads <c>calibration</c>. That it fits the model is checked when the model is known.</summary>
internal sealed class CalibrationReader(JsonSource source)
{
    private const int HashLength = 64;

    private readonly CalibrationNumbers _numbers = new(source);

    /// <summary>The calibration; null where there is a fault.</summary>
    public Calibration? Read(JsonMember member)
    {
        source.RejectUnknown(member.Value, "'calibration'", "name", "count", "sha256", "layers");
        JsonItem? name = Take(member, "'calibration'", "name", "the name of the calibration set", item => item.Kind == JsonKind.Text);
        JsonItem? count = Take(member, "'calibration'", "count", "a positive integer, the number of its sequences", item => source.Integer(item) > 0);
        JsonItem? hash = Take(member, "'calibration'", "sha256", "64 lower-case hexadecimal digits", IsHash);
        JsonItem? layers = Take(member, "'calibration'", "layers", "an object with one entry per layer, \"0\", \"1\", ...", item => item.Kind == JsonKind.Object);
        var read = new List<ArgumentMeasures>();
        foreach (JsonMember layer in layers?.Members ?? [])
        {
            source.Cancellation.ThrowIfCancellationRequested();
            if (ReadLayer(layer, read.Count) is not { } measures)
            {
                return null;
            }

            read.Add(measures);
        }

        return name is null || count is null || hash is null || layers is null
            ? null
            : new Calibration(source.Text(name), source.Integer(count)!.Value, source.Text(hash), read.ToEquatableArray());
    }

    private bool IsHash(JsonItem item) =>
        item.Kind == JsonKind.Text && source.Text(item) is { Length: HashLength } text && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private ArgumentMeasures? ReadLayer(JsonMember layer, int index)
    {
        if (layer.Name != Invariant($"{index}") || layer.Value.Kind != JsonKind.Object)
        {
            source.Faults.Add(FileFaults.WrongValue("An entry of the calibration's 'layers'", $"'{JsonSource.Shorten(layer.Name)}', {source.Describe(layer.Value)}", Invariant($"'{index}', an object with 'readouts' and, where there are gates, 'gates', or with the 'gateRanges' of a selective layer"), source.Places.Of(layer)));
            return null;
        }

        string owner = Invariant($"Layer {index} of the calibration");
        if (layer.Value.Members.FirstOrDefault(member => member.Name == GateRangeReader.Key) is { } ranges)
        {
            source.RejectUnknown(layer.Value, owner, GateRangeReader.Key);
            return new GateRangeReader(source, _numbers).Read(ranges, Part(ranges, owner)) is { } read ? ArgumentMeasures.OfGates(read) : null;
        }

        source.RejectUnknown(layer.Value, owner, "readouts", "gates");
        JsonMember? gates = layer.Value.Members.FirstOrDefault(member => member.Name == "gates");
        JsonMember? readouts = layer.Value.Members.FirstOrDefault(member => member.Name == "readouts");
        if (readouts is null)
        {
            source.Faults.Add(FileFaults.MissingKey("readouts", owner, "an object with 'counts', 'range', 'nodes' and 'weights'; a selective layer has 'gateRanges' instead", source.Places.Of(layer)));
            return null;
        }

        EquatableArray<ArgumentMeasure>? measures = ReadArguments(readouts, owner);
        EquatableArray<ArgumentMeasure>? ofGates = gates is null ? EquatableArray<ArgumentMeasure>.Empty : ReadArguments(gates, owner);
        return measures is null || ofGates is null ? null : new ArgumentMeasures(measures.Value, ofGates.Value);
    }

    private static string Part(JsonMember member, string layer) => $"'{member.Name}' of {char.ToLowerInvariant(layer[0])}{layer.Substring(1)}";

    private EquatableArray<ArgumentMeasure>? ReadArguments(JsonMember member, string layer)
    {
        string owner = Part(member, layer);
        if (member.Value.Kind != JsonKind.Object)
        {
            source.Wrong(owner, member.Value, "an object with 'counts', 'range', 'nodes' and 'weights'");
            return null;
        }

        source.RejectUnknown(member.Value, owner, "counts", "range", "nodes", "weights");
        double[]? counts = _numbers.Read(member, owner, "counts");
        double[]? range = _numbers.Read(member, owner, "range");
        double[]? nodes = _numbers.Read(member, owner, "nodes");
        double[]? weights = _numbers.Read(member, owner, "weights");
        if (counts is null || range is null || nodes is null || weights is null)
        {
            return null;
        }

        if (counts.Any(count => !(count >= 1 && count == Math.Floor(count))) || counts.Sum() != nodes.Length || nodes.Length != weights.Length || range.Length != 2 * counts.Length)
        {
            source.Faults.Add(FileFaults.WrongValue(
                owner,
                Invariant($"given as {CountText.Of(counts.Length, "count")}, {range.Length} ends of ranges, {CountText.Of(nodes.Length, "node")} and {CountText.Of(weights.Length, "weight")}"),
                "positive whole counts whose sum is the number of nodes and of weights, and two ends per count",
                source.Places.Of(member)));
            return null;
        }

        return Arguments(member, owner, counts, range, nodes, weights);
    }

    private EquatableArray<ArgumentMeasure>? Arguments(JsonMember member, string owner, double[] counts, double[] range, double[] nodes, double[] weights)
    {
        var measures = new ArgumentMeasure[counts.Length];
        int next = 0;
        for (int i = 0; i < measures.Length; i++)
        {
            int count = (int)counts[i];
            try
            {
                var measure = new ReducedMeasure(nodes.AsSpan(next, count).ToArray(), weights.AsSpan(next, count).ToArray());
                measures[i] = new ArgumentMeasure(measure, range[2 * i], range[(2 * i) + 1]);
            }
            catch (ArgumentException fault)
            {
                source.Faults.Add(FileFaults.WrongValue(
                    Invariant($"Measure {i} in {owner}"),
                    "no distribution (" + fault.Message.Split('\n', '(')[0].Trim().TrimEnd('.') + ")",
                    "ascending finite nodes inside the range, with positive weights of sum 1",
                    source.Places.Of(member)));
                return null;
            }

            next += count;
        }

        return new EquatableArray<ArgumentMeasure>(measures);
    }

    private JsonItem? Take(JsonMember owner, string name, string key, string expected, Func<JsonItem, bool> accepts)
    {
        JsonItem? item = owner.Value.Find(key);
        if (item is null)
        {
            source.Faults.Add(FileFaults.MissingKey(key, name, expected, source.Places.Of(owner)));
        }
        else if (!accepts(item))
        {
            source.Wrong($"'{key}' of {name}", item, expected);
            return null;
        }

        return item;
    }
}
