using System.CommandLine;
using OperatorGen.Compiler.Operators;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Inspection;

namespace OperatorGen.Tool.Commands;

/// <summary><c>inspect MODEL</c>: what the stages of the compiler make of a model file.</summary>
internal static class InspectCommand
{
    private static readonly string[] s_stages = ["declaration", "model", "operator", "plan", "code"];

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<string> format = new("--format") { Description = "text, latex, mathml (an HTML page), json, sympy (a Python file) or angourimath; all but text of the operator only.", DefaultValueFactory = _ => "text" };
        format.AcceptWords([.. OperatorFormats.All]);
        Option<string> stage = new("--stage") { Description = "What is shown: declaration, model, operator, plan or code.", DefaultValueFactory = _ => "operator" };
        stage.AcceptWords(s_stages);
        Option<int?> order = IntegerOption.Create("--order", "The order of the decoder's expansion; the model file's where it is not given.");
        Option<int?> top = IntegerOption.Create("--top", "How many waves and how many terms are listed.", minimum: 0);
        Option<int?> layer = IntegerOption.Create("--layer", "The layer that is shown, from 0; all where it is not given.");
        Option<int?> channel = IntegerOption.Create("--channel", "The channel whose waves and terms are listed, from 0.");
        Option<string?> backend = new("--backend") { Description = "angourimath, in builds that have it; with --simplify." };
        backend.AcceptWords(SymbolicBackends.AngouriMath);
        Option<bool> simplify = new("--simplify") { Description = "Ends the text with the decoder polynomials as the backend simplifies them." };
        var command = new Command("inspect", "Shows what a model file declares and what becomes of it.") { model, format, order, top, layer, channel, stage, backend, simplify };
        command.SetAction(result => new ModelInspection(terminal, result.GetValue(model)!, result.GetValue(order)).Show(
            result.GetValue(stage)!,
            result.GetValue(format)!,
            new OperatorView(result.GetValue(layer), result.GetValue(channel), result.GetValue(top)),
            Simplifier(result.GetValue(backend), result.GetValue(simplify))));
        return command;
    }

    private static ISymbolicBackend? Simplifier(string? backend, bool simplify) => (backend, simplify) switch
    {
        (null, false) => null,
        (null, true) => throw new UnusableInputException("--simplify needs a backend: --backend angourimath."),
        (_, false) => throw new UnusableInputException("--backend is for --simplify here; verify-expansion compares expansions."),
        _ => SymbolicBackends.Backend(),
    };
}
