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
/// where most are kept; where fewer are, the rest is filled with modes whose read weight is 0. Nothing else is changed, but for the calibration, which described
/// the unpruned readouts and is left out with the expansion that needs it.
/// </summary>
internal sealed class PrunedDeclaration
{
    private readonly ModeBank[] _banks;
    private readonly int[][][] _kept; // waves, [layer][group]

    private PrunedDeclaration(StudiedModel model, PruningResult pruning)
    {
        HashSet<PrunedMode> dropped = [.. pruning.Dropped];
        _banks = [.. model.Operator.Layers.Select(layer => layer.Bank!)];
        _kept = [.. _banks.Select((bank, l) => Enumerable.Range(0, bank.Groups)
            .Select(group => Enumerable.Range(0, bank.WavesPerReadout).Where(n => !dropped.Contains(new PrunedMode(l, bank.ModeOf(group, n)))).ToArray())
            .ToArray())];
        Modes = _kept.SelectMany(layer => layer).Max(kept => System.Math.Max(1, kept.Length));
        ModelDeclaration declaration = model.Declaration;
        ModeStorage storage = ArchitectureCatalog.Find(declaration.Architecture)!.ModesOf(declaration);
        if (storage.Obstacle is { } obstacle)
        {
            throw new UnusableInputException($"{model.Path} is a model of architecture {declaration.Architecture}, and no modes can be taken out of its file: {obstacle}.");
        }

        Dictionary<string, ModeTensor> places = storage.Tensors.ToDictionary(tensor => tensor.Name);
        Dictionary<string, int> counts = storage.Counts.ToDictionary(count => count.Name, count => count.PerMode * Modes);
        string certified = $"{pruning.Dropped.Count} modes dropped, certified change {NumberText.Format(pruning.Certified, 6)}";
        Declaration = declaration with
        {
            Hyper = declaration.Hyper.Select(hyper => counts.TryGetValue(hyper.Name, out int count) ? hyper with { Value = count.ToString(CultureInfo.InvariantCulture) } : hyper).ToEquatableArray(),
            Tensors = declaration.Tensors.Select(tensor => places.TryGetValue(tensor.Name, out ModeTensor? place) ? tensor with { Value = Cut(tensor.Value, place) } : tensor).ToEquatableArray(),
            Source = declaration.Source.Append(new SourceEntry("pruned", certified)).ToEquatableArray(),
            Calibration = null,
            Options = NeedsCalibration(declaration) ? declaration.Options with { Expansion = null } : declaration.Options,
        };
    }

    /// <summary>Modes per channel after pruning; of shared modes, all.</summary>
    public int Modes { get; }

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

    private static int Coordinate(int[] shape, int axis, int index) => index / shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size) % shape[axis];
}
