using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Operators;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.Import;
using OperatorGen.Tool.Inspection;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Reports;

/// <summary>One run of <c>report</c>.</summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="path">The model file.</param>
internal sealed class ReportRun(Terminal terminal, string path)
{
    private const int GreatestStudiedOrder = 8;

    /// <summary>Makes the report and returns the exit code.</summary>
    /// <param name="data">The data file, of which the test split is used; null: none.</param>
    /// <param name="indices">The sequences whose decisions are shown.</param>
    /// <param name="image">How a sequence is laid out as an image; null: it is none.</param>
    /// <param name="study">A study that has been made already; null: one is made where there are data.</param>
    /// <param name="output">The HTML file.</param>
    /// <param name="json">The JSON file; null: none.</param>
    /// <param name="pictures">The folder for the pictures as files; null: none.</param>
    /// <exception cref="UnusableInputException">A file or an option cannot be used.</exception>
    public int Run(string? data, IReadOnlyList<int> indices, ImageShape? image, string? study, string output, string? json, string? pictures)
    {
        if (data is null && (indices.Count > 0 || image is not null || study is not null))
        {
            throw new UnusableInputException("--index, --image and --study are about sequences of a data file: name one by --data.");
        }

        AtomicFile.RequireFolder(output);
        AtomicFile.RequireFolder(json ?? output);
        if (pictures is not null && !System.IO.Directory.Exists(pictures))
        {
            throw new UnusableInputException($"--pictures {pictures}: there is no such folder; make it first.");
        }

        if (ModelSource.Declaration(terminal, path) is not { } declaration
            || ModelSource.Resolve(terminal, path, declaration) is not { } model
            || Symbolic(declaration, model) is not { } symbolic)
        {
            return ExitCode.Failure;
        }

        ReportSubject subject = new(path, declaration, model, symbolic) { Indices = indices, Image = image };
        if (ModelSymbols.Of(model).Count == 0)
        {
            OperatorDescription operators = OperatorDescriptions.Of(model);
            OperatorExpansion? expansion = Rebound(symbolic.Expansion, operators);
            subject = subject with { Operator = operators with { DeclaredExpansion = _ => expansion }, Expansion = expansion };
            subject = data is { } file ? WithData(subject, SequenceData.Load(file, "test"), study) : subject;
        }
        else if (data is not null)
        {
            ModelCheck.RequireNumbers(path, ModelSymbols.Of(model), "a model needs numbers to be fed with data");
        }

        IReadOnlyList<WrittenSection> sections = ReportSections.Of(terminal, subject);
        AtomicFile.Write(output, ReportPage.Render($"{subject.Name}, {model.Architecture}", sections));
        if (json is not null)
        {
            AtomicFile.Write(json, ReportJson.Render(subject, sections));
        }

        foreach (FigureBlock figure in sections.SelectMany(section => section.Blocks).OfType<FigureBlock>().Where(_ => pictures is not null))
        {
            AtomicFile.Write(System.IO.Path.Combine(pictures!, figure.Name + ".svg"), figure.Picture.Draw(null, figure.Title, figure.Caption));
        }

        foreach (WrittenSection left in sections.Where(section => section.Obstacle is not null))
        {
            terminal.Error.WriteLine($"{left.Title}: left out, {left.Obstacle}.");
        }

        terminal.Output.WriteLine($"{output}: report of {subject.Name}, {CountText.Of(sections.Count(section => section.Obstacle is null), "section")}");
        return ExitCode.Success;
    }

    private SymbolicOperator? Symbolic(ModelDeclaration declaration, SequenceModel model)
    {
        ModelCheck.RequireWeights(path, declaration);
        StageResult<SymbolicOperator> expanded = CompilerStages.Expand(model, declaration.Options, default);
        return FaultText.Report(terminal.Error, path, expanded.Faults) ? null : expanded.Value;
    }

    /// <summary>The polynomials of another description of the same operator.</summary>
    private static OperatorExpansion? Rebound(OperatorExpansion? made, OperatorDescription operators) =>
        made is null ? null : OperatorExpansion.FromTable(operators, made.Kind, made.Order, made.ToTable());

    private ReportSubject WithData(ReportSubject subject, SequenceData data, string? studyPath)
    {
        data.Require(subject.Model);
        data = subject.Model.Embedding is { } embedding ? data.Embedded(embedding) : data;
        foreach (int index in subject.Indices)
        {
            _ = data.Sample(index);
        }

        if (subject.Classifies)
        {
            data.RequireLabelsBelow(subject.Model.OutputWidth);
        }

        if (subject.Image is { } image && (subject.Model.InputWidth != 1 || data.Length != image.Width * image.Height))
        {
            throw new UnusableInputException($"--image {image.Width}x{image.Height}: a sequence of {data.Name} has {CountText.Of(data.Length, "time step")} of {CountText.Of(data.Channels, "number")}; an image is fed pixel by pixel, one number per step.");
        }

        StudyResult? study = studyPath is null ? null : Checked(subject, data, studyPath);
        subject = subject with { Data = data, Scores = TestScores.Of(terminal, subject, data) };
        if (subject.Scores.Infinite is [var first, ..] infinite)
        {
            terminal.Error.WriteLine($"{data.Path}: {CountText.Of(infinite.Count, "sequence")} of {NumberText.Format((long)data.Count)} {(infinite.Count == 1 ? "has" : "have")} outputs that are not finite; the first is sequence {NumberText.Format((long)first)}.");
        }

        double? accuracy = subject.Accuracy;
        if (study is { ExactAccuracy: { } found } && study.Sequences == data.Count && accuracy is { } exact && found != exact)
        {
            throw new UnusableInputException($"{studyPath} is a study of another model of the name {subject.Name}: its accuracy is {ReportNumber.Percent(found)}, this model's {ReportNumber.Percent(exact)}.");
        }

        return subject with { Study = study ?? Study(subject, data) };
    }

    private static StudyResult Checked(ReportSubject subject, SequenceData data, string path)
    {
        StudyResult study = StudyFile.Read(path);
        return study.Model == subject.Name && study.Hash == data.Hash
            ? study
            : throw new UnusableInputException($"{path} is a study of {study.Model} on {study.Data}, sha256 {study.Hash}, not of {subject.Name} on {data.Name}, sha256 {data.Hash}.");
    }

    private StudyResult? Study(ReportSubject subject, SequenceData data)
    {
        if (subject.Operator!.Layers.Any(layer => layer.IsSelective) || subject.Scores!.Infinite.Count > 0)
        {
            return null;
        }

        var model = new StudiedModel(path, subject.Declaration, subject.Model, subject.Operator);
        int[] sequences = StudiedModel.Spread(data.Count, null);
        StudyBounds bounds = StudyBounds.Of(model, data, sequences);
        StudyPlan[] plans = StudyPlan.Of(model, StudyPlan.UsualKinds, [.. Enumerable.Range(1, GreatestStudiedOrder)], model.Options.Centre ?? 0, bounds.Ranges, (_, _) => { });
        return plans.Length == 0
            ? null
            : Studies.Study.Run(terminal, model, plans, data, sequences, bounds, waves: null, "--study FILE takes a study that study --limit N --format json has made");
    }
}
