using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using Xunit;

namespace OperatorGen.Models.Tests;

/// <summary>The cases of <c>shared/reference/vectors</c>, where that folder lies beside the repository.</summary>
public static class ReferenceCases
{
    public static TheoryData<string> Names(params string[] prefixes)
    {
        var names = new TheoryData<string>();
        string? folder = Folder();
        foreach (string prefix in prefixes)
        {
            string[] found = folder is null ? [] : [.. Directory.GetDirectories(folder, prefix + "*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
            foreach (string name in found.DefaultIfEmpty(prefix))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>The declaration that an import of the case's weights gives, from <c>f64</c> or <c>f32</c>.</summary>
    public static StageResult<ModelDeclaration> Import(string name, string precision)
    {
        string? folder = Folder();
        Skip.If(folder is null || !Directory.Exists(Path.Combine(folder, name)), "shared/reference/vectors is not there.");
        using JsonDocument description = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder!, name, "case.json")));
        string architecture = description.RootElement.GetProperty("arch").GetString()!;
        EquatableArray<HyperParameter> hyper = CheckpointImport.ReadHyper(description.RootElement.GetProperty("hyper").GetRawText(), default).Hyper;
        (string Name, EquatableArray<int>, double[])[] tensors = [.. Tensors(Path.Combine(folder!, name, precision + ".safetensors"))];
        bool isOperator = !tensors.Any(tensor => tensor.Name.StartsWith("w.", StringComparison.Ordinal));
        IEnumerable<(string Name, EquatableArray<int>, double[])> weights = isOperator
            ? tensors.Where(tensor => IsWeight(tensor.Name, architecture, hyper)).Select(tensor => tensor with { Name = tensor.Name["in.".Length..] })
            : tensors;
        return CheckpointImport.ToDeclaration(weights, architecture, hyper, isOperator ? "" : "w.", EquatableArray<SourceEntry>.Empty, default);
    }

    /// <summary>Whether an operator's input is a tensor of the model, since it has no axis of time.</summary>
    private static bool IsWeight(string key, string architecture, EquatableArray<HyperParameter> hyper) => (architecture, key) switch
    {
        ("mamba1-selective-scan", "in.A" or "in.D" or "in.delta_bias") or ("rwkv6", "in.u") => true,
        ("mamba1-selective-scan", "in.B" or "in.C") => hyper.Contains(new HyperParameter("var" + key[3..], "false", HyperKind.Boolean, null)),
        _ => false,
    };

    private static string? Folder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shared", "reference", "vectors");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, EquatableArray<int>, double[])> Tensors(string path) =>
        SafetensorsFile.Parse(File.ReadAllBytes(path)).Tensors.Select(tensor => (tensor.Name, tensor.Shape.ToEquatableArray(), tensor.ToDoubles()));
}
