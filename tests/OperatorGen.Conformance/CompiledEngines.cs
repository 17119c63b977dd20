using System;
using System.Collections.Generic;
using System.Numerics;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Tool.Conformance;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Conformance;

/// <summary>Generated code of models, each compiled once for all widths.</summary>
internal static class CompiledEngines
{
    /// <summary>Makes the engine of a model and a width.</summary>
    public static Func<SequenceModel, VectorWidth, IConformanceEngine> Of(Precision precision) =>
        precision == Precision.Double ? Of<double>(ElementType.Double) : Of<float>(ElementType.Single);

    private static Func<SequenceModel, VectorWidth, IConformanceEngine> Of<T>(ElementType element)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var models = new Dictionary<SequenceModel, IGeneratedModel<T>>();
        return (model, width) =>
        {
            if (!models.TryGetValue(model, out IGeneratedModel<T>? generated))
            {
                models.Add(model, generated = GeneratedModel.Load<T>(model));
            }

            return new ModelBasisEngine(new GeneratedEngine<T>(generated, width), model, element);
        };
    }
}
