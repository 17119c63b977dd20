using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Evaluation;

/// <summary>
/// Takes a model through the stages of the generator, compiles the C# in memory and makes it callable.
/// </summary>
public static class GeneratedModel
{
    private static readonly TypeTarget s_target = new("OperatorGen.InMemory", EquatableArray<ContainingType>.Empty, "class", "Model");

    /// <summary>The generated file of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="target">The type; null: a class of its own.</param>
    /// <exception cref="InvalidOperationException">A stage found an error; the message lists its faults.</exception>
    public static GeneratedFile Generate(SequenceModel model, Precision precision, TypeTarget? target = null)
    {
        SymbolicOperator symbolic = Demand(CompilerStages.Expand(model, ModelOptions.None, default));
        PlanSet plans = Demand(CompilerStages.Plan(model, precision, default));
        var input = new EmissionInput(target ?? s_target, model, new string('0', 64), EquatableArray<SourceEntry>.Empty, symbolic, plans.Plans);
        return Demand(CompilerStages.Emit(input, default));
    }

    /// <summary>Generates, compiles and loads a model in one precision.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">The model; all its parameters are numbers.</param>
    /// <exception cref="InvalidOperationException">A stage found an error, or the C# does not compile without warnings.</exception>
    public static IGeneratedModel<T> Load<T>(SequenceModel model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string text = Generate(model, PrecisionOf<T>()).Text;
        return (IGeneratedModel<T>)Create("Adapter", text, Adapter(typeof(T) == typeof(float) ? "float" : "double", text.Contains(" Explain(", StringComparison.Ordinal), model));
    }

    /// <summary>Generates, compiles and loads a model of tokens in one precision: the generated type itself.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">The model, with an embedding; all its parameters are numbers.</param>
    /// <exception cref="InvalidOperationException">A stage found an error, or the C# does not compile without warnings.</exception>
    public static ILanguageModel<T> LoadLanguage<T>(SequenceModel model)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (ILanguageModel<T>)Create("Model", Generate(model, PrecisionOf<T>()).Text, "namespace OperatorGen.InMemory;\n\n/// <summary>The model.</summary>\npublic partial class Model;\n");

    private static Precision PrecisionOf<T>() => typeof(T) == typeof(float) ? Precision.Single : Precision.Double;

    private static object Create(string type, params string[] texts) =>
        Activator.CreateInstance(InMemoryCompiler.Load(InMemoryCompiler.Compilation(texts)).GetType("OperatorGen.InMemory." + type, throwOnError: true)!)!;

    private static T Demand<T>(StageResult<T> result)
        where T : class =>
        result.Value ?? throw new InvalidOperationException(string.Join("\n", result.Faults.Select(f => f.Kind.Id + ": " + f.Message)));

    /// <summary>A class that puts the face of <see cref="IGeneratedModel{T}"/> on the generated one.</summary>
    private static string Adapter(string type, bool explains, SequenceModel model) => $$"""
        #nullable enable
        using System;
        using System.Numerics.Tensors;
        using System.Threading;
        using OperatorGen.Analysis;

        namespace OperatorGen.InMemory;

        /// <summary>The model.</summary>
        public partial class Model;

        internal sealed class Adapter : OperatorGen.Tool.Evaluation.IGeneratedModel<{{type}}>
        {
            private readonly Model _model = new();

            public int InputWidth => {{(model.Embedding is null ? "Model.InputWidth" : "1")}};

            public int OutputWidth => Model.OutputWidth;

            public bool Pooled => Model.Pooled;

            public bool IsCausal => Model.IsCausal;

            public int ChunkLength => Model.ChunkLength;

            public OperatorDescription Operator => Model.Operator;

            public ScoreExplanation Explain(ReadOnlySpan<{{type}}> input, int score, int top) => {{(explains ? "Model.Explain(input, score, top)" : "throw new NotSupportedException(\"The model has no Explain.\")")}};

        {{(model.Embedding is not null ? Language(type) : Numbers(type) + (model.IsCausal ? Streaming(type) : Whole(type)))}}
        }
        """;

    private static string Numbers(string type) => $$"""
            public void Forward(ReadOnlySpan<{{type}}> input, Span<{{type}}> output) => _model.Forward(input, output);

            public void ForwardBatch(ReadOnlyMemory<{{type}}> inputs, ReadOnlySpan<int> lengths, Memory<{{type}}> outputs, int maxDegreeOfParallelism, CancellationToken cancellationToken) =>
                _model.ForwardBatch(inputs, lengths, outputs, maxDegreeOfParallelism, cancellationToken);

            public void ForwardTensor(in ReadOnlyTensorSpan<{{type}}> input, in TensorSpan<{{type}}> output) => _model.Forward(input, output);


        """;

    private static string Streaming(string type) => $$"""
            public SequenceState<{{type}}> CreateState() => _model.CreateState();

            public SequenceState<{{type}}> Clone(SequenceState<{{type}}> state) => ((Model.State)state).Clone();

            public void Copy(SequenceState<{{type}}> from, SequenceState<{{type}}> to) => ((Model.State)to).CopyFrom((Model.State)from);

            public void Forward(ReadOnlySpan<{{type}}> input, Span<{{type}}> output, SequenceState<{{type}}> state, VectorWidth width) =>
                _model.Forward(input, output, (Model.State)state, width);

            public void Forward(ReadOnlySpan<{{type}}> input, Span<{{type}}> output, VectorWidth width) => _model.Forward(input, output, _model.CreateState(), width);

            public void Step(ReadOnlySpan<{{type}}> sample, Span<{{type}}> output, SequenceState<{{type}}> state, VectorWidth width) =>
                _model.Step(sample, output, (Model.State)state, width);

            public void ForwardTensor(in ReadOnlyTensorSpan<{{type}}> input, in TensorSpan<{{type}}> output, SequenceState<{{type}}> state) =>
                _model.Forward(input, output, (Model.State)state);
        """;

    private static string Whole(string type) => $$"""
            public SequenceState<{{type}}> CreateState() => throw new NotSupportedException("The model is not causal.");

            public SequenceState<{{type}}> Clone(SequenceState<{{type}}> state) => throw new NotSupportedException("The model is not causal.");

            public void Copy(SequenceState<{{type}}> from, SequenceState<{{type}}> to) => throw new NotSupportedException("The model is not causal.");

            public void Forward(ReadOnlySpan<{{type}}> input, Span<{{type}}> output, SequenceState<{{type}}> state, VectorWidth width) =>
                throw new NotSupportedException("The model is not causal.");

            public void Forward(ReadOnlySpan<{{type}}> input, Span<{{type}}> output, VectorWidth width) => _model.Forward(input, output, width);

            public void Step(ReadOnlySpan<{{type}}> sample, Span<{{type}}> output, SequenceState<{{type}}> state, VectorWidth width) =>
                throw new NotSupportedException("The model is not causal.");

            public void ForwardTensor(in ReadOnlyTensorSpan<{{type}}> input, in TensorSpan<{{type}}> output, SequenceState<{{type}}> state) =>
                throw new NotSupportedException("The model is not causal.");
        """;

    /// <summary>Tokens come as numbers.</summary>
    private static string Language(string type) => $$"""
            public SequenceState<{{type}}> CreateState() => _model.CreateState();

            public SequenceState<{{type}}> Clone(SequenceState<{{type}}> state) => ((Model.State)state).Clone();

            public void Copy(SequenceState<{{type}}> from, SequenceState<{{type}}> to) => ((Model.State)to).CopyFrom((Model.State)from);

            public void Forward(ReadOnlySpan<{{type}}> input, Span<{{type}}> output) => _model.Forward(Ids(input), output);

            public void Forward(ReadOnlySpan<{{type}}> input, Span<{{type}}> output, SequenceState<{{type}}> state, VectorWidth width) =>
                _model.Forward(Ids(input), output, (Model.State)state, width);

            public void Forward(ReadOnlySpan<{{type}}> input, Span<{{type}}> output, VectorWidth width) => _model.Forward(Ids(input), output, _model.CreateState(), width);

            public void Step(ReadOnlySpan<{{type}}> sample, Span<{{type}}> output, SequenceState<{{type}}> state, VectorWidth width) =>
                _model.Step(Ids(sample)[0], output, (Model.State)state, width);

            public void ForwardBatch(ReadOnlyMemory<{{type}}> inputs, ReadOnlySpan<int> lengths, Memory<{{type}}> outputs, int maxDegreeOfParallelism, CancellationToken cancellationToken) =>
                throw new NotSupportedException("A model of tokens has no ForwardBatch.");

            public void ForwardTensor(in ReadOnlyTensorSpan<{{type}}> input, in TensorSpan<{{type}}> output, SequenceState<{{type}}> state) =>
                throw new NotSupportedException("A model of tokens takes no tensor spans.");

            public void ForwardTensor(in ReadOnlyTensorSpan<{{type}}> input, in TensorSpan<{{type}}> output) =>
                throw new NotSupportedException("A model of tokens takes no tensor spans.");

            private static int[] Ids(ReadOnlySpan<{{type}}> numbers) => Array.ConvertAll(numbers.ToArray(), static number => (int)number);
        """;
}
