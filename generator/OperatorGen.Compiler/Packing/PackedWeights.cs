using System;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Packing;

/// <summary>The tables of a model as code with external weights reads them, in the order of the file.</summary>
/// <param name="ShapeHash">What they are packed for.</param>
/// <param name="Element">The precision of the code.</param>
/// <param name="Tables">The tables.</param>
public sealed record PackedWeights(string ShapeHash, ElementType Element, EquatableArray<PackedTable> Tables);

/// <summary>A table of packed weights.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Table">Its shape and the numbers, computed row by row.</param>
public sealed record PackedTable(string Name, ConstantTable Table);
