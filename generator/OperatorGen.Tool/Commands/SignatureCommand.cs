using System;
using System.CommandLine;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Inspection;
using OperatorGen.Tool.Rings;
using OperatorGen.Tool.Signatures;

namespace OperatorGen.Tool.Commands;

/// <summary><c>signature MODEL</c>: a readout of a linear controlled differential equation, or a state of a selective cell, as a projection of the signature of its input.</summary>
internal static class SignatureCommand
{
    private const int GreatestLevel = 64;
    private const int UsualWords = 30;

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json, of the architecture linear-cde, or with selective cells of Mamba's kind." };
        Option<int?> level = IntegerOption.Create("--level", "The length of the longest words, at most 64; where it is not given 4, or less where there would be more than 100,000 words.", minimum: 1);
        Option<int?> layer = IntegerOption.Create("--layer", "The layer, from 0; 0 where it is not given.");
        Option<int?> channel = IntegerOption.Create("--channel", "The channel (the readout), from 0; 0 where it is not given.");
        Option<int?> top = IntegerOption.Create("--top", "How many words are listed; 30 where it is not given. JSON has all.", minimum: 0);
        Option<string?> data = new("--data") { Description = "A data file, *.safetensors, with x_train and x_test: how far the truncated signature of one of its sequences is from the recurrence." };
        Option<int?> index = IntegerOption.Create("--index", "Which sequence of the data file, from 0.");
        Option<string> split = new("--split") { Description = "test or train.", DefaultValueFactory = _ => "test" };
        split.AcceptWords("test", "train");
        Option<string> format = new("--format") { Description = "text, latex or json.", DefaultValueFactory = _ => "text" };
        format.AcceptWords("text", "latex", "json");
        var command = new Command("signature", "Shows a readout of a linear controlled differential equation, or a state of a cell of Mamba's kind, as a projection of its input's signature: words, coefficients, commutators, convergence.")
        {
            model, level, layer, channel, top, data, index, split, format,
        };
        command.SetAction(result =>
        {
            RingSequence? sequence = RingSequence.Load(result.GetValue(data), result.GetValue(split)!, result.GetValue(index));
            string path = result.GetValue(model)!;
            if (ModelSource.Load(terminal, path) is not { } resolved)
            {
                return ExitCode.Failure;
            }

            (int shown, int readout, int? longest) = (result.GetValue(layer) ?? 0, result.GetValue(channel) ?? 0, result.GetValue(level));
            if (longest > GreatestLevel)
            {
                throw new UnusableInputException($"--level {NumberText.Format(longest.Value)}: words of at most {NumberText.Format(GreatestLevel)} letters are shown.");
            }

            if (sequence is not null && result.GetValue(format) == "latex")
            {
                throw new UnusableInputException("--format latex shows the words alone: leave out --data, or choose text or json.");
            }

            ModelCheck.Require("--layer", shown, resolved.Layers.Count, "layer");
            ModelCheck.RequireNumbers(path, ModelSymbols.Of(resolved), "a projection is made of numbers");
            OperatorDescription operators = OperatorDescriptions.Of(resolved);
            RecurrenceDescription recurrence = operators.Layers[shown].Recurrence;
            int words = result.GetValue(top) ?? UsualWords;
            string chosen = result.GetValue(format)!;
            if (recurrence is SelectiveRecurrence { Gate: StepGate })
            {
                var gated = GatedWords.Of(path, resolved, operators, shown, readout, longest ?? SignatureSubject.UsualLevel(GatedWords.Letters), sequence);
                Write(terminal, chosen, () => GatedWordsText.Write(terminal, gated, words), () => GatedWordsText.Latex(gated, words), () => GatedWordsText.Json(gated));
                return ExitCode.Success;
            }

            var subject = SignatureSubject.Of(path, resolved, recurrence, shown, readout, longest ?? SignatureSubject.UsualLevel(recurrence.Inputs), sequence);
            Write(terminal, chosen, () => SignatureText.Write(terminal, subject, words), () => SignatureLatex.Render(subject, words), () => SignatureJson.Render(subject));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(Terminal terminal, string format, Action text, Func<string> latex, Func<string> json)
    {
        switch (format)
        {
            case "text":
                text();
                break;
            case "latex":
                terminal.Output.Write(latex());
                break;
            case "json":
                terminal.Output.Write(json());
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format.");
        }
    }
}
