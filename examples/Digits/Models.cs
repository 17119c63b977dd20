namespace Digits;

/// <summary>One layer of waves, its decoder function, the mean, a linear head: the model of the paper's kind.</summary>
[OperatorGen.SequenceModel("one-layer.ssm.json")]
public partial class OneLayer;

/// <summary>The same, trained so that polynomials of low order have its classes: waves and their pairs decide.</summary>
[OperatorGen.SequenceModel("one-layer-pairs.ssm.json")]
public partial class OneLayerPairs;

/// <summary>Four S4D layers with gates, norms and residuals.</summary>
[OperatorGen.SequenceModel("deep.ssm.json")]
public partial class Deep;
