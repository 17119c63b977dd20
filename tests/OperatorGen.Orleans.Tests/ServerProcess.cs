using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace OperatorGen.Streams.Tests;

/// <summary>A program in a process of its own, that can be killed without warning.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string program, IEnumerable<string> arguments, string folder, string readyLine)
    {
        _process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true } };

        // A process that lives for a second gains nothing from them.
        _process.StartInfo.Environment["DOTNET_TieredPGO"] = "0";
        _process.StartInfo.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        _process.OutputDataReceived += (_, line) => Hear(line.Data, readyLine);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, readyLine);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends when the program says that it is ready, or has ended before.</summary>
    public Task Ready => _ready.Task;

    /// <summary>What it has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the example server.</summary>
    public static ServerProcess Streams(string folder, params IEnumerable<string> arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Streams.dll"), .. arguments], folder, "Application started");

    /// <summary>Starts a Redis server that answers when a write is on the disk.</summary>
    public static ServerProcess Redis(string folder, int port) =>
        new("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", ""], folder, "Ready to accept connections");

    /// <summary>Kills it without warning (SIGKILL).</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Hear(string? line, string readyLine)
    {
        if (line is null)
        {
            _ready.TrySetResult(); // it has ended: whoever waits sees that nothing answers
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.Contains(readyLine, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
        }
    }
}
