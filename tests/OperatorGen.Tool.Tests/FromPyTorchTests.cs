using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OperatorGen.Models;
using OperatorGen.TestKit;
using Xunit;

namespace OperatorGen.Tool.Tests;

/// <summary>docs/from-pytorch.md, and the lines that convert a file of torch.save, run as they are printed.</summary>
public sealed partial class FromPyTorchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_page_leads_from_a_state_dict_to_a_compared_model()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "from-pytorch.md"));
        PythonRun.Of(_folder.Path, string.Concat(Blocks().Matches(page).Where(block => block.Groups[1].Value == "python").Select(block => block.Groups[2].Value)));
        string[] commands = [.. page.Split('\n').Where(line => line.StartsWith("operatorgen ", StringComparison.Ordinal))];
        Assert.Equal(["import", "predict"], commands.Select(command => command.Split(' ')[1]));
        ToolRun[] runs = [.. commands.Select(Run)];
        Assert.All(runs, run => Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error)));
        Assert.Matches(@"generated float on x_test of trained, 16 sequences\nmax_abs=\S+ max_rel=\S+ tolerance=0.00002 PASS\n$", runs[1].Output);
    }

    [SkippableFact]
    public void A_model_in_double_agrees_with_PyTorchs_in_double()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "from-pytorch.md"));
        string[] blocks = [.. Blocks().Matches(page).Where(block => block.Groups[1].Value == "python").Select(block => block.Groups[2].Value)];
        PythonRun.Of(_folder.Path, blocks[0] + "model, inputs = model.double(), inputs.double()\n" + blocks[1]);
        Assert.Equal(ExitCode.Success, Run("operatorgen import trained.safetensors --architecture s4d-classifier --prefix model. --precision double -o trained.ssm.json").ExitCode);
        ToolRun run = Run("operatorgen predict trained.ssm.json --data trained.safetensors --compare trained.safetensors");
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("tolerance=1e-10 PASS\n", run.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("plain.pth", "state")]
    [InlineData("entry.pt", "{'state_dict': state}")]
    [InlineData("example.pth", "{'model': state, 'acc': 97.5, 'epoch': 3}")]
    [InlineData("lightning.ckpt", "{'epoch': 3, 'global_step': 12, 'pytorch-lightning_version': '2.1.0', 'state_dict': state, 'loops': {'fit_loop': {'state_dict': {}}}, 'callbacks': {\"ModelCheckpoint{'monitor': 'val'}\": {'best_model_score': torch.tensor(0.5)}}, 'optimizer_states': [{'state': {}, 'param_groups': [{'lr': 0.01}]}], 'lr_schedulers': [], 'hyper_parameters': argparse.Namespace(d_model=3, betas=collections.deque([0.9, 0.99]))}")]
    public void The_printed_lines_convert_a_file_of_torch_save(string name, string saved)
    {
        string path = _folder.File(name);
        PythonRun.Of(_folder.Path, $"""
            import argparse, collections, torch
            state = collections.OrderedDict([('D', torch.tensor([1.5, -2.0])), ('half', torch.ones(2, 2).half().t()), ('steps', torch.tensor(7)), ('version', 3), ('name', 'x'), ('mask', torch.tensor([True, False])), ('p', torch.nn.Parameter(torch.zeros(1)))])
            torch.save({saved}, '{name}')
            """);
        ToolRun run = ToolRun.Of("import", path, "--architecture", "s4d-standalone", "-o", _folder.File("m.ssm.json"));
        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        string lines = run.Error[(run.Error.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        Assert.EndsWith("bytes, 5 tensors\n", PythonRun.Of(_folder.Path, lines), StringComparison.Ordinal);
        var converted = Safetensors.SafetensorsFile.Parse(File.ReadAllBytes(Path.ChangeExtension(path, ".safetensors")));
        Assert.Equal(["D F32 [2]", "half F16 [2, 2]", "mask BOOL [2]", "p F32 [1]", "steps I64 []"], converted.Tensors.Select(tensor => tensor.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal([1.5, -2], converted.Find("D")!.ToDoubles());
        Assert.Equal([7], converted.Find("steps")!.ToDoubles());
    }

    private ToolRun Run(string command) =>
        ToolRun.Of([.. command.Split(' ').Skip(1).Select(word => word.Contains(".s", StringComparison.Ordinal) ? _folder.File(word) : word)]);

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
