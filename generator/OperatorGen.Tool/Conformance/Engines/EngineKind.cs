using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Tool.Conformance;

/// <summary>The engines that a case is run through.</summary>
public enum EngineKind
{
    /// <summary>The plain reference, in double precision.</summary>
    Reference,

    /// <summary>The generated C#, compiled in memory, in the case's precision.</summary>
    Generated,
}

/// <summary>Names and instances of engines.</summary>
public static class EngineKinds
{
    /// <summary><c>reference</c> or <c>generated</c>.</summary>
    public static string Text(this EngineKind kind) => kind == EngineKind.Reference ? "reference" : "generated";

    /// <summary>Makes an engine of a model.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="model">The model; all its parameters are numbers.</param>
    /// <param name="precision">The precision of generated code.</param>
    /// <param name="width">The vector width of generated code.</param>
    /// <exception cref="System.InvalidOperationException">A stage found an error, or the C# does not compile without warnings.</exception>
    public static IConformanceEngine Create(this EngineKind kind, SequenceModel model, Precision precision, VectorWidth width = VectorWidth.Widest) =>
        kind == EngineKind.Reference ? new ReferenceEngine(model)
        : precision == Precision.Double ? new ModelBasisEngine(new GeneratedEngine<double>(GeneratedModel.Load<double>(model), width), model, ElementType.Double)
        : new ModelBasisEngine(new GeneratedEngine<float>(GeneratedModel.Load<float>(model), width), model, ElementType.Single);
}
