using System;
using System.Linq;
using System.Threading;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <summary>
/// Chooses how a model is evaluated: one recurrence after another, chunk by chunk, every channel a lane.
/// </summary>
public static class Planner
{
    /// <summary>Plans a model in one precision.</summary>
    /// <param name="model">The model; all its parameters are numbers.</param>
    /// <param name="element">The precision.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The plan, or the fault that prevents it.</returns>
    public static StageResult<EvaluationPlan> Plan(SequenceModel model, ElementType element, CancellationToken cancellation = default) =>
        Plan(model, element, model.IsExternal ? TableMode.External : TableMode.Baked, cancellation);

    /// <summary>Plans a model in one precision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="element">The precision.</param>
    /// <param name="mode">Where the numbers of the tables are.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The plan, or the fault that prevents it.</returns>
    internal static StageResult<EvaluationPlan> Plan(SequenceModel model, ElementType element, TableMode mode, CancellationToken cancellation)
    {
        var builder = new PlanBuilder(element, mode);
        var layers = new LayerPlanner(builder);
        TableHandle? headTable = model.Embedding is { } tokens && model.Head is { } both && ReferenceEquals(both.Weight, tokens.Weight) ? LayerPlanner.WeightTable(builder, "Head", both, [both.Outputs]) : null;
        EmbeddingStep? embedding = model.Embedding is null ? null : PlanEmbedding(model.Embedding, builder, headTable);
        LoadInputStep? input = embedding is null ? PlanInput(model, builder) : null;
        PlanView stream = embedding?.Target ?? input!.Target;
        LinearStep? encoder = null;
        if (model.Encoder is { } first)
        {
            EquatableArray<PlanView> encoded = builder.AcquireParts([first.Outputs]);
            builder.Release(stream);
            encoder = LayerPlanner.Linear(builder, "encoder", "Encoder", first, EquatableArray.Of(stream), encoded);
            stream = encoded[0];
        }

        for (int i = 0; i < model.Layers.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            stream = layers.Plan(model.Layers[i], i, stream);
            if (layers.Refusal is { } refusal)
            {
                return Failed(refusal);
            }
        }

        if (embedding is not null)
        {
            builder.BeginHead(ownBuffers: true);
        }

        stream = Pool(model.Pooling, builder, stream);

        LinearStep? head = null;
        if (model.Head is { } linear)
        {
            head = LayerPlanner.Linear(builder, "head", "Head", linear, EquatableArray.Of(stream), EquatableArray.Of(builder.Acquire(linear.Outputs)), headTable);
            stream = head.Targets[0];
        }

        if (model.Output != OutputFunction.Scores)
        {
            stream = builder.Add(new SoftmaxStep(stream, builder.Acquire(stream.Width), Log(model.Output))).Target;
        }

        builder.Add(new StoreOutputStep(stream));
        foreach (PolynomialFunction polynomial in model.Layers.SelectMany(layer => new[] { layer.Decoder.Activation, layer.Decoder.Unit?.Function, layer.FeedForward?.Function }).OfType<PolynomialFunction>())
        {
            foreach (BigRational coefficient in polynomial.Coefficients)
            {
                builder.Round(coefficient.ToDouble(), "DecoderPolynomial");
            }
        }

        if (builder.NotFinite is { } table)
        {
            return new(null, EquatableArray.Of(ModelFaults.ParameterOverflow(
                $"The constant {table}", "a number of the model is too large, or a mode grows too much within one step", null)));
        }

        if (builder.Overflow is { } overflow)
        {
            return Failed(PlanFaults.UnsupportedOption("precision", $"the constant {overflow}, which single precision cannot hold; choose \"double\"", null));
        }

        EvaluationPlan plan = builder.Build(model, new PlanParts(input, embedding, encoder, layers.Layers.ToEquatableArray(), head));
        string? flaw = PlanVerifier.Verify(plan);
        return flaw is null
            ? new StageResult<EvaluationPlan>(plan, EquatableArray<Fault>.Empty)
            : Failed(PlanFaults.InternalError("plan", $"the plan does not verify: {flaw}"));
    }

    /// <summary>The table of the head serves, where it has the same numbers: one table for both.</summary>
    private static EmbeddingStep PlanEmbedding(TokenEmbedding embedding, PlanBuilder builder, TableHandle? headTable)
    {
        PlanView target = builder.Acquire(embedding.Weight.Shape[1]);
        TableHandle table = headTable ?? builder.Table(
            "Embedding",
            "Rows of tokens, [token, channel]." + TableOrigin.Of(embedding.Weight),
            embedding.Rows,
            [target.Width],
            (token, c) => embedding.Weight.Values[(token * target.Width) + c],
            embedding.Weight.Format);
        return builder.Add(new EmbeddingStep(target, table, embedding.Rows, headTable is not null));
    }

    private static LoadInputStep PlanInput(SequenceModel model, PlanBuilder builder)
    {
        PlanView input = builder.Acquire(model.InputWidth);
        ScalingTables? tables = model.Scaling is { } scaling
            ? new ScalingTables(
                builder.Table("InputScale", "Factors of the raw input, [channel].", 1, [model.InputWidth], (_, c) => scaling.Scale.Values[c]),
                builder.Table("InputOffset", "Summands of the raw input, [channel].", 1, [model.InputWidth], (_, c) => scaling.Offset.Values[c]))
            : null;
        return builder.Add(new LoadInputStep(input, tables));
    }

    private static PlanView Pool(Pooling pooling, PlanBuilder builder, PlanView stream)
    {
        switch (pooling)
        {
            case Pooling.None:
                return stream;
            case Pooling.Mean:
                builder.Add(new PoolStep(stream));
                builder.BeginHead();
                return builder.Add(new MeanStep(builder.Rewrite(stream))).Target;
            case Pooling.Last:
                SlotHandle slot = builder.Slot(null, 1, stream.Width, []);
                builder.Add(new KeepStep(stream, slot));
                builder.BeginHead();
                return builder.Add(new RecallStep(builder.Rewrite(stream), slot)).Target;
            default:
                throw new ArgumentException($"No plan is known for the pooling {pooling}.", nameof(pooling));
        }
    }

    private static bool Log(OutputFunction function) => function switch
    {
        OutputFunction.LogSoftmax => true,
        OutputFunction.Softmax => false,
        _ => throw new ArgumentException($"No plan is known for the output function {function}.", nameof(function)),
    };

    private static StageResult<EvaluationPlan> Failed(Fault fault) => new(null, EquatableArray.Of(fault));
}
