using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Pruning;

/// <summary>
/// The model file of a pruned model. In every channel (or in the modes that channels share) the kept modes come first, in their order, and the tensors are cut to
/// where most are kept; where fewer are, the rest is filled with modes whose read weight is 0. Where the architecture allows it, channels are sorted by the modes
/// that they keep, so that channels of one vector need as many, and channels whose readout is always 0 are left out. Nothing else is changed, but for the
/// calibration, which described the unpruned readouts and is left out with the expansion that needs it.
/// </summary>
internal sealed class PrunedDeclaration
{
    private readonly ModeBank[] _banks;
    private readonly int[][][] _kept; // waves, [layer][group]
    private readonly int[] _order; // the channels of the first layer, as they are in the pruned file

    private PrunedDeclaration(StudiedModel model, PruningResult pruning)
    {
        HashSet<PrunedMode> dropped = [.. pruning.Dropped];
        _banks = [.. model.Operator.Layers.Select(layer => layer.Bank!)];
        _kept = [.. _banks.Select((bank, l) => Enumerable.Range(0, bank.Groups)
            .Select(group => Enumerable.Range(0, bank.WavesPerReadout).Where(n => !dropped.Contains(new PrunedMode(l, bank.ModeOf(group, n)))).ToArray())
            .ToArray())];
        Modes = _kept.SelectMany(layer => layer).Max(kept => System.Math.Max(1, kept.Length));
        ModelDeclaration declaration = ArchitectureCatalog.Current(model.Declaration);
        ModeStorage storage = ArchitectureCatalog.Find(declaration.Architecture)!.ModesOf(declaration);
        if (storage.Obstacle is { } obstacle)
        {
            throw new UnusableInputException($"{model.Path} is a model of architecture {declaration.Architecture}, and no modes can be taken out of its file: {obstacle}.");
        }

        ChannelStorage? channels = storage.Channels;
        _order = channels is null ? [.. Enumerable.Range(0, _kept[0].Length)] : Order(channels, declaration);
        Dictionary<string, int> axes = channels?.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Axis) ?? [];
        Dictionary<string, ModeTensor> places = storage.Tensors.ToDictionary(tensor => tensor.Name);
        Dictionary<string, int> counts = storage.Counts.ToDictionary(count => count.Name, count => count.PerMode * Modes);
        if (channels is not null)
        {
            counts.Add(channels.Count, _order.Length);
        }

        string certified = $"{CountText.Of(pruning.Dropped.Count, "mode")} dropped, certified change {NumberText.Format(pruning.Certified, 6)}";
        Declaration = declaration with
        {
            Hyper = declaration.Hyper.Select(hyper => counts.TryGetValue(hyper.Name, out int count) ? hyper with { Value = count.ToString(CultureInfo.InvariantCulture) } : hyper).ToEquatableArray(),
            Tensors = declaration.Tensors.Select(tensor => places.TryGetValue(tensor.Name, out ModeTensor? place) ? tensor with { Value = Cut(tensor.Value, place) } : tensor)
                .Select(tensor => axes.TryGetValue(tensor.Name, out int axis) ? tensor with { Value = Reordered(tensor.Value, axis) } : tensor).ToEquatableArray(),
            Source = declaration.Source.Append(new SourceEntry("pruned", certified)).ToEquatableArray(),
            Calibration = null,
            Options = NeedsCalibration(declaration) ? declaration.Options with { Expansion = null } : declaration.Options,
        };
    }

    /// <summary>Modes per channel after pruning; of shared modes, all.</summary>
    public int Modes { get; }

    /// <summary>How many channels are left out.</summary>
    public int ChannelsLeftOut => _kept[0].Length - _order.Length;

    /// <summary>Where a group of modes of the first layer, a channel or all shared modes, is in the pruned model; -1: it is left out.</summary>
    /// <param name="group">The group in the model before.</param>
    public int PositionOf(int group) => System.Array.IndexOf(_order, group);

    /// <summary>The declaration.</summary>
    public ModelDeclaration Declaration { get; }

    /// <summary>Makes the declaration.</summary>
    /// <param name="model">The model before.</param>
    /// <param name="pruning">What is dropped.</param>
    /// <exception cref="UnusableInputException">Modes cannot be taken out of files of the architecture.</exception>
    public static PrunedDeclaration Of(StudiedModel model, PruningResult pruning) => new(model, pruning);

    /// <summary>True where a declared expansion is not possible without the calibration.</summary>
    public static bool NeedsCalibration(ModelDeclaration declaration) =>
        declaration.Options is { Expansion: ExpansionKind.Measure } or { Expansion: ExpansionKind.Chebyshev, InputLow: null };

    private Tensor Cut(Tensor tensor, ModeTensor place)
    {
        int[] shape = [.. tensor.Shape];
        int modes = shape[place.ModeAxis];
        int inner = shape.Skip(place.ModeAxis + 1).Aggregate(1, (product, size) => product * size);
        int[][] orders = [.. _kept[place.Layer].Select(kept => (int[])[.. kept, .. Enumerable.Range(0, modes).Except(kept)])];
        var values = new List<Scalar>(tensor.Count);
        for (int outer = 0; outer < tensor.Count; outer += modes * inner)
        {
            for (int k = 0; k < Modes; k++)
            {
                for (int i = 0; i < inner; i++)
                {
                    int group = place.ChannelAxis is { } axis ? Coordinate(shape, axis, outer + i) : 0;
                    values.Add(place.IsRead && k >= _kept[place.Layer][group].Length ? 0.0 : tensor[outer + (orders[group][k] * inner) + i]);
                }
            }
        }

        return new Tensor(shape.Select((size, axis) => axis == place.ModeAxis ? Modes : size).ToEquatableArray(), [.. values]);
    }

    private int[] Order(ChannelStorage channels, ModelDeclaration declaration)
    {
        Tensor skip = declaration.Tensors.Single(tensor => tensor.Name == channels.Skip).Value;
        IEnumerable<int> all = Enumerable.Range(0, _kept[0].Length);
        IEnumerable<int> read = all.Where(c => !channels.CanShrink || _kept[0][c].Length > 0 || skip.Values[c] != 0).DefaultIfEmpty(0);
        return [.. read.OrderByDescending(c => _kept[0][c].Length).ThenBy(c => c)];
    }

    private Tensor Reordered(Tensor tensor, int axis)
    {
        int[] shape = [.. tensor.Shape];
        int inner = shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
        int block = shape[axis] * inner;
        Scalar[] values =
        [
            .. Enumerable.Range(0, tensor.Count / block).SelectMany(outer => _order.SelectMany(c => Enumerable.Range((outer * block) + (c * inner), inner))).Select(i => tensor[i]),
        ];
        shape[axis] = _order.Length;
        return new Tensor(shape.ToEquatableArray(), values);
    }

    private static int Coordinate(int[] shape, int axis, int index) => index / shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size) % shape[axis];
}
