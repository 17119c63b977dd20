using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool.Lifts;

/// <summary>What <c>inspect --carleman</c> shows: the recurrence of all products of a channel's states up to an order.</summary>
internal static class CarlemanText
{
    private const int Digits = 5;
    private const int UsualRows = 30;

    /// <summary>Writes the lift of a channel.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="path">The model file.</param>
    /// <param name="model">Its model.</param>
    /// <param name="order">The highest degree.</param>
    /// <param name="view">The layer and the channel, 0 where they are not given, and how many products are listed.</param>
    /// <exception cref="UnusableInputException">There is no such layer or channel, or it has no lift.</exception>
    public static void Write(Terminal terminal, string path, SequenceModel model, int order, OperatorView view)
    {
        int layer = view.Layer ?? 0, channel = view.Channel ?? 0;
        (IReadOnlyList<Wave> waves, bool shared) = Waves(path, model, layer, channel);
        CarlemanLift lift = Lift(waves, order);
        TextWriter output = terminal.Output;
        output.WriteLine($"{Path.GetFileName(path)}, layer {NumberText.Format(layer)}, channel {NumberText.Format(channel)}: Carleman lift up to order {NumberText.Format(order)}");
        output.WriteLine($"{CountText.Of(waves.Count, "wave")}, {CountText.Of(lift.Variables.Count, "state")} with conjugates, {CountText.Of(lift.Monomials.Count, "product")} of them");
        output.WriteLine($"s_n(t) = lambda_n s_n(t-1) + {(shared ? "x_n(t), x_n(t) = sum_i b_(n,i) v_i(t) of all inputs" : "v(t)")}, s_n* is its conjugate. A product of states turns with the product of their eigenvalues;");
        output.WriteLine($"its next value is linear in the products, with powers of the {(shared ? "drives x_n(t)" : "input v(t)")} as coefficients. Conjugates of what is listed are left out.");
        int[] rows = [.. Enumerable.Range(0, lift.Monomials.Count).Where(row => row <= lift.Conjugate(row))];
        int shown = Math.Min(view.Top ?? UsualRows, rows.Length);
        terminal.Table(
            ["product", "eigenvalue", "frequency", "lifetime", "next value"],
            [.. rows.Take(shown).Select(row => Row(lift, row, shared))]);
        if (shown < rows.Length)
        {
            output.WriteLine($"{NumberText.Format(rows.Length - shown)} more with --top");
        }
    }

    private static string[] Row(CarlemanLift lift, int row, bool shared)
    {
        var wave = new Wave(lift.Eigenvalue(row), ComplexNumber.One);
        return
        [
            Product(lift.Monomials[row], variable => lift.Variables[variable].ToString()),
            Number(wave.Eigenvalue),
            Number(wave.Frequency),
            Number(wave.Lifetime),
            string.Join(" + ", lift.Terms(row).Select(term => Term(lift, term, shared))),
        ];
    }

    private static string Term(CarlemanLift lift, LiftTerm term, bool shared)
    {
        string[] factors =
        [
            .. term.Coefficient == ComplexNumber.One ? Array.Empty<string>() : [term.Coefficient.Im == 0 && term.Coefficient.Re >= 0 ? Number(term.Coefficient.Re) : $"({Number(term.Coefficient)})"],
            .. term.InputPower == 0 ? Array.Empty<string>() : [shared ? Product(term.Drives, variable => Drive(lift.Variables[variable])) : Power("v", term.InputPower)],
            .. term.Source < 0 ? Array.Empty<string>() : [Product(lift.Monomials[term.Source], variable => lift.Variables[variable].ToString())],
        ];
        return string.Join(" ", factors);
    }

    private static string Drive(LiftVariable variable) => $"x_{NumberText.Format(variable.Mode)}{(variable.IsConjugate ? "*" : "")}";

    private static string Product(Monomial monomial, Func<int, string> name)
    {
        var factors = new List<string>();
        foreach (Factor factor in monomial)
        {
            factors.Add(Power(name(factor.Variable), factor.Power));
        }

        return string.Join(" ", factors);
    }

    private static string Power(string name, int power) => power == 1 ? name : $"{name}^{NumberText.Format(power)}";

    private static string Number(double value) => NumberText.Format(value + 0.0, Digits); // -0 is 0

    private static string Number(ComplexNumber value) => value.Im == 0
        ? Number(value.Re)
        : $"{Number(value.Re)} {(value.Im < 0 ? "-" : "+")} {Number(Math.Abs(value.Im))}i";

    private static CarlemanLift Lift(IReadOnlyList<Wave> waves, int order)
    {
        try
        {
            return CarlemanLift.Of([.. waves.Select(wave => wave.Eigenvalue)], order);
        }
        catch (ArgumentException e)
        {
            throw new UnusableInputException($"--carleman {NumberText.Format(order)}: {e.Message.Split(" (Parameter")[0]}");
        }
    }

    /// <summary>The waves of a channel whose states are independent oscillators, and whether all inputs drive them.</summary>
    private static (IReadOnlyList<Wave> Waves, bool Shared) Waves(string path, SequenceModel model, int layer, int channel)
    {
        ModelCheck.Require("--layer", layer, model.Layers.Count, "layer");
        ModelCheck.Require("--channel", channel, model.Layers[layer].Cell.OutputWidth, "channel", $"layer {NumberText.Format(layer)} has");
        ModelCheck.RequireNumbers(path, ModelSymbols.Of(model), "a lift is made of numbers");
        string place = $"Layer {NumberText.Format(layer)} of {path}";
        if (OperatorDescriptions.Of(model).Layers[layer].Bank is not { } bank)
        {
            throw new UnusableInputException($"{place} has no constant modes: what its state is multiplied by depends on the input. A lift is of constant modes.");
        }

        ModelCheck.RequireOscillators(path, layer, bank, "a lift steps forward", "a lift is made of eigenvalues");
        return (bank.Waves(channel), bank.IsShared);
    }
}
