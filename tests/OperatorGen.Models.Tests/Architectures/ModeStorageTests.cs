using System.Linq;
using Xunit;

namespace OperatorGen.Models.Tests.Architectures;

/// <summary>Where architectures keep their modes.</summary>
public sealed class ModeStorageTests
{
    [Fact]
    public void An_architecture_names_the_tensors_of_its_modes_or_says_why_they_cannot_be_taken_out()
    {
        foreach (IArchitecture architecture in ArchitectureCatalog.All)
        {
            ModeStorage storage = architecture.ModesOf(Declaration(architecture.Name));
            Assert.Equal(storage.Obstacle is null, storage.Tensors.Count > 0);

            // A mode whose read weight is 0 is not seen: every layer has that tensor.
            Assert.All(storage.Tensors.GroupBy(tensor => tensor.Layer), layer => Assert.Contains(layer, tensor => tensor.IsRead));
            Assert.All(storage.Tensors, tensor => Assert.NotEqual(tensor.ModeAxis, tensor.ChannelAxis));
        }
    }

    [Fact]
    public void Every_layer_of_an_s4_example_has_its_tensors()
    {
        ModeStorage storage = new S4Example().ModesOf(Declaration("s4-example"));
        Assert.Equal(["s4_layers.0.kernel.C", "s4_layers.1.kernel.C"], storage.Tensors.Where(tensor => tensor.IsRead).Select(tensor => tensor.Name));
        Assert.Equal([0, 1], storage.Tensors.Select(tensor => tensor.Layer).Distinct());
        Assert.Equal(new ModeCount("d_state", 2), Assert.Single(storage.Counts));
    }

    // Two layers of an s4-example; the other architectures do not look at the names.
    private static ModelDeclaration Declaration(string architecture)
    {
        string text = "{ \"format\": \"operatorgen/1\", \"architecture\": \"" + architecture + "\", \"tensors\": {"
            + "\"s4_layers.0.D\": { \"shape\": [1], \"values\": [1] }, \"s4_layers.1.D\": { \"shape\": [1], \"values\": [1] } } }";
        return ModelFileReader.Read(text, default).Value!;
    }
}
