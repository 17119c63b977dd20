using System;
using System.IO;
using System.Linq;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Reference;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks.Report;

/// <summary>A model, its generated code in single precision, and what its plan says about one time step.</summary>
internal sealed class CompiledModel
{
    /// <summary>Generates and compiles.</summary>
    /// <param name="model">The model.</param>
    public CompiledModel(SequenceModel model)
        : this(model, GeneratedModel.Load<float>(model), model)
    {
    }

    /// <summary>Takes code that is there.</summary>
    /// <param name="model">The model with its numbers.</param>
    /// <param name="generated">Its code.</param>
    /// <param name="planned">What the code was made of: the model, or its shapes where the weights are external.</param>
    public CompiledModel(SequenceModel model, IGeneratedModel<float> generated, SequenceModel planned)
    {
        (Model, Generated) = (model, generated);
        Plan = CompilerStages.Plan(planned, Precision.Single, default).Value!.Plans.Single();
    }

    /// <summary>The model.</summary>
    public SequenceModel Model { get; }

    /// <summary>The code.</summary>
    public IGeneratedModel<float> Generated { get; }

    /// <summary>How it is evaluated.</summary>
    public EvaluationPlan Plan { get; }

    /// <summary>Operations that the code executes per time step.</summary>
    public long Executed => Plan.Operations;

    /// <summary>Nominal operations per time step.</summary>
    public long Nominal => NominalCount.Of(Model) ?? Executed;

    /// <summary>Bytes of constants that a time step reads.</summary>
    public long TableBytes => (long)Plan.TableBytesPerStep;

    /// <summary>Bytes of recurrent state that a time step reads.</summary>
    public long StateBytesRead => (long)Plan.StateBytesRead;

    /// <summary>Bytes of recurrent state that a time step writes.</summary>
    public long StateBytesWritten => (long)Plan.StateBytesWritten;

    /// <summary>Numbers of the output of a sequence.</summary>
    public int OutputLength(int steps) => Generated.OutputWidth * (Generated.Pooled ? 1 : steps);

    /// <summary>The reference's output of a sequence.</summary>
    public double[] Reference(ReadOnlySpan<float> input) => new ReferenceEvaluator(Model).Forward(Agreement.Doubles(input));

    /// <summary>The error of <c>Forward</c>, checked.</summary>
    /// <param name="input">A sequence.</param>
    /// <param name="expected">The reference's output of it.</param>
    /// <param name="width">The vector width.</param>
    public double Error(ReadOnlySpan<float> input, double[] expected, VectorWidth width)
    {
        var output = new float[expected.Length];
        Generated.Forward(input, output, Generated.CreateState(), width);
        return Agreement.Demand("The generated code", Agreement.Error(output, expected));
    }

    /// <summary>A model file of the examples, which lies beside the program.</summary>
    public static CompiledModel OfExample(string name)
    {
        StageResult<ModelDeclaration> declaration = ModelFileReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, name + ".ssm.json")), default);
        return new CompiledModel(CompilerStages.Resolve(declaration.Value!, default).Value!);
    }
}
