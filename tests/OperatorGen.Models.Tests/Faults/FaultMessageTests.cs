using System;
using System.Globalization;
using System.Linq;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

public class FaultMessageTests
{
    private static readonly TextPlace Place = new(3, 4, 5);

    public static TheoryData<string, string, string> Messages => new()
    {
        { "OPG0001", "Digits", DeclarationFaults.NotPartial("Digits").Message },
        { "OPG0002", "Digits", DeclarationFaults.GenericTarget("Digits").Message },
        { "OPG0003", "static", DeclarationFaults.NotAnOrdinaryClass("Digits", "static").Message },
        { "OPG0004", "Digits", DeclarationFaults.FileLocalTarget("Digits").Message },
        { "OPG0005", "C# 14", DeclarationFaults.LanguageVersionTooOld("9", "14").Message },
        { "OPG0006", "declares modes inline", DeclarationFaults.FileOrInline("Digits", both: true).Message },
        { "OPG0006", "neither [InlineModel] nor [SequenceModel]: add [InlineModel]", DeclarationFaults.FileOrInline("Digits", both: false).Message },
        { "OPG0007", "'Step' is 'x'; a number is expected", DeclarationFaults.InlineArgument("Step", "'x'", "a number").Message },
        { "OPG0008", "more than once", DeclarationFaults.DeclaredTwice("Digits").Message },
        { "OPG0009", "'Operator' is also the name", DeclarationFaults.NameTaken("Operator", null).Message },
        { "OPG0009", "'Digits' has a member 'State'", DeclarationFaults.NameTaken("Digits", "State").Message },
        { "OPG0100", "'a.ssm.json', and the project has no other model file", FileFaults.FileNotFound("a.ssm.json", []).Message },
        { "OPG0100", "'a.ssm.json'; the model files of the project are 'A.ssm.json', 'b.ssm.json'.", FileFaults.FileNotFound("a.ssm.json", ["A.ssm.json", "b.ssm.json"]).Message },
        { "OPG0400", "Choose precision single, or a smaller model.", PlanFaults.WeightsTooLarge(5000000, 4194304, Place, Precision.Double).Message },
        { "OPG0400", "Choose one precision, or a smaller model.", PlanFaults.WeightsTooLarge(5000000, 4194304, Place, Precision.Both).Message },
        { "OPG0400", "into an assembly. Choose a smaller model.", PlanFaults.WeightsTooLarge(5000000, 4194304, Place).Message },
        { "OPG0101", "x/a.ssm.json, y/a.ssm.json", FileFaults.FileAmbiguous("a.ssm.json", ["x/a.ssm.json", "y/a.ssm.json"]).Message },
        { "OPG0300", "is -1; 1 to 16 is possible", OperatorFaults.OrderOutOfRange(-1, 1, 16, Place).Message },
        { "OPG0301", "can lie in [-1.5, 2.25], but the Taylor series of tanh about 0.25 converges within", OperatorFaults.BeyondRadius("tanh", 0.25, 1.5707963267948966, -1.5, 2.25, Place).Message },
        { "OPG0302", "more than 1000000. They are enumerated lazily", OperatorFaults.TermLimit("2000000", 1000000, Place).Message },
        { "OPG0303", "relu has no Taylor series", OperatorFaults.NoTaylorSeries("relu", Place).Message },
        { "OPG0304", "The layer norm is not expanded", OperatorFaults.ExpansionUnavailable("The layer norm", "it divides by the wave's spread", Place).Message },
        { "OPG0213", "it has 2 layers, the model 1", ModelFaults.CalibrationMismatch("it has 2 layers, the model 1", Place).Message },
        { "OPG0305", "'measure' is not possible: there is no calibration", OperatorFaults.ExpansionImpossible("measure", "there is no calibration", Place).Message },
        { "OPG0306", "The layer has 2 modes with |lambda| >= 1", OperatorFaults.LengthNeeded("The layer", 2, Place).Message },
        { "OPG0307", "input range bounds nothing", OperatorFaults.RangeUnused(Place).Message },
        { "OPG0405", "depends on the numbers of the tensor 'D', not on their shapes alone. Put the numbers into the model file.", PlanFaults.NumbersNeeded("D").Message },
        { "OPG0405", "cannot be external: a choice depends on the numbers. Put the numbers into the model file.", PlanFaults.DecidedByNumbers("a choice depends on the numbers").Message },
        { "OPG0400", "5000000 bytes", PlanFaults.WeightsTooLarge(5000000, 4194304, Place).Message },
        { "OPG0400", "padding of the code's tables counts", PlanFaults.WeightsTooLarge(5000000, 4194304, Place).Message },
        { "OPG0401", $"a channel's readout by up to {NumberText.Format(3.5e-5, 3)} of its reach (a bound; `operatorgen inspect` measures", PlanFaults.ConstantRounding(3.5e-5, Place).Message },
        { "OPG0401", "a rounded mode does not decay, so there is no bound", PlanFaults.ConstantRounding(double.PositiveInfinity, Place).Message },
        { "OPG0220", "The symbol 'd' has a name that the operator's formulas use", ModelFaults.SymbolTaken("d", Place).Message },
        { "OPG0402", "(alpha, beta)", PlanFaults.SymbolicParameters("alpha, beta", Place).Message },
        { "OPG0403", "The cell cannot be compiled", PlanFaults.NoLowering("The cell", "its state is a matrix", Place).Message },
        { "OPG0404", "'order' is not supported", PlanFaults.UnsupportedOption("order", "the model is selective", Place).Message },
        { "OPG0900", "The stage 'plan' failed: X: y", PlanFaults.InternalError("plan", "X: y").Message },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_says_what_was_found_and_ends_as_a_sentence(string id, string contained, string message)
    {
        Assert.Contains(id, FaultKinds.All.Select(kind => kind.Id));
        Assert.Contains(contained, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_in_messages_do_not_depend_on_the_culture()
    {
        // fi-FI writes a minus sign of its own, de-DE a comma.
        string expected = Compose();
        foreach (string name in new[] { "de-DE", "fi-FI" })
        {
            CultureInfo before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = new CultureInfo(name);
            string found = Compose();
            CultureInfo.CurrentCulture = before;
            Assert.Equal(expected, found);
        }

        static string Compose() => string.Join(
            '\n',
            OperatorFaults.OrderOutOfRange(-1, -2, 16, Place).Message,
            OperatorFaults.BeyondRadius("tanh", 0.5, 1.5, -1.5, 2.25, Place).Message,
            ModelFaults.LabelCount(-3, 4, "output", Place).Message,
            FileFaults.NotFinite("tensor", "[0]", "infinite", -1, Place).Message,
            PlanFaults.WeightsTooLarge(-5, 4194304, Place).Message);
    }
}
