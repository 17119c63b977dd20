using System.CommandLine;
using OperatorGen.Compiler.Operators;
using OperatorGen.Tool.Inspection;

namespace OperatorGen.Tool.Commands;

/// <summary><c>verify-expansion MODEL</c>: expands the decoder polynomials in a second way and compares term by term.</summary>
internal static class VerifyExpansionCommand
{
    private static readonly string[] s_backends = [SymbolicBackends.Own, SymbolicBackends.AngouriMath];

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<string> backend = new("--backend")
        {
            Description = "What expands the second time: own (general products of polynomials) or angourimath (in builds that have it).",
            DefaultValueFactory = _ => SymbolicBackends.Own,
        };
        backend.AcceptWords(s_backends);
        Option<int?> waves = IntegerOption.Create("--waves", "How many summands of a readout take part; as many as the backend can where it is not given.", minimum: 1);
        Option<int?> order = IntegerOption.Create("--order", "The order of the decoder's expansion; the model file's where it is not given.");
        Option<int?> layer = IntegerOption.Create("--layer", "The layer, from 0; all where it is not given.");
        var command = new Command("verify-expansion", "Expands the decoder polynomials in a second way and compares all terms.") { model, backend, waves, order, layer };
        command.SetAction(result =>
        {
            ModelInspection inspection = new(terminal, result.GetValue(model)!, result.GetValue(order));
            var view = new OperatorView(result.GetValue(layer));
            return new ExpansionReport(terminal, SymbolicBackends.Expander(result.GetValue(backend)!), result.GetValue(waves)).Run(inspection, view);
        });
        return command;
    }
}
