using System.CommandLine;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Explanations;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Commands;

/// <summary><c>explain MODEL --data FILE --index I</c>: what waves and interactions of waves contribute to a decision; of a selective model what samples, gates, heads and waves do.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model file, *.ssm.json." };
        Option<string?> data = new("--data") { Description = "A data file, *.safetensors, with x_test; without one, terms are ranked by their proven bounds over the declared input range." };
        Option<int?> index = IntegerOption.Create("--index", "Which sequence of the data file, from 0.", 0);
        Option<string> split = new("--split") { Description = "test or train.", DefaultValueFactory = _ => "test" };
        split.AcceptWords("test", "train");
        Option<int?> top = IntegerOption.Create("--top", "How many of the strongest terms are listed; 20 where it is not given.", 0);
        Option<int?> score = IntegerOption.Create("--score", "Which score or output is taken apart, from 0; the predicted class where it is not given.", 0);
        Option<int?> layer = IntegerOption.Create("--layer", "The layer whose terms are shown, from 0; the last where it is not given.", 0);
        Option<int?> step = IntegerOption.Create("--step", "Of a model without pooling the time step, from 0; the last where it is not given.", 0);
        Option<string?> expansion = new("--expansion") { Description = "taylor, chebyshev, measure or exact; the model file's where it is not given." };
        expansion.AcceptWords([.. OptionNames.Expansions.All]);
        Option<int?> order = IntegerOption.Create("--order", "The order of the expansion; the model file's where it is not given.", 1);
        Option<string> by = new("--by") { Description = "order: terms of the expansion, order by order. wave, channel, time (at which waves are read), input (samples of the layer), model-input (samples of the model, through all layers): all orders together, and no expansion.", DefaultValueFactory = _ => AttributionByNames.Order };
        by.AcceptWords([.. AttributionByNames.All]);
        Option<int?> against = IntegerOption.Create("--against", "Of every --by but order, and of selective models: the score that is subtracted, from 0; why the one and not the other.", 0);
        Option<string> format = new("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptWords("text", "json");
        var command = new Command("explain", "Takes a score apart: what every wave and every interaction of waves contributes, and what the expansion leaves out; of a selective model what samples add along values and gates.")
        {
            model, data, index, split, top, score, layer, step, by, against, expansion, order, format,
        };
        command.SetAction(result =>
        {
            if (StudiedModel.LoadAny(terminal, result.GetValue(model)!) is not { } read)
            {
                return ExitCode.Failure;
            }

            (ExpansionKind? kind, int? terms) = (OptionNames.Expansions.Find(result.GetValue(expansion)), result.GetValue(order));
            (int? subtracted, int listed, bool json) = (result.GetValue(against), result.GetValue(top) ?? 20, result.GetValue(format) == "json");
            AttributionBy? parts = AttributionByNames.Find(result.GetValue(by)!);
            if (read.IsSelective)
            {
                const string Selective = "belongs to models with waves, and this one is selective";
                Refuse("--by", parts is not null, Selective + ": it is attributed by sample, head and wave at once");
                Refuse("--expansion", kind is not null, Selective);
                Refuse("--order", terms is not null, Selective);
                Refuse("--layer", result.GetValue(layer) is not null, Selective + ": samples are those of the model's input, heads and waves those of the last layer");
                return new SelectiveRun(terminal, read, result.GetValue(score), subtracted, listed, json).Run(result.GetValue(data), result.GetValue(split)!, result.GetValue(index), result.GetValue(step));
            }

            if (parts is not { } chosen)
            {
                Refuse("--against", subtracted is not null, "is the difference of two scores, all orders together: it belongs to every --by but order");
                return new ExplainRun(terminal, read, kind, terms, result.GetValue(layer), result.GetValue(score), listed, json).Run(result.GetValue(data), result.GetValue(split)!, result.GetValue(index), result.GetValue(step));
            }

            Refuse("--expansion", kind is not null, "belongs to --by order: an attribution is of all orders together and needs no expansion");
            Refuse("--order", terms is not null, "belongs to --by order: an attribution is of all orders together");
            return new AttributionRun(terminal, read, chosen, result.GetValue(layer), result.GetValue(score), subtracted, listed, json).Run(result.GetValue(data), result.GetValue(split)!, result.GetValue(index), result.GetValue(step));
        });
        return command;
    }

    private static void Refuse(string option, bool given, string reason)
    {
        if (given)
        {
            throw new UnusableInputException($"{option} {reason}.");
        }
    }
}
