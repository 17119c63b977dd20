using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Pruning;

/// <summary>
/// The model file of a pruned model. In every channel the kept modes come first, in their order, and the tensors are cut to the channel that keeps most; channels that
/// keep fewer are filled with modes whose output weight is 0. Nothing else is changed, but for the calibration, which described the unpruned readouts and is left out with the expansion that needs it.
/// </summary>
internal sealed class PrunedDeclaration
{
    private readonly StudiedModel _model;
    private readonly PruningResult _pruning;

    private PrunedDeclaration(StudiedModel model, PruningResult pruning)
    {
        _model = model;
        _pruning = pruning;
        Modes = Math.Max(1, Enumerable.Range(0, model.Operator.Layers.Count).Max(l => Enumerable.Range(0, model.Operator.Layers[l].Channels).Max(c => Kept(l, c).Length)));
    }

    /// <summary>Modes per channel after pruning.</summary>
    public int Modes { get; }

    /// <summary>The declaration.</summary>
    public ModelDeclaration Declaration { get; private init; } = null!;

    /// <summary>Makes the declaration.</summary>
    /// <param name="model">The model before.</param>
    /// <param name="pruning">What is dropped.</param>
    /// <exception cref="UnusableInputException">It is unknown which tensors of the architecture hold its modes.</exception>
    public static PrunedDeclaration Of(StudiedModel model, PruningResult pruning)
    {
        var pruned = new PrunedDeclaration(model, pruning);
        ModelDeclaration declaration = model.Declaration;
        Dictionary<string, (int Layer, bool Weight)> places = Places(model);
        string certified = $"{pruning.Dropped.Count} modes dropped, certified change {NumberText.Format(pruning.Certified, 6)}";
        return new PrunedDeclaration(model, pruning)
        {
            Declaration = declaration with
            {
                Hyper = declaration.Hyper.Select(pruned.Hyper).ToEquatableArray(),
                Tensors = declaration.Tensors.Select(tensor => places.TryGetValue(tensor.Name, out (int Layer, bool Weight) place) ? tensor with { Value = pruned.Rows(tensor.Value, place.Layer, place.Weight) } : tensor).ToEquatableArray(),
                Source = declaration.Source.Append(new SourceEntry("pruned", certified)).ToEquatableArray(),
                Calibration = null,
                Options = NeedsCalibration(declaration) ? declaration.Options with { Expansion = null } : declaration.Options,
            },
        };
    }

    /// <summary>True where a declared expansion is not possible without the calibration.</summary>
    public static bool NeedsCalibration(ModelDeclaration declaration) =>
        declaration.Options is { Expansion: ExpansionKind.Measure } or { Expansion: ExpansionKind.Chebyshev, InputLow: null };

    // Which tensors have one entry per mode, and which of them are the output weights.
    private static Dictionary<string, (int Layer, bool Weight)> Places(StudiedModel model)
    {
        if (model.Declaration.Architecture == "modes")
        {
            return new() { ["eigenvalue"] = (0, false), ["input"] = (0, false), ["output"] = (0, true) };
        }

        if (model.Declaration.Architecture is not ("s4d-classifier" or "s4d-standalone" or "s4-example"))
        {
            throw new UnusableInputException($"{model.Path} is a model of architecture {model.Declaration.Architecture}; modes of modes, s4d-classifier, s4d-standalone and s4-example can be dropped.");
        }

        var places = new Dictionary<string, (int Layer, bool Weight)>();
        for (int l = 0; l < model.Operator.Layers.Count; l++)
        {
            string name = model.Operator.Layers[l].Name;
            string prefix = name.Length == 0 ? "kernel." : name + ".kernel.";
            places[prefix + "C"] = (l, true);
            places[prefix + "log_A_real"] = (l, false);
            places[prefix + "A_imag"] = (l, false);
        }

        return places;
    }

    private int[] Kept(int layer, int channel) =>
        [.. Enumerable.Range(0, _model.Operator.Layers[layer].Modes).Where(n => !_pruning.Dropped.Contains(new PrunedMode(layer, channel, n)))];

    private HyperParameter Hyper(HyperParameter hyper) => hyper.Name switch
    {
        "d_state" => hyper with { Value = (2 * Modes).ToString(CultureInfo.InvariantCulture) },
        "n_modes" => hyper with { Value = Modes.ToString(CultureInfo.InvariantCulture) },
        _ => hyper,
    };

    private Tensor Rows(Tensor tensor, int layer, bool weight)
    {
        LayerDescription description = _model.Operator.Layers[layer];
        int parts = tensor.Count / (description.Channels * description.Modes);
        var values = new List<Scalar>(description.Channels * Modes * parts);
        for (int c = 0; c < description.Channels; c++)
        {
            int[] kept = Kept(layer, c);
            int[] order = [.. kept, .. Enumerable.Range(0, description.Modes).Except(kept)];
            for (int k = 0; k < Modes; k++)
            {
                for (int part = 0; part < parts; part++)
                {
                    values.Add(weight && k >= kept.Length ? 0.0 : tensor[(((c * description.Modes) + order[k]) * parts) + part]);
                }
            }
        }

        int axis = tensor.Shape.ToList().LastIndexOf(description.Modes, tensor.Shape.Count - (parts == 2 ? 2 : 1));
        return new Tensor(tensor.Shape.Select((size, i) => i == axis ? Modes : size).ToEquatableArray(), [.. values]);
    }
}
