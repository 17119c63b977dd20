using System;

namespace OperatorGen;

/// <summary>A sum whose rounding errors are added up beside it (Neumaier's variant of Kahan's summation).</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _error;

    public readonly double Value => _sum + _error;

    public void Add(double value)
    {
        double sum = _sum + value;
        _error += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }
}
