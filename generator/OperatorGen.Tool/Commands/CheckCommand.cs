using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Tool.Conformance;

namespace OperatorGen.Tool.Commands;

/// <summary><c>check CASE_DIR...</c>: a model's outputs beside those of upstream's code.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var folders = new Argument<string[]>("CASE_DIR")
        {
            Description = "Case folders (case.json, f64.safetensors, f32.safetensors), or folders that hold such folders.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> engine = new("--engine") { Description = "What computes: reference or generated. Both where it is not given." };
        engine.AcceptWords("reference", "generated");
        Option<string?> precision = new("--precision") { Description = "f64 or f32. All that a case has where it is not given." };
        precision.AcceptWords("f64", "f32");
        Option<string?> bits = new("--bits") { Description = "128, 256 or 512: the vector width of generated code. The widest that the processor runs well where it is not given." };
        bits.AcceptWords("128", "256", "512");
        Option<bool> external = new("--external") { Description = "Compares code whose weights are read from a packed file with code that has them in it: they must agree to the bit." };
        var command = new Command("check", "Compares every out.* tensor of conformance cases with what the model computes.") { folders, engine, precision, bits, external };
        command.SetAction(result => new CheckRun(
            terminal,
            result.GetValue(engine) switch { null => [EngineKind.Reference, EngineKind.Generated], "reference" => [EngineKind.Reference], _ => [EngineKind.Generated] },
            result.GetValue(precision) switch { null => null, "f64" => Precision.Double, _ => Precision.Single },
            result.GetValue(bits) switch { null => VectorWidth.Widest, "128" => VectorWidth.Bits128, "256" => VectorWidth.Bits256, _ => VectorWidth.Bits512 })
        { IsExternal = result.GetValue(external) }.Run(result.GetValue(folders)!));
        return command;
    }
}

/// <summary>One run of <c>check</c>.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="engines">The engines.</param>
/// <param name="precision">The precision; null: all that a case has.</param>
/// <param name="width">The vector width of generated code.</param>
internal sealed class CheckRun(Terminal terminal, IReadOnlyList<EngineKind> engines, Precision? precision, VectorWidth width)
{
    /// <summary>Whether external weights are compared with baked ones, and not outputs with upstream's.</summary>
    public bool IsExternal { get; init; }

    private int _passed;
    private int _failed;
    private int _unsupported;
    private bool _unusable;

    /// <summary>Checks the cases and returns the exit code.</summary>
    public int Run(IReadOnlyList<string> folders)
    {
        var cases = new List<string>();
        foreach (string folder in folders)
        {
            Guard(() => cases.AddRange(CaseFolders.Expand(folder)));
        }

        terminal.ForEach(cases, CaseDescription.NameOf, folder => Guard(() => Check(folder)));
        terminal.Output.WriteLine($"{_passed} passed, {_failed} failed");
        terminal.Output.WriteLine($"{_unsupported} unsupported");
        return _failed > 0 ? ExitCode.Failure : _unusable || _passed == 0 ? ExitCode.Unusable : ExitCode.Success;
    }

    private void Check(string folder)
    {
        CaseDescription description = CaseDescription.Load(folder);
        if (!description.IsSupported)
        {
            Unsupported(description, $"architecture {description.Architecture}");
            return;
        }

        Precision[] precisions = precision is { } one ? [one] : [.. new[] { Precision.Double, Precision.Single }.Where(description.Has)];
        if (precisions.Length == 0)
        {
            throw new UnusableInputException($"{folder} has neither f64.safetensors nor f32.safetensors.");
        }

        ConformanceCase[] cases = [.. precisions.Select(each => ConformanceCase.Load(description, each))];
        if (cases[0].UnsupportedValue is { } value)
        {
            Unsupported(description, value.TrimEnd('.'));
            return;
        }

        foreach (ConformanceCase conformance in cases)
        {
            if (IsExternal)
            {
                CheckExternal(conformance);
                continue;
            }

            foreach (EngineKind engine in engines)
            {
                Report(ConformanceCheck.Run(conformance, engine, width));
            }
        }
    }

    private void CheckExternal(ConformanceCase conformance)
    {
        string name = $"{conformance.Name} external {CaseDescription.PrecisionName(conformance.Precision)}";
        (long compared, long different, string? refusal) = ExternalCheck.Run(conformance, width);
        if (refusal is not null)
        {
            _unsupported++;
            terminal.Output.WriteLine($"{name} REFUSED ({refusal.TrimEnd('.')})");
            return;
        }

        bool passed = compared > 0 && different == 0;
        terminal.Output.WriteLine($"{name} {compared} numbers, {different} different {(passed ? "PASS" : "FAIL")}");
        _passed += passed ? 1 : 0;
        _failed += passed ? 0 : 1;
    }

    private void Unsupported(CaseDescription description, string what)
    {
        _unsupported++;
        terminal.Output.WriteLine($"{description.Name} UNSUPPORTED ({what})");
    }

    private void Report(IReadOnlyList<TensorResult> results)
    {
        foreach (TensorResult result in results)
        {
            terminal.Output.WriteLine(result.Line);
            _passed += result.Passed ? 1 : 0;
            _failed += result.Passed ? 0 : 1;
        }

        foreach (IGrouping<string, TensorResult> group in results.Where(result => result.Reason is not null).GroupBy(result => result.Reason!))
        {
            TensorResult first = group.First();
            terminal.Error.WriteLine($"{first.Case} {first.Engine.Text()} {first.Precision} {string.Join(", ", group.Select(result => result.Tensor))}: {group.Key}");
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (failure is UnusableInputException or System.IO.IOException or UnauthorizedAccessException)
        {
            _unusable = true;
            terminal.Error.WriteLine(failure.Message);
        }
    }
}
