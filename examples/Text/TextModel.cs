using OperatorGen;

namespace Text;

/// <summary>Mamba-2, 8 layers of width 128, one token a byte; its weights are in upstream's own file, weights/text.safetensors.</summary>
[SequenceModel("text.ssm.json", Weights = ModelWeights.External)]
public sealed partial class TextModel;
