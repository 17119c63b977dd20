using System;
using System.Globalization;
using System.IO;
using System.Threading;
using OperatorGen.Tool.Commands;
using OperatorGen.Tool.Studies;
using Spectre.Console;
using Xunit;

namespace OperatorGen.Tool.Tests;

public sealed class CancellationTests : IDisposable
{
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_cancelled_study_ends_between_two_sequences_and_writes_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        using var error = new CancellingWriter(cancellation);
        string output = _folder.File("study.csv");
        string[] study = ["study", StudyFiles.Classifier(_folder), "--data", StudyFiles.Data(_folder), "--format", "csv", "--out", output];

        // The remark that measure is left out is the last thing before the sequences.
        int exitCode = ToolCommands.Run(study, new Terminal(TextWriter.Null, error, cancellation: cancellation.Token));
        Assert.Equal(ExitCode.Cancelled, exitCode);
        Assert.EndsWith("Cancelled; nothing was written." + Environment.NewLine, error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public void Cancelled_progress_shows_the_cursor_again()
    {
        using var cancellation = new CancellationTokenSource();
        using var drawn = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(drawn) });
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, bar: console, cancellation: cancellation.Token);
        int steps = 0;
        Assert.Throws<OperationCanceledException>(() => terminal.Track("work", 10, advance =>
        {
            while (true)
            {
                Assert.True(terminal.IsWorking);
                steps++;
                if (steps == 3)
                {
                    cancellation.Cancel();
                }

                advance();
            }
        }));
        Assert.Equal((3, false), (steps, terminal.IsWorking));
        Assert.Contains(HideCursor, drawn.ToString(), StringComparison.Ordinal);
        Assert.True(drawn.ToString().LastIndexOf(ShowCursor, StringComparison.Ordinal) > drawn.ToString().LastIndexOf(HideCursor, StringComparison.Ordinal));
    }

    [Fact]
    public void As_many_parts_run_at_a_time_as_there_are_cores()
    {
        int running = 0;
        int greatest = 0;

        // Parts that take long make a thread pool add threads, one or two a second.
        Fold.InParallel(8 * Environment.ProcessorCount, _ =>
        {
            int now = Interlocked.Increment(ref running);
            int seen = Volatile.Read(ref greatest);
            while (now > seen && Interlocked.CompareExchange(ref greatest, now, seen) is var other && other != seen)
            {
                seen = other;
            }

            Thread.Sleep(300);
            Interlocked.Decrement(ref running);
        });
        Assert.InRange(greatest, 1, Environment.ProcessorCount);
    }

    /// <summary>Cancels as soon as something is written.</summary>
    private sealed class CancellingWriter(CancellationTokenSource cancellation) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine()
        {
            base.WriteLine();
            cancellation.Cancel();
        }
    }
}
