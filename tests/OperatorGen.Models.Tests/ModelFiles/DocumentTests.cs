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

    [Theory]
    [InlineData("docs/model-file.md")]
    [InlineData("docs/architectures/README.md")]
    public void The_table_of_architectures_has_every_one_and_no_other(string document) => Assert.Equal(
        ArchitectureCatalog.All.Select(architecture => architecture.Name),
        Row().Matches(File.ReadAllText(RepositoryFile(document))).Select(match => match.Groups[1].Value));

    [Fact]
    public void The_page_of_an_architecture_names_every_tensor_and_hyperparameter_of_its_samples()
    {
        var pages = Row().Matches(File.ReadAllText(RepositoryFile("docs/architectures/README.md")))
            .ToDictionary(match => match.Groups[1].Value, match => File.ReadAllText(RepositoryFile("docs/architectures/" + match.Groups[2].Value)));
        foreach (ModelDeclaration sample in Samples.All(new Random(1)))
        {
            foreach (string name in sample.Tensors.Select(tensor => tensor.Name).Concat(sample.Hyper.Select(hyper => hyper.Name)))
            {
                Assert.Contains('`' + LayerIndex().Replace(name, "i") + '`', pages[sample.Architecture], StringComparison.Ordinal);
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

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \| \[[^]]+\]\(([^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<=layers\.|norms\.|blocks\.|layers_)[0-9]+(?=\.)")]
    private static partial Regex LayerIndex();
}
