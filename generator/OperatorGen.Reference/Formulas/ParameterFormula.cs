using System;
using System.Numerics;
using OperatorGen.Models;

namespace OperatorGen.Reference;

/// <summary>A parameter at one time step: the constant, or the signal of v_t as real numbers of the field.</summary>
internal sealed class ParameterFormula
{
    private readonly Complex[]? _constant;
    private readonly Func<double[], double[]>? _signal;

    public ParameterFormula(Parameter parameter, Field field, ReferenceOptions constant, ReferenceOptions signal)
    {
        switch (parameter)
        {
            case ConstantParameter { Value: Tensor value }:
                _constant = Array.ConvertAll(value.AsField(field), constant.Stored);
                break;

            case SelectiveParameter selective:
                _signal = SignalFormula.Of(selective.Signal, signal);
                break;

            default:
                throw new NotSupportedException($"The reference has no formula for a {parameter.GetType().Name}.");
        }
    }

    public Complex[] Of(double[] v) => _constant ?? Array.ConvertAll(_signal!(v), x => new Complex(x, 0));
}
