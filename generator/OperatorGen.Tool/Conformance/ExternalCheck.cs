using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Tool.Conformance;

/// <summary>Runs a case through packed weights: code that is made of shapes, with the numbers read from a file, must compute what code with the numbers in it does, to the bit.</summary>
public static class ExternalCheck
{
    /// <summary>Checks a case.</summary>
    /// <param name="conformance">The case, of a supported architecture.</param>
    /// <param name="widths">The vector widths; each is compared by itself.</param>
    /// <returns>How many numbers were compared and how many differ; or why the weights of the case cannot be external.</returns>
    public static (long Compared, long Different, string? Refusal) Run(ConformanceCase conformance, params VectorWidth[] widths)
    {
        ArgumentNullException.ThrowIfNull(conformance);
        ArgumentNullException.ThrowIfNull(widths);
        return conformance.Precision == Precision.Double ? Run<double>(conformance, widths) : Run<float>(conformance, widths);
    }

    private static (long Compared, long Different, string? Refusal) Run<T>(ConformanceCase conformance, VectorWidth[] widths)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ModelDeclaration declaration = conformance.ToDeclaration();
        if (declaration.Tensors.Count == 0)
        {
            return (0, 0, "the model has no tensors");
        }

        (IGeneratedModel<T>? loaded, IReadOnlyList<Fault>? refusal) = GeneratedModel.LoadExternal<T>(declaration);
        if (loaded is null)
        {
            Fault fault = refusal!.First(each => each.Kind.Severity == FaultSeverity.Error);
            return (0, 0, $"{fault.Kind.Id}: {fault.Message}");
        }

        SequenceModel model = conformance.ToModel();
        IGeneratedModel<T> constant = GeneratedModel.Load<T>(model);
        IReadOnlyList<NumberBlock> inputs = conformance.Inputs([.. StateNames.Of(model)]);
        long compared = 0, different = 0;
        foreach (VectorWidth width in widths)
        {
            GeneratedEngine<T> baked = new(constant, width), external = new(loaded, width);
            foreach (NumberBlock input in inputs)
            {
                Compare(baked.Forward(input), external.Forward(input), ref compared, ref different);
                if (model.IsCausal && model.Pooling == Pooling.None)
                {
                    Compare(baked.Steps(input), external.Steps(input), ref compared, ref different);
                }
            }
        }

        return (compared, different, null);
    }

    private static void Compare(EngineRun expected, EngineRun found, ref long compared, ref long different)
    {
        Compare(expected.Output, found.Output, ref compared, ref different);
        foreach ((string name, NumberBlock state) in expected.State)
        {
            Compare(state, found.State[name], ref compared, ref different);
        }
    }

    private static void Compare(NumberBlock expected, NumberBlock found, ref long compared, ref long different)
    {
        compared += expected.Values.Length;
        different += expected.HasShapeOf(found)
            ? expected.Values.Zip(found.Values).Count(pair => BitConverter.DoubleToInt64Bits(pair.First) != BitConverter.DoubleToInt64Bits(pair.Second))
            : expected.Values.Length;
    }
}
