namespace OperatorGen.Models;

/// <summary>A parameter of a cell: a constant, or selective, that is a function of the cell's input at the same time step.</summary>
public abstract record Parameter
{
    private protected Parameter()
    {
    }
}

/// <summary>A parameter that is made of weights only.</summary>
/// <param name="Value">The numbers; the shape is said where the parameter is used.</param>
public sealed record ConstantParameter(Tensor Value) : Parameter;

/// <summary>A parameter that depends on the input.</summary>
/// <param name="Signal">The function of the cells' input v_t.</param>
public sealed record SelectiveParameter(Signal Signal) : Parameter;
