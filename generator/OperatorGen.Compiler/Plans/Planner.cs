using System.Collections.Generic;
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
    /// <returns>The plan, or the fault that stands in its way.</returns>
    public static StageResult<EvaluationPlan> Plan(SequenceModel model, ElementType element, CancellationToken cancellation = default)
    {
        var builder = new PlanBuilder(element);
        var layers = new LayerPlanner(builder);
        PlanView stream = PlanInput(model, builder);
        for (int i = 0; i < model.Layers.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            stream = layers.Plan(model.Layers[i], i, stream);
            if (layers.Refusal is { } refusal)
            {
                return Failed(refusal);
            }
        }

        List<PlanStep> head = [];
        switch (model.Pooling)
        {
            case Pooling.None:
                break;
            case Pooling.Mean:
                builder.Steps.Add(new PoolStep(stream));
                head.Add(new MeanStep(stream));
                break;
            case Pooling.Last:
                int slot = builder.Slot(null, 1, stream.Width, []);
                builder.Steps.Add(new KeepStep(stream, slot));
                head.Add(new RecallStep(stream, slot));
                break;
            default:
                throw new System.ArgumentException($"No plan is known for the pooling {model.Pooling}.", nameof(model));
        }

        List<PlanStep> last = model.Pooling == Pooling.None ? builder.Steps : head;
        if (model.Head is { } linear)
        {
            PlanView output = builder.Acquire(linear.Outputs);
            last.Add(LayerPlanner.Linear(builder, "head", "Head", linear, [linear.Outputs], stream, output));
            stream = output;
        }

        if (model.Output != OutputFunction.Scores)
        {
            PlanView output = builder.Acquire(stream.Width);
            last.Add(new SoftmaxStep(stream, output, Log(model.Output)));
            stream = output;
        }

        last.Add(new StoreOutputStep(stream));
        foreach (PolynomialFunction polynomial in model.Layers.SelectMany(layer => new[] { layer.Decoder.Activation, layer.Decoder.Unit?.Function }).OfType<PolynomialFunction>())
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

        EvaluationPlan plan = builder.Build(model, head);
        string? flaw = PlanVerifier.Verify(plan);
        return flaw is null
            ? new StageResult<EvaluationPlan>(plan, EquatableArray<Fault>.Empty)
            : Failed(PlanFaults.InternalError("plan", $"the plan does not verify: {flaw}"));
    }

    private static bool Log(OutputFunction function) => function switch
    {
        OutputFunction.LogSoftmax => true,
        OutputFunction.Softmax => false,
        _ => throw new System.ArgumentException($"No plan is known for the output function {function}.", nameof(function)),
    };

    private static PlanView PlanInput(SequenceModel model, PlanBuilder builder)
    {
        PlanView input = builder.Acquire(model.InputWidth);
        int scale = -1;
        int offset = -1;
        if (model.Scaling is { } scaling)
        {
            scale = builder.Table("InputScale", "Factors of the raw input, [channel].", 1, [model.InputWidth], (_, c) => scaling.Scale.Values[c]);
            offset = builder.Table("InputOffset", "Summands of the raw input, [channel].", 1, [model.InputWidth], (_, c) => scaling.Offset.Values[c]);
        }

        builder.Steps.Add(new LoadInputStep(input, scale, offset));
        if (model.Encoder is not { } encoder)
        {
            return input;
        }

        PlanView stream = builder.Acquire(encoder.Outputs);
        builder.Steps.Add(LayerPlanner.Linear(builder, "encoder", "Encoder", encoder, [encoder.Outputs], input, stream));
        builder.Release(input);
        return stream;
    }

    private static StageResult<EvaluationPlan> Failed(Fault fault) => new(null, EquatableArray.Of(fault));
}
