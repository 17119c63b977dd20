using OperatorGen;

namespace Signatures;

/// <summary>The word S^12: three states in a row.</summary>
[SequenceModel("word-12.ssm.json", Precision = ModelPrecision.Double)]
public partial class Word12;

/// <summary>The area (S^12 - S^21) / 2 of the first two channels: four states.</summary>
[SequenceModel("levy-area.ssm.json", Precision = ModelPrecision.Double)]
public partial class LevyArea;

/// <summary>The word S^123: four states in a row.</summary>
[SequenceModel("word-123.ssm.json", Precision = ModelPrecision.Double)]
public partial class Word123;

/// <summary>The group A5: a rotation of the icosahedron for each of 60 tokens, three states.</summary>
[SequenceModel("a5.ssm.json", Precision = ModelPrecision.Double)]
public partial class A5;

/// <summary>32 damped oscillators with constant eigenvalues, read as they are.</summary>
[SequenceModel("time-invariant.ssm.json", Precision = ModelPrecision.Double)]
public partial class TimeInvariant;

/// <summary>32 states with diagonal matrices, without B.</summary>
[SequenceModel("unforced.ssm.json", Precision = ModelPrecision.Double)]
public partial class Unforced;

/// <summary>128 states with diagonal matrices and B.</summary>
[SequenceModel("forced.ssm.json", Precision = ModelPrecision.Double)]
public partial class Forced;

/// <summary>96 states with dense matrices.</summary>
[SequenceModel("dense.ssm.json", Precision = ModelPrecision.Double)]
public partial class Dense;
