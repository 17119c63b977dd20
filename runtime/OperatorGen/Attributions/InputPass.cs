using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;

namespace OperatorGen;

/// <summary>Takes what the readouts of the attributed layer get back to samples: of the layer's own input, or through all layers before it to those of the model.</summary>
internal static class InputPass
{
    /// <summary>What every sample of the layer's own input gets; of the first layer the model's.</summary>
    /// <param name="input">The input.</param>
    /// <param name="weights">The readouts' mean slopes, [time, readout].</param>
    /// <param name="gates">Those of the gate stream's arguments; empty without.</param>
    public static InputTimeAttribution OfLayer(InputAttributions input, double[] weights, double[] gates)
    {
        LayerDescription layer = input.Attributor.Target.Layer;
        var pass = new LayerPass(layer, input.Attributor.Slopes.Series, input.Trace, input.Steps);
        List<NamedContribution> rows = [];
        double[] cells = pass.ToCells(weights);
        if (LayerPass.EndsAtCells(layer))
        {
            if (gates.Length > 0)
            {
                rows.Add(new("gate stream", System.Numerics.Tensors.TensorPrimitives.Dot<double>(gates, input.Stream)));
            }

            return Result(AttributedInput.Cells, layer.Recurrence.Inputs, input.Trace.CellInput, cells, rows);
        }

        double[] a = pass.ToInput(cells, gates, rows);
        return input.Attributor.Layer > 0 ? Result(AttributedInput.Layer, layer.Width, input.Trace.Input, a, rows) : OfModel(input, a, rows);
    }

    /// <summary>
    /// What every sample of the model's input gets, through all layers. What a unit of the attributed layer's input adds is what a unit of the output of the layer before it adds. With these
    /// weights that layer is taken back in the same way, and so on to the first.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="attribution">The attribution of the layer's waves.</param>
    /// <param name="weights">The readouts' mean slopes, [time, readout].</param>
    /// <param name="gates">Those of the gate stream's arguments; empty without.</param>
    /// <param name="eta">The weight of every output of the layer, [output].</param>
    /// <exception cref="System.InvalidOperationException">A layer has a function that is not linear before its cells.</exception>
    public static InputTimeAttribution ThroughLayers(InputAttributions input, ScoreAttribution attribution, double[] weights, double[] gates, double[] eta)
    {
        OperatorDescription operators = input.Attributor.Operator;
        int last = input.Attributor.Layer, steps = input.Steps;
        if (Obstacle(operators, last) is { } obstacle)
        {
            throw new System.InvalidOperationException(obstacle);
        }

        bool residual = operators.Layers[last].Residual;
        List<NamedContribution> rows = [.. attribution.Constants.Where(part => part.Name != HeldParts.ResidualStream)];
        var pass = new LayerPass(operators.Layers[last], input.Attributor.Slopes.Series, input.Trace, steps);
        double[] a = pass.ToInput(pass.ToCells(weights), gates, rows);
        if (residual)
        {
            for (int i = 0; i < a.Length; i++)
            {
                a[i] += input.Omega[i / eta.Length] * eta[i % eta.Length];
            }
        }

        for (int l = last - 1; l >= 0; l--)
        {
            List<NamedContribution> own = [];
            a = new OutputPass(operators.Layers[l], input.Attributor.SlopesOf(l), input.All.Layers[l], steps).ToInput(a, own);
            rows.AddRange(own.Select(row => row with { Name = $"layer {l}: {row.Name}" }));
        }

        return OfModel(input, a, rows);
    }

    /// <summary>What is held fixed on the way to the model's input: means and scales of norms.</summary>
    public static IReadOnlyList<FrozenValues> Frozen(InputAttributions input)
    {
        int last = input.Attributor.Layer;
        return [.. Enumerable.Range(0, last + 1).SelectMany(l => FrozenValues.OfNorms(input.All.Layers[l]).Select(frozen => l == last ? frozen : frozen with { Name = $"layer {l}: {frozen.Name}" }))];
    }

    /// <summary>Why the scores of a layer cannot be taken back to the model's input; null: they can.</summary>
    /// <param name="operators">The operator.</param>
    /// <param name="last">The layer.</param>
    public static string? Obstacle(OperatorDescription operators, int last)
    {
        for (int l = 0; l <= last; l++)
        {
            if (LayerPass.EndsAtCells(operators.Layers[l]))
            {
                return $"Layer {l} of {operators.Layers.Count} (\"{operators.Layers[l].Name}\") has a function that is not linear before its cells, so that a score cannot be taken back through it to the model's input.";
            }
        }

        return null;
    }

    // Through the encoder.
    private static InputTimeAttribution OfModel(InputAttributions input, double[] a, List<NamedContribution> rows)
    {
        if (input.Attributor.Operator.Encoder is { } encoder)
        {
            rows.Add(new("bias of the encoder", LayerPass.Bias(a, encoder.Outputs, encoder.Bias)));
            a = LayerPass.Transposed(encoder, a, input.Steps);
        }

        return Result(AttributedInput.Model, input.Attributor.Operator.InputWidth, input.Scaled, a, rows);
    }

    private static InputTimeAttribution Result(AttributedInput of, int width, double[] samples, double[] a, List<NamedContribution> rows)
    {
        var values = new double[samples.Length];
        System.Numerics.Tensors.TensorPrimitives.Multiply<double>(a, samples, values);
        return new InputTimeAttribution(of, width, samples, values, rows.FindAll(row => row.Contribution != 0));
    }
}
