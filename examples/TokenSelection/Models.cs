using OperatorGen;

namespace TokenSelections;

/// <summary>Copies a string by the product of three waves: one layer, decoder x^3.</summary>
[SequenceModel("copy.ssm.json")]
public partial class Copy;

/// <summary>The same by SSM + GELU-FNN, twice: arguments of GELU scaled by 0.1 and 0.03.</summary>
[SequenceModel("copy-gelu.ssm.json")]
public partial class CopyGelu;

/// <summary>The same with the scales 0.3 and 0.1.</summary>
[SequenceModel("copy-gelu-coarse.ssm.json")]
public partial class CopyGeluCoarse;

/// <summary>Associative recall of 16 keys on a ring of 16 nodes.</summary>
[SequenceModel("recall-16.ssm.json")]
public partial class Recall16;

/// <summary>Associative recall of 64 keys on a ring of 24 nodes, which has no room for them.</summary>
[SequenceModel("recall-24.ssm.json")]
public partial class Recall24;

/// <summary>Attention over words of 20 numbers.</summary>
[SequenceModel("attention-20.ssm.json")]
public partial class Attention20;

/// <summary>Attention over words of 28 numbers.</summary>
[SequenceModel("attention-28.ssm.json")]
public partial class Attention28;

/// <summary>SSM + FNN + SSM + FNN, trained to copy (<c>examples/training/selection.py</c>).</summary>
[SequenceModel("trained-copy.ssm.json")]
public partial class TrainedCopy;

/// <summary>SSM + FNN + SSM + FNN, trained to recall the values of keys.</summary>
[SequenceModel("trained-recall.ssm.json")]
public partial class TrainedRecall;

/// <summary>SSM + FNN + SSM + FNN, trained to compute a function of the two most important of 64 tokens.</summary>
[SequenceModel("trained-regression.ssm.json")]
public partial class TrainedRegression;

/// <summary>SSM + FNN + SSM + FNN, trained to read the motif after a marker in DNA.</summary>
[SequenceModel("trained-genome.ssm.json")]
public partial class TrainedGenome;
