using OperatorGen.Symbolics;

namespace OperatorGen.Analysis;

/// <summary>How the decoder functions of a model are to be expanded.</summary>
/// <param name="Kind">The kind of expansion.</param>
/// <param name="Order">The total order P, 1 to 16.</param>
/// <param name="Centre">The point of a Taylor expansion of the readouts; unused otherwise.</param>
public sealed record ExpansionRequest(ExpansionKind Kind, int Order, double Centre = 0);
