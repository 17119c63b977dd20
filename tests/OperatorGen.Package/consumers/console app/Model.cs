using OperatorGen;

namespace ConsoleApp;

/// <summary>A model of a file that the project does not mention.</summary>
[SequenceModel("s4d.ssm.json")]
internal sealed partial class Model;
