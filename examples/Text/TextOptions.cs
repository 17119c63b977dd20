using OperatorGen;

namespace Text;

/// <summary>What the command line says.</summary>
/// <param name="Prompt">What the text begins with.</param>
/// <param name="Length">How many characters are written.</param>
/// <param name="Sampling">How each is chosen.</param>
/// <param name="TextFile">A whole text whose first nine tenths the n-gram models learn; null: the excerpt.</param>
/// <param name="Explain">Whether the last character is explained.</param>
/// <param name="Svg">Where the picture of the explanation goes.</param>
/// <param name="Tokenizer">Show how this tokenizer cuts the prompt, and do nothing else; null: use the model.</param>
internal sealed record TextOptions(string Prompt, int Length, SamplingOptions Sampling, string? TextFile, bool Explain, string Svg, string? Tokenizer);
