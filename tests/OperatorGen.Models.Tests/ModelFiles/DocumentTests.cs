using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace OperatorGen.Models.Tests;

public partial class DocumentTests
{
    private static readonly Lazy<string> Text = new(() => File.ReadAllText(RepositoryFile("docs/model-file.md")));

    [Fact]
    public void The_example_of_the_document_is_a_model_without_fault()
    {
        Match example = JsonExample().Match(Text.Value);
        Assert.True(example.Success);
        Assert.Empty(Marked.FaultsOf(example.Groups[1].Value).Select(fault => fault.Message));
    }

    [Fact]
    public void The_document_has_a_section_for_every_architecture_and_no_other() => Assert.Equal(
        ArchitectureCatalog.All.Select(architecture => architecture.Name),
        Section().Matches(Text.Value).Select(match => match.Groups[1].Value));

    [Fact]
    public void The_document_names_every_tensor_and_hyperparameter_of_the_samples()
    {
        foreach (ModelDeclaration sample in Samples.All(new Random(1)))
        {
            foreach (string name in sample.Tensors.Select(tensor => tensor.Name).Concat(sample.Hyper.Select(hyper => hyper.Name)))
            {
                string general = LayerIndex().Replace(name, ".i.");
                Assert.True(Text.Value.Contains('`' + general + '`', StringComparison.Ordinal) || general.StartsWith("s4_layers.i.", StringComparison.Ordinal), name);
            }
        }
    }

    private static string RepositoryFile(string path)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException(path);
    }

    [GeneratedRegex("```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex JsonExample();

    [GeneratedRegex("^### (.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"(?<=s4_layers|norms)\.[0-9]+\.")]
    private static partial Regex LayerIndex();
}
