using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using OperatorGen.Analysis;
using Spectre.Console;

namespace OperatorGen.Tool;

/// <summary>Where the tool writes: results to one writer, faults to another. Escape codes only where a person sees them.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Faults and remarks.</param>
/// <param name="tables">Draws tables for a person; null: aligned text.</param>
/// <param name="progress">Draws progress for a person while results appear elsewhere; null: none.</param>
/// <param name="bar">Draws the progress of work whose results come at its end; null: none.</param>
/// <param name="cancellation">Ends work that goes in steps, between two of them.</param>
public sealed class Terminal(TextWriter output, TextWriter error, IAnsiConsole? tables = null, IAnsiConsole? progress = null, IAnsiConsole? bar = null, CancellationToken cancellation = default) : ITextPage
{
    /// <summary>Results. Control characters of files are escaped.</summary>
    public TextWriter Output { get; } = new VisibleWriter(output);

    /// <summary>Faults and remarks. Control characters of files are escaped.</summary>
    public TextWriter Error { get; } = new VisibleWriter(error);

    /// <summary>True while work goes on that the cancellation ends.</summary>
    public bool IsWorking { get; private set; }

    /// <summary>This process's: tables are drawn where the output is a terminal, progress where results go elsewhere and the errors to a terminal.</summary>
    /// <param name="cancellation">Ends work that goes in steps.</param>
    public static Terminal OfProcess(CancellationToken cancellation) => new(
        Console.Out,
        Console.Error,
        Console.IsOutputRedirected ? null : AnsiConsole.Console,
        Console.IsOutputRedirected ? OfErrors() : null,
        OfErrors(),
        cancellation);

    // A person's terminal may be narrower than other places.
    private int Columns => tables is null ? PlainText.Width : Math.Min(PlainText.Width, tables.Profile.Width);

    /// <summary>Writes a line; one that is longer than 120 columns, or than the terminal is wide, is broken at blanks.</summary>
    /// <param name="text">The text; empty for an empty line.</param>
    public void Line(string text) => WriteLines(PlainText.Wrap(text, 0, Columns).DefaultIfEmpty(""));

    /// <summary>Writes a table: with lines where a person sees it and there is room for it, else as aligned text, whose last column is broken at blanks.</summary>
    /// <param name="headings">The columns' headings.</param>
    /// <param name="rows">One text per column each.</param>
    public void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(VisibleText.Of).ToArray())];
        if (tables is null || DrawnWidth(headings, cells) > Columns)
        {
            WriteLines(PlainText.Table(headings, cells, Columns));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading)));
        }

        foreach (string[] row in cells)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        tables.Write(table);
    }

    /// <summary>Goes through items; a person sees how far it is.</summary>
    /// <typeparam name="T">The item's type.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="name">What an item is called.</param>
    /// <param name="work">What is done with each.</param>
    public void ForEach<T>(IReadOnlyList<T> items, Func<T, string> name, Action<T> work)
    {
        ArgumentNullException.ThrowIfNull(items);
        Cancellable(() =>
        {
            if (progress is null)
            {
                Go(null);
            }
            else
            {
                progress.Progress().AutoClear(true).Start(context => Go(context.AddTask("check", maxValue: items.Count)));
            }
        });

        void Go(ProgressTask? task)
        {
            foreach (T item in items)
            {
                cancellation.ThrowIfCancellationRequested();
                task?.Description = Markup.Escape(VisibleText.Of(name(item)));
                work(item);
                task?.Increment(1);
            }
        }
    }

    /// <summary>Runs work that reports each of its steps, from any thread; a person sees how far it is and how long it will take.</summary>
    /// <param name="name">What the work is called.</param>
    /// <param name="steps">The number of its steps.</param>
    /// <param name="work">The work; it calls its argument after each step.</param>
    public void Track(string name, int steps, Action<Action> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (bar is null)
        {
            Cancellable(() => work(cancellation.ThrowIfCancellationRequested));
            return;
        }

        Cancellable(() => bar.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(name), maxValue: steps);
                work(() =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    task.Increment(1);
                });
            }));
    }

    private void Cancellable(Action work)
    {
        IsWorking = true;
        try
        {
            work();
        }
        finally
        {
            IsWorking = false;
        }
    }

    private static IAnsiConsole? OfErrors() =>
        Console.IsErrorRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>The columns of a table with lines: a line and a blank before and a blank after every cell, and a line at the end.</summary>
    private static int DrawnWidth(IReadOnlyList<string> headings, string[][] rows) =>
        1 + headings.Select((heading, i) => 3 + rows.Select(row => row[i].Length).Append(heading.Length).Max()).Sum();

    private void WriteLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Output.WriteLine(line);
        }
    }
}
