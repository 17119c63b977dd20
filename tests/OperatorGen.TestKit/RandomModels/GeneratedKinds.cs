using OperatorGen.Models;

namespace OperatorGen.TestKit;

/// <summary>Which models have a lowering to code in this version; all others must be refused with OPG0403.</summary>
public static class GeneratedKinds
{
    /// <summary>True for models that compile to code.</summary>
    public static bool Supports(SequenceModel model)
    {
        foreach (Layer layer in model.Layers)
        {
            Cell cell = layer.Cell;
            bool constant = cell.IsConstant;
            bool mamba = cell is
            {
                Field: Field.Real,
                ValueWidth: 1,
                Gamma: 1,
                Rule: DiscretizationRule.ExponentialEuler,
                Transition: DiagonalTransition { A: ConstantParameter },
                Delta: SelectiveParameter,
                B: SelectiveParameter,
                C: SelectiveParameter,
            };
            if (cell.Order != ReadOrder.PostUpdate || !(constant || mamba))
            {
                return false;
            }
        }

        return true;
    }
}
