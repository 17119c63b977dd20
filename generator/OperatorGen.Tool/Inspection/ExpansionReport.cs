using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Compiler.Operators;
using OperatorGen.Symbolics;

namespace OperatorGen.Tool.Inspection;

/// <summary>Verifies the expansions of a model's layers and says what was compared.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="expander">What expands the second time.</param>
/// <param name="waves">How many summands of a readout take part; null: as many as can.</param>
internal sealed class ExpansionReport(Terminal terminal, IExpander expander, int? waves)
{
    private const int ShownDifferences = 5;

    /// <summary>Compares layer by layer; the exit code is <see cref="ExitCode.Failure"/> where a term differs.</summary>
    /// <param name="inspection">The model file.</param>
    /// <param name="view">The layer; null: all.</param>
    /// <exception cref="UnusableInputException">No layer has terms, or more waves are asked for than the expander manages.</exception>
    public int Run(ModelInspection inspection, OperatorView view)
    {
        if (inspection.Operator(view) is not { } symbolic)
        {
            return ExitCode.Failure;
        }

        List<string[]> rows = [];
        bool agree = true;
        for (int i = view.Layer ?? 0; i <= (view.Layer ?? symbolic.Layers.Count - 1); i++)
        {
            OperatorView one = view with { Layer = i };
            if (ChannelPolynomial.Obstacle(symbolic, one) is { } obstacle)
            {
                terminal.Error.WriteLine(obstacle);
                continue;
            }

            var polynomial = ChannelPolynomial.Of(symbolic, one);
            int variables = Variables(polynomial);
            IReadOnlyList<ExpansionDifference> differences;
            try
            {
                differences = ExpansionVerification.Compare(polynomial, expander, variables);
            }
            catch (FormatException unexpanded)
            {
                throw new UnusableInputException($"layer {i}: {expander.Name} did not expand: {unexpanded.Message} Fewer --waves or a lower --order may help.", unexpanded);
            }

            foreach (ExpansionDifference difference in differences.Take(ShownDifferences))
            {
                terminal.Error.WriteLine(
                    $"layer {i}: {ExpressionText.Render(PolynomialExpressions.Of(difference.Monomial, polynomial.Names))} has the coefficient {difference.Printed} in the operator and {difference.Expanded} in the second expansion.");
            }

            agree &= differences.Count == 0;
            rows.Add(Row(polynomial, variables, differences.Count));
        }

        if (rows.Count == 0)
        {
            throw new UnusableInputException("There is nothing to verify: no layer has a polynomial in waves.");
        }

        terminal.Output.WriteLine($"terms of the operator compared with those that {expander.Name} expands from the decoder polynomial of the sum of the waves:");
        terminal.Table(["layer", "decoder", "order", "waves", "terms", "differences"], rows);
        return agree ? ExitCode.Success : ExitCode.Failure;
    }

    private static string[] Row(ChannelPolynomial polynomial, int variables, int differences)
    {
        string all = polynomial.Summands == polynomial.Waves ? $"{polynomial.Waves}" : $"{polynomial.Waves} and d";
        return
        [
            polynomial.Layer.Name.Length == 0 ? $"{polynomial.Index}" : $"{polynomial.Index} {polynomial.Layer.Name}",
            polynomial.Layer.Decoder,
            $"{polynomial.Expansion.Order}",
            variables == polynomial.Summands ? all : $"{variables} of {all}",
            polynomial.Expansion.TermCount(variables).ToString(CultureInfo.InvariantCulture),
            $"{differences}",
        ];
    }

    private int Variables(ChannelPolynomial polynomial)
    {
        int greatest = ExpansionVerification.GreatestVariables(polynomial, expander);
        int asked = Math.Min(waves ?? greatest, polynomial.Summands);
        return asked <= greatest
            ? asked
            : throw new UnusableInputException($"--waves {waves}: at order {polynomial.Expansion.Order} {expander.Name} expands sums of at most {greatest} here; a lower --order allows more.");
    }
}
