using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>A key or query of selective cells at one time step.</summary>
internal static class ParameterFormula
{
    /// <summary>The function that computes the parameter from v_t, [G, K]: the constant, the signal's blocks, or 1 where there is none.</summary>
    public static Func<double[], Complex[]> Of(Parameter? parameter, int keys, int cells, ReferenceOptions options)
    {
        switch (parameter)
        {
            case null:
                var ones = new Complex[cells * keys];
                Array.Fill(ones, Complex.One);
                return _ => ones;

            case ConstantParameter { Value: Tensor value }:
                Complex[] constant = Array.ConvertAll(value.AsField(parameter.Field), options.Stored);
                return _ => constant;

            case SelectiveParameter selective:
                return BlockFormula.Of(selective.Signal, keys, parameter.Field, cells, options);

            default:
                throw new NotSupportedException($"The reference has no formula for a {parameter.GetType().Name}.");
        }
    }
}
