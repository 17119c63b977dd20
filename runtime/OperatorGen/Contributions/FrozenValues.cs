using System.Collections.Generic;
using System.Linq;

namespace OperatorGen;

/// <summary>Numbers that are held at their exact values for the input, one or more per time step.</summary>
/// <param name="Name">What is held fixed.</param>
/// <param name="Width">Numbers per time step.</param>
/// <param name="Values">The numbers, [time, width].</param>
public sealed record FrozenValues(string Name, int Width, IReadOnlyList<double> Values)
{
    /// <summary>The least of them.</summary>
    public double Least => Values.Min();

    /// <summary>The greatest of them.</summary>
    public double Greatest => Values.Max();
}
