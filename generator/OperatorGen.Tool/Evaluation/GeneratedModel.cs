using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Operators;
using OperatorGen.Compiler.Packing;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Packing;
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
        return (IGeneratedModel<T>)Create("Adapter", text, Adapter(typeof(T) == typeof(float) ? "float" : "double", text, model));
    }

    /// <summary>Generates, compiles and loads a model with external weights: the code is made of the shapes, the numbers are packed and read back.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="declaration">The model with its numbers.</param>
    /// <returns>The model, and the faults that say why its weights cannot be external; one of both is null.</returns>
    /// <exception cref="InvalidOperationException">The C# does not compile without warnings.</exception>
    public static (IGeneratedModel<T>? Model, IReadOnlyList<Fault>? Refusal) LoadExternal<T>(ModelDeclaration declaration)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Precision precision = PrecisionOf<T>();
        ModelDeclaration shapes = WeightPacker.WithoutNumbers(declaration, precision == Precision.Single ? WeightFormat.Single : WeightFormat.Double);
        StageResult<GeneratedFile> file = CompilerStages.Compile(shapes, s_target, new ModelOptions(null) { Precision = precision });
        if (file.Value is not { } generated)
        {
            return (null, file.Faults);
        }

        StageResult<PackedWeights> packed = WeightPacker.Pack(shapes, WeightPacker.WithNumbers(shapes, declaration.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value)), precision);
        if (packed.Value is not { } weights)
        {
            return (null, packed.Faults);
        }

        return (Instance<T>(generated, shapes, PackedFile.ToBytes(weights)), null);
    }

    /// <summary>Generates and compiles a model of shapes, and loads a packed file of weights.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shapes">The model without numbers.</param>
    /// <param name="path">The packed file.</param>
    /// <exception cref="InvalidOperationException">A stage found an error, or the C# does not compile without warnings.</exception>
    /// <exception cref="System.IO.InvalidDataException">The file is packed for another model.</exception>
    public static IGeneratedModel<T> LoadPacked<T>(ModelDeclaration shapes, string path)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Instance<T>(Demand(CompilerStages.Compile(shapes, s_target, new ModelOptions(null) { Precision = PrecisionOf<T>() })), shapes, path);

    private static IGeneratedModel<T> Instance<T>(GeneratedFile file, ModelDeclaration shapes, object weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SequenceModel model = CompilerStages.Resolve(shapes, default).Value!;
        try
        {
            return (IGeneratedModel<T>)Create("Adapter", [weights], file.Text, Adapter(typeof(T) == typeof(float) ? "float" : "double", file.Text, model));
        }
        catch (System.Reflection.TargetInvocationException failure) when (failure.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>Generates, compiles and loads a model of tokens in one precision: the generated type itself.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="model">The model, with an embedding; all its parameters are numbers.</param>
    /// <exception cref="InvalidOperationException">A stage found an error, or the C# does not compile without warnings.</exception>
    public static ILanguageModel<T> LoadLanguage<T>(SequenceModel model)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (ILanguageModel<T>)Create("Model", Generate(model, PrecisionOf<T>()).Text, "namespace OperatorGen.InMemory;\n\n/// <summary>The model.</summary>\npublic partial class Model;\n");

    /// <summary>Generates and compiles a model of tokens of which only shapes are known, and loads a packed file of weights: the generated type itself.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shapes">The model without numbers.</param>
    /// <param name="path">The packed file.</param>
    /// <param name="load">How long its <c>Load</c> took.</param>
    /// <exception cref="InvalidOperationException">A stage found an error, or the C# does not compile without warnings.</exception>
    public static ILanguageModel<T> LoadPackedLanguage<T>(ModelDeclaration shapes, string path, out TimeSpan load)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GeneratedFile file = Demand(CompilerStages.Compile(shapes, s_target, new ModelOptions(null) { Precision = PrecisionOf<T>() }));
        const string Loader = "namespace OperatorGen.InMemory;\n\n/// <summary>The model.</summary>\npublic partial class Model;\n\ninternal sealed class Loader\n{\n    public System.Func<string, object> Load { get; } = static path => Model.Load(path);\n}\n";
        object loader = Create("Loader", file.Text, Loader);
        var call = (Func<string, object>)loader.GetType().GetProperty("Load")!.GetValue(loader)!;
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        var model = (ILanguageModel<T>)call(path);
        load = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        return model;
    }

    private static Precision PrecisionOf<T>() => typeof(T) == typeof(float) ? Precision.Single : Precision.Double;

    private static object Create(string type, params string[] texts) => Create(type, [], texts);

    private static object Create(string type, object[] arguments, params string[] texts) =>
        Activator.CreateInstance(InMemoryCompiler.Load(InMemoryCompiler.Compilation(texts)).GetType("OperatorGen.InMemory." + type, throwOnError: true)!, arguments)!;

    private static T Demand<T>(StageResult<T> result)
        where T : class =>
        result.Value ?? throw new InvalidOperationException(string.Join("\n", result.Faults.Select(f => f.Kind.Id + ": " + f.Message)));

    /// <summary>A class that puts the face of <see cref="IGeneratedModel{T}"/> on the generated one.</summary>
    /// <param name="type">float or double.</param>
    /// <param name="text">The generated file.</param>
    /// <param name="model">The model.</param>
    private static string Adapter(string type, string text, SequenceModel model) => $$"""
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
            private readonly Model _model;

            public Adapter({{(model.IsExternal ? "byte[] weights" : "")}}) => _model = {{(model.IsExternal ? "Model.Load(new ReadOnlyMemory<byte>(weights))" : "new()")}};
        {{(model.IsExternal ? "\n            public Adapter(string path) => _model = Model.Load(path);\n" : "")}}
            public int InputWidth => {{(model.Embedding is null ? "Model.InputWidth" : "1")}};

            public int OutputWidth => Model.OutputWidth;

            public bool Pooled => Model.Pooled;

            public bool IsCausal => Model.IsCausal;

            public int ChunkLength => Model.ChunkLength;

            public OperatorDescription Operator => {{(model.IsExternal ? "_model" : "Model")}}.Operator;

            public ScoreExplanation Explain(ReadOnlySpan<{{type}}> input, int score, int top) => {{Member(text, model, "Explain", $"({Sequence(model)}, score, top)")}};

            public ScoreAttribution Attribute(ReadOnlySpan<{{type}}> input, int score, int? against) => {{Member(text, model, "Attribute", $"({Sequence(model)}, score, against)")}};

        {{(model.Embedding is not null ? Language(type) : Numbers(type) + (model.IsCausal ? Streaming(type) : Whole(type)))}}
        }
        """;

    private static string Sequence(SequenceModel model) => model.Embedding is null ? "input" : "Ids(input)";

    /// <summary>A call of a member that not every generated type has: of the type or, where the weights are external, of the instance.</summary>
    private static string Member(string text, SequenceModel model, string name, string arguments) => text.Contains($" {name}(", StringComparison.Ordinal)
        ? $"{(model.IsExternal ? "_model" : "Model")}.{name}{arguments}"
        : $"throw new NotSupportedException(\"The model has no {name}.\")";

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

            public void ForwardMany(ReadOnlySpan<SequenceState<{{type}}>> states, ReadOnlySpan<{{type}}> samples, Span<{{type}}> outputs, VectorWidth width) =>
                _model.ForwardMany(ManyStreams.StatesOf<{{type}}, Model.State>(states), samples, outputs, width);

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

            public void ForwardMany(ReadOnlySpan<SequenceState<{{type}}>> states, ReadOnlySpan<{{type}}> samples, Span<{{type}}> outputs, VectorWidth width) =>
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

            public void ForwardMany(ReadOnlySpan<SequenceState<{{type}}>> states, ReadOnlySpan<{{type}}> samples, Span<{{type}}> outputs, VectorWidth width) =>
                _model.ForwardMany(ManyStreams.StatesOf<{{type}}, Model.State>(states), Ids(samples), outputs, width);

            public void ForwardBatch(ReadOnlyMemory<{{type}}> inputs, ReadOnlySpan<int> lengths, Memory<{{type}}> outputs, int maxDegreeOfParallelism, CancellationToken cancellationToken) =>
                throw new NotSupportedException("A model of tokens has no ForwardBatch.");

            public void ForwardTensor(in ReadOnlyTensorSpan<{{type}}> input, in TensorSpan<{{type}}> output, SequenceState<{{type}}> state) =>
                throw new NotSupportedException("A model of tokens takes no tensor spans.");

            public void ForwardTensor(in ReadOnlyTensorSpan<{{type}}> input, in TensorSpan<{{type}}> output) =>
                throw new NotSupportedException("A model of tokens takes no tensor spans.");

            private static int[] Ids(ReadOnlySpan<{{type}}> numbers) => Array.ConvertAll(numbers.ToArray(), static number => (int)number);
        """;
}
