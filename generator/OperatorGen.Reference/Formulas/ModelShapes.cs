using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>Which models have a meaning in the formulas. Every check throws <see cref="System.NotSupportedException"/> with a sentence.</summary>
internal static class ModelShapes
{
    public static void Check(SequenceModel model)
    {
        Shapes.Require(model.Layers.Count > 0, "A model without layers computes nothing.");
        if (model.Scaling is InputScaling scaling)
        {
            Check(scaling.Scale, model.InputWidth, "The input scale");
            Check(scaling.Offset, model.InputWidth, "The input offset");
        }

        if (model.Embedding is TokenEmbedding embedding)
        {
            Check(embedding.Weight, embedding.Rows * model.InputWidth, "The embedding");
            Shapes.Require(embedding.Vocabulary > 0 && embedding.Vocabulary <= embedding.Rows, $"The embedding has {embedding.Rows} rows for {embedding.Vocabulary} tokens.");
        }

        int width = model.InputWidth;
        if (model.Encoder is Linear encoder)
        {
            Check(encoder, width, "The encoder");
            width = encoder.Outputs;
        }

        foreach (Layer layer in model.Layers)
        {
            Shapes.Require(layer.Width == width, $"Layer '{layer.Name}' takes {layer.Width} channels, but what comes before it gives {width}.");
            Check(layer);
            width = layer.OutputWidth;
        }

        if (model.Head is Linear head)
        {
            Check(head, width, "The head");
        }
    }

    public static void Check(Linear linear, int inputs, string name)
    {
        Shapes.Require(linear.Inputs == inputs, $"{name} takes {linear.Inputs} numbers, but what comes before it gives {inputs}.");
        Check(linear.Weight, linear.Outputs * linear.Inputs, name + "'s weight");
        Check(linear.Bias, linear.Outputs, name + "'s bias");
    }

    public static void Check(Tensor? tensor, int count, string name)
    {
        if (tensor is not null)
        {
            Shapes.Require(tensor.Count == count, $"{name} has {tensor.Count} numbers; {count} are expected.");
            Shapes.Require(tensor.IsNumeric, $"{name} holds symbols; the reference needs numbers.");
        }
    }

    private static void Check(Layer layer)
    {
        Check(layer.PreNorm, layer.Width);
        CheckInput(layer);
        CheckDecoder(layer);
        Shapes.Require(!layer.Residual || layer.OutputWidth == layer.Width, $"Layer '{layer.Name}' adds its input of width {layer.Width} to an output of width {layer.OutputWidth}.");
        if (layer.FeedForward is FeedForward part)
        {
            Check(part.Norm, layer.OutputWidth);
            Check(part.Up, layer.OutputWidth, "The feed-forward part's first map");
            Check(part.Down, part.Up.Outputs, "The feed-forward part's second map");
            Shapes.Require(part.Down.Outputs == layer.OutputWidth, $"Layer '{layer.Name}' adds {part.Down.Outputs} numbers of its feed-forward part to {layer.OutputWidth}.");
        }

        Check(layer.PostNorm, layer.OutputWidth);
    }

    private static void Check(Norm? norm, int width)
    {
        if (norm is null)
        {
            return;
        }

        Shapes.Require(norm.Width == width, $"A norm of width {norm.Width} is where {width} channels pass.");
        Tensor?[] tensors = norm switch
        {
            LayerNorm layer => [layer.Weight, layer.Bias],
            BatchNorm batch => [batch.Mean, batch.Variance, batch.Weight, batch.Bias],
            RmsNorm rms => [rms.Weight],
            LengthNorm length => [length.Weight],
            _ => throw new System.NotSupportedException($"The reference has no formula for a {norm.GetType().Name}."),
        };
        foreach (Tensor? tensor in tensors)
        {
            Check(tensor, width, "A tensor of the norm");
        }

        if (norm is RmsNorm { GroupWidth: int group })
        {
            Shapes.Require(group > 0 && width % group == 0, $"A norm of {width} channels has groups of {group}, which do not fill it.");
        }
    }

    private static void CheckInput(Layer layer)
    {
        InputStage input = layer.Input;
        int width = layer.Width;
        if (input.Projection is Linear projection)
        {
            Check(projection, layer.Width, "The input projection");
            width = projection.Outputs;
        }

        int beside = input.PassedWidth + input.GateWidth + input.SideWidth;
        bool fits = input.PassedWidth >= 0 && input.GateWidth >= 0 && input.SideWidth >= 0 && beside <= width;
        Shapes.Require(fits, $"Layer '{layer.Name}' cuts {input.PassedWidth} passed, {input.GateWidth} gate and {input.SideWidth} side channels out of {width}.");
        width -= beside;
        if (input.Convolution is CausalConvolution convolution)
        {
            Shapes.Require(convolution.Channels == width && convolution.Width > 0, $"A convolution of {convolution.Channels} channels and {convolution.Width} taps is where {width} channels pass.");
            Check(convolution.Weight, width * convolution.Width, "The convolution's weight");
            Check(convolution.Bias, width, "The convolution's bias");
        }

        width += input.PassedWidth;
        Shapes.Require(width == layer.Cell.InputWidth, $"Layer '{layer.Name}' gives {width} numbers to cells that take {layer.Cell.InputWidth}.");
    }

    private static void CheckDecoder(Layer layer)
    {
        Decoder decoder = layer.Decoder;
        int width = layer.Cell.OutputWidth;
        Shapes.Require(decoder.Gate is null || layer.Input.GateWidth == width, $"Layer '{layer.Name}' gates {width} numbers by a stream of {layer.Input.GateWidth}.");
        Check(decoder.Norm, width);
        if (decoder.Side is not null)
        {
            int side = layer.Input.SideWidth;
            Shapes.Require(side > 0 && side % 2 == 0, $"Layer '{layer.Name}' has a gated linear unit of {side} side channels, which are no two halves.");
            Shapes.Require(decoder.Mixing is not null && decoder.Unit is not HalfGlu, $"Layer '{layer.Name}' has side channels, which only a mixing takes in.");
            width += side / 2;
        }

        if (decoder.Mixing is Linear mixing)
        {
            Check(mixing, width, "The mixing");
            width = mixing.Outputs;
        }

        Shapes.Require(decoder.Unit is not SplitGlu || width % 2 == 0, $"A gated linear unit halves {width} channels, which is odd.");
        Shapes.Require(decoder.Unit is not HalfGlu || width == layer.Cell.OutputWidth, $"A gated linear unit multiplies {layer.Cell.OutputWidth} values by {width} gates.");
    }
}
