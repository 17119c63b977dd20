using System.CommandLine;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Inspection;
using OperatorGen.Tool.Lifts;

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
        Option<int?> carleman = IntegerOption.Create("--carleman", "Instead of a stage: the recurrence of all products of a channel's states up to this order, as text; of layer 0 and channel 0 where they are not given.", minimum: 1);
        var command = new Command("inspect", "Shows what a model file declares and what becomes of it.") { model, format, order, top, layer, channel, stage, backend, simplify, carleman };
        command.SetAction(result =>
        {
            var view = new OperatorView(result.GetValue(layer), result.GetValue(channel), result.GetValue(top));
            if (result.GetValue(carleman) is not { } degree)
            {
                return new ModelInspection(terminal, result.GetValue(model)!, result.GetValue(order)).Show(result.GetValue(stage)!, result.GetValue(format)!, view, Simplifier(result.GetValue(backend), result.GetValue(simplify)));
            }

            Option[] others = [format, stage, order, backend, simplify];
            if (others.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
            {
                throw new UnusableInputException($"--carleman takes no {other.Name}: it is shown as text, with --layer, --channel and --top.");
            }

            return Lift(terminal, result.GetValue(model)!, degree, view);
        });
        return command;
    }

    private static int Lift(Terminal terminal, string path, int degree, OperatorView view)
    {
        if (ModelSource.Load(terminal, path) is not { } resolved)
        {
            return ExitCode.Failure;
        }

        CarlemanText.Write(terminal, path, resolved, degree, view);
        return ExitCode.Success;
    }

    private static ISymbolicBackend? Simplifier(string? backend, bool simplify) => (backend, simplify) switch
    {
        (null, false) => null,
        (null, true) => throw new UnusableInputException("--simplify needs a backend: --backend angourimath."),
        (_, false) => throw new UnusableInputException("--backend is for --simplify here; verify-expansion compares expansions."),
        _ => SymbolicBackends.Backend(),
    };
}
