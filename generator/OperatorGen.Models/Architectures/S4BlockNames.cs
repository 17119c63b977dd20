using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// The tensor names of S4 before version 4 (state-spaces/s4, checkpoints/convert_v3_to_v4.py): <c>kernel.kernel.*</c> and <c>D</c> are today's <c>layer.kernel.*</c>
/// and <c>layer.D</c>; <c>log_dt</c> [H] is <c>inv_dt</c> [H, 1]; <c>inv_w_real</c>, <c>log_w_real</c> or <c>inv_A_real</c> is <c>A_real</c>; <c>w_imag</c>, of diagonal kernels
/// <c>A_imag</c>, is <c>A_imag</c> with the other sign; <c>A</c>, which nothing read, is left out; <c>L</c> is <c>l_kernel</c>; the output map is a convolution of width 1 where the block was transposed.
/// </summary>
internal static class S4BlockNames
{
    private const string Kernel = "kernel.kernel.";

    /// <summary>The declaration with today's names; itself where it has no older ones.</summary>
    public static ModelDeclaration Current(ModelDeclaration declaration)
    {
        bool older = declaration.Tensors.Any(tensor => tensor.Name.StartsWith(Kernel, StringComparison.Ordinal))
            && !declaration.Tensors.Any(tensor => tensor.Name.StartsWith("layer.", StringComparison.Ordinal));
        return older ? declaration with { Tensors = declaration.Tensors.Where(tensor => tensor.Name != Kernel + "A").Select(Renamed).ToEquatableArray() } : declaration;
    }

    private static DeclaredTensor Renamed(DeclaredTensor tensor)
    {
        Tensor value = tensor.Value;
        switch (tensor.Name)
        {
            case "D":
                return tensor with { Name = "layer.D" };
            case "output_linear.0.weight" when value.Shape.Count == 3 && value.Shape[2] == 1:
                return tensor with { Value = value.WithShape(EquatableArray.Of(value.Shape[0], value.Shape[1])) };
            case Kernel + "log_dt" when value.Shape.Count == 1:
                return tensor with { Name = "layer.kernel.inv_dt", Value = value.WithShape(EquatableArray.Of(value.Shape[0], 1)) };
            case Kernel + "inv_w_real" or Kernel + "log_w_real" or Kernel + "inv_A_real":
                return tensor with { Name = "layer.kernel.A_real" };
            case Kernel + "w_imag" or Kernel + "A_imag" when value.IsNumeric:
                return tensor with { Name = "layer.kernel.A_imag", Value = Tensor.Derived(value.Shape, () => Array.ConvertAll(value.Values.ToArray(), x => -x), value) };
            case Kernel + "L":
                return tensor with { Name = "layer.kernel.l_kernel" };
            case var name when name.StartsWith(Kernel, StringComparison.Ordinal):
                return tensor with { Name = "layer.kernel." + name.Substring(Kernel.Length) };
            default:
                return tensor;
        }
    }
}
