using System;
using System.IO;
using System.Linq;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Emission;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;

namespace OperatorGen.Tool.Inspection;

/// <summary>Takes one model file through the stages and shows one of them. Faults go to the error writer, with their places.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="path">The model file.</param>
/// <param name="order">The order of the decoder's expansion; null: as the model file says.</param>
internal sealed class ModelInspection(Terminal terminal, string path, int? order)
{
    private readonly ModelOptions _options = new(order);

    /// <summary>Shows a stage and returns the exit code.</summary>
    /// <param name="stage">declaration, model, operator, plan or code.</param>
    /// <param name="format">One of <see cref="OperatorFormats.All"/>.</param>
    /// <param name="view">Which part of the operator.</param>
    /// <param name="simplifier">What simplifies the decoder polynomials below the operator's text; null: nothing does.</param>
    /// <exception cref="UnusableInputException">The file cannot be read, or an option does not fit the stage or the model.</exception>
    public int Show(string stage, string format, OperatorView view, ISymbolicBackend? simplifier = null)
    {
        if (format != "text" && stage != "operator")
        {
            throw new UnusableInputException($"--format {format} is possible with --stage operator only; the stage {stage} is shown as text.");
        }

        if (simplifier is not null && (stage != "operator" || format != "text"))
        {
            throw new UnusableInputException("--simplify is possible with --stage operator and --format text only.");
        }

        if (Declaration() is not { } declaration)
        {
            return ExitCode.Failure;
        }

        if (stage == "declaration")
        {
            DeclarationText.Write(terminal, declaration);
            return ExitCode.Success;
        }

        if (stage == "code")
        {
            return ShowCode(declaration) ? ExitCode.Success : ExitCode.Failure;
        }

        return ModelSource.Resolve(terminal, path, declaration) is { } model && Show(stage, format, view, simplifier, declaration, model)
            ? ExitCode.Success
            : ExitCode.Failure;
    }

    /// <summary>The operator; null where the model has an error, which is reported.</summary>
    /// <param name="view">Which part of it will be shown.</param>
    /// <exception cref="UnusableInputException">The file cannot be read, its weights are external, or the model has no such layer or channel.</exception>
    public SymbolicOperator? Operator(OperatorView view)
    {
        if (Declaration() is not { } declaration)
        {
            return null;
        }

        ModelCheck.RequireWeights(path, declaration);
        return ModelSource.Resolve(terminal, path, declaration) is { } model ? Operator(view, declaration, model) : null;
    }

    private SymbolicOperator? Operator(OperatorView view, ModelDeclaration declaration, SequenceModel model)
    {
        SymbolicOperator? symbolic = Report(CompilerStages.Expand(model, _options.Or(declaration.Options), default));
        if (symbolic is not null)
        {
            Check(view, symbolic);
        }

        return symbolic;
    }

    private ModelDeclaration? Declaration() => ModelSource.Declaration(terminal, path);

    private bool Show(string stage, string format, OperatorView view, ISymbolicBackend? simplifier, ModelDeclaration declaration, SequenceModel model)
    {
        switch (stage)
        {
            case "model":
                ModelText.Write(terminal, model);
                return true;
            case "operator" when declaration.IsExternal && (format != "text" || simplifier is not null):
                throw new UnusableInputException($"{path} has shapes only: its operator is shown as text, without --format and --simplify.");
            case "operator" when declaration.IsExternal:
                ModelText.Write(terminal, model);
                return ShowPlans(declaration, model);
            case "operator":
                return ShowOperator(format, view, simplifier, declaration, model);
            case "plan":
                return ShowPlans(declaration, model);
            default:
                throw new ArgumentOutOfRangeException(nameof(stage), stage, "There is no such stage.");
        }
    }

    private bool ShowOperator(string format, OperatorView view, ISymbolicBackend? simplifier, ModelDeclaration declaration, SequenceModel model)
    {
        if (Operator(view, declaration, model) is not { } symbolic)
        {
            return false;
        }

        terminal.Output.Write(OperatorFormats.Render(symbolic, model, view, format));
        if (format == "text")
        {
            RoundingText.Write(terminal.Output, model, symbolic.Options);
        }

        if (simplifier is not null)
        {
            SimplifiedText.Write(terminal.Output, symbolic, view, simplifier);
        }

        return true;
    }

    private bool ShowPlans(ModelDeclaration declaration, SequenceModel model)
    {
        if (Report(CompilerStages.Plan(model, declaration.Options.Precision ?? Precision.Single, default)) is not { } plans)
        {
            return false;
        }

        PlanText.Write(terminal, plans);
        return true;
    }

    private bool ShowCode(ModelDeclaration declaration)
    {
        var target = new TypeTarget(null, EquatableArray<ContainingType>.Empty, "class", TypeName());
        if (Report(CompilerStages.Compile(declaration, target, _options)) is not { } file)
        {
            return false;
        }

        terminal.Output.Write(file.Text);
        return true;
    }

    private static void Check(OperatorView view, SymbolicOperator symbolic)
    {
        ModelCheck.Require("--layer", view.Layer, symbolic.Layers.Count, "layer");
        foreach (LayerOperator shown in symbolic.Layers.Where((_, i) => view.Layer is null || view.Layer == i))
        {
            ModelCheck.Require("--channel", view.Channel, shown.Cell.Channels, "channel", shown.Name.Length == 0 ? "the layer has" : $"layer {shown.Name} has");
        }
    }

    /// <summary>The class that the shown code belongs to: the file's name as an identifier.</summary>
    private string TypeName()
    {
        string stem = Path.GetFileName(path).Split('.')[0];
        string name = string.Concat(stem.Split('-', '_', ' ').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        name = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c)));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) || TypeTarget.ReservedNames.Contains(name) ? "Model" + name : name;
    }

    private T? Report<T>(StageResult<T> result)
        where T : class =>
        FaultText.Report(terminal.Error, path, result.Faults) ? null : result.Value;
}
