using System.Collections.Generic;
using System.Globalization;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>One mode of an inline declaration: three complex numbers, each part a double, a rational or a symbol.</summary>
/// <param name="EigenvalueRe">Re of the eigenvalue.</param>
/// <param name="EigenvalueIm">Im of the eigenvalue.</param>
/// <param name="InputRe">Re of the input weight.</param>
/// <param name="InputIm">Im of the input weight.</param>
/// <param name="OutputRe">Re of the output weight.</param>
/// <param name="OutputIm">Im of the output weight.</param>
public sealed record InlineMode(Scalar EigenvalueRe, Scalar EigenvalueIm, Scalar InputRe, Scalar InputIm, Scalar OutputRe, Scalar OutputIm);

/// <summary>A small model with every number in the C# source.</summary>
/// <param name="Modes">The modes in order; at least one.</param>
/// <param name="Skip">D; null: none.</param>
/// <param name="Step">The step size; null: none, as <see cref="DiscretizationRule.None"/> wants it.</param>
/// <param name="Discretization">The rule.</param>
/// <param name="Decoder">The name of the decoder function, or a polynomial's text.</param>
/// <param name="Gamma">2 where every mode is one of a conjugate pair, 1 otherwise.</param>
/// <param name="Options">Order, input range and precision.</param>
public sealed record InlineModel(
    EquatableArray<InlineMode> Modes,
    Scalar? Skip,
    Scalar? Step,
    DiscretizationRule Discretization,
    string Decoder,
    int Gamma,
    ModelOptions Options)
{
    /// <summary>The same model as a declaration of the architecture <c>modes</c>, without places in a text.</summary>
    public ModelDeclaration ToDeclaration()
    {
        var tensors = new List<DeclaredTensor>
        {
            Pairs("eigenvalue", mode => (mode.EigenvalueRe, mode.EigenvalueIm)),
            Pairs("input", mode => (mode.InputRe, mode.InputIm)),
            Pairs("output", mode => (mode.OutputRe, mode.OutputIm)),
        };
        AddSingle(tensors, "skip", Skip);
        AddSingle(tensors, "step", Step);
        return new ModelDeclaration(
            "modes",
            EquatableArray.Of(
                Number("n_modes", Modes.Count),
                new HyperParameter("discretization", OptionNames.Rules.Of(Discretization), HyperKind.Text, null),
                Number("gamma", Gamma),
                new HyperParameter("decoder", Decoder, HyperKind.Text, null)),
            tensors.ToEquatableArray())
        { Options = Options };
    }

    private static HyperParameter Number(string name, int value) =>
        new(name, value.ToString(CultureInfo.InvariantCulture), HyperKind.Number, null);

    private static void AddSingle(List<DeclaredTensor> tensors, string name, Scalar? value)
    {
        if (value is Scalar scalar)
        {
            tensors.Add(new DeclaredTensor(name, new Tensor(EquatableArray.Of(1), new[] { scalar }), null));
        }
    }

    private DeclaredTensor Pairs(string name, System.Func<InlineMode, (Scalar Re, Scalar Im)> part)
    {
        var values = new Scalar[2 * Modes.Count];
        for (int i = 0; i < Modes.Count; i++)
        {
            (values[2 * i], values[(2 * i) + 1]) = part(Modes[i]);
        }

        return new DeclaredTensor(name, new Tensor(EquatableArray.Of(Modes.Count, 2), values), null);
    }
}
