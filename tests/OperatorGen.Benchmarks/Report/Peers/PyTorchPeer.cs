using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using OperatorGen.Models;

namespace OperatorGen.Benchmarks.Report.Peers;

/// <summary>PyTorch in a process of its own, which gets commands by line and answers by line: <c>peers/s4d.py</c>.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private static readonly string[] s_pythons = ["/usr/bin/python3", "python3", "python"];

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private PyTorchPeer(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        Version = process.StandardOutput.ReadLine();
    }

    /// <summary>The version, the BLAS and the threads as the process tells them; null where it ended at once.</summary>
    public string? Version { get; }

    /// <summary>Starts the first Python that has torch; null where there is none.</summary>
    /// <param name="threads">How many threads PyTorch may use.</param>
    /// <param name="width">The widest vectors that it and its libraries may use.</param>
    public static PyTorchPeer? Start(int threads, VectorWidth width) => s_pythons.Select(python => Start(python, threads, width)).FirstOrDefault(peer => peer is not null);

    /// <summary>Gives it a model and its input.</summary>
    /// <param name="path">A file to write them to.</param>
    /// <param name="model">The model.</param>
    /// <param name="input">Sequences of equal length, one after another.</param>
    /// <param name="batch">How many.</param>
    public void Load(string path, SequenceModel model, float[] input, int batch)
    {
        PeerTensors.Write(path, model, input, batch);
        Ask("load", path);
    }

    /// <summary>The output of the model in a form.</summary>
    /// <param name="path">A file for the numbers.</param>
    /// <param name="form">The form.</param>
    public float[] Values(string path, string form)
    {
        Ask("values", path, form);
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
    }

    /// <summary>A form of the model, to be timed.</summary>
    public Contender Form(string form) => new("pytorch-" + form, count => double.Parse(Ask("run", count.ToString(CultureInfo.InvariantCulture), form), CultureInfo.InvariantCulture) / 1e3);

    /// <summary>Forms of a model whose values are those of the reference, to be timed.</summary>
    /// <param name="context">Where the process and its files are.</param>
    /// <param name="allCores">Whether it may use all cores.</param>
    /// <param name="model">The model.</param>
    /// <param name="input">Sequences of equal length, one after another.</param>
    /// <param name="batch">How many.</param>
    /// <param name="expected">The reference's output.</param>
    /// <param name="forms">The forms.</param>
    /// <returns>A contender for each form; one null where there is no PyTorch.</returns>
    public static IReadOnlyList<Contender?> Forms(ReportContext context, bool allCores, SequenceModel model, float[] input, int batch, double[] expected, params string[] forms)
    {
        if (context.PyTorch(allCores) is not { } peer)
        {
            return [null];
        }

        peer.Load(Path.Combine(context.Folder, "model.safetensors"), model, input, batch);
        foreach (string form in forms)
        {
            Agreement.Demand("PyTorch's form " + form, Agreement.Error(peer.Values(Path.Combine(context.Folder, "values"), form), expected));
        }

        return [.. forms.Select(peer.Form)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static PyTorchPeer? Start(string python, int threads, VectorWidth width)
    {
        string count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peers", "s4d.py"), count])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = count;
        foreach ((string variable, string value) in Held(width))
        {
            start.Environment[variable] = value;
        }

        try
        {
            var peer = new PyTorchPeer(Process.Start(start)!);
            if (peer.Version is not null)
            {
                return peer;
            }

            peer.Dispose();
            return null;
        }
        catch (Win32Exception)
        {
            return null; // There is no such program.
        }
    }

    /// <summary>The environment variables that hold PyTorch's own code, OpenBLAS and oneDNN to a width. 512 bits are what they choose by themselves where the machine has them.</summary>
    private static (string Variable, string Value)[] Held(VectorWidth width) => width switch
    {
        VectorWidth.Bits128 => [("ATEN_CPU_CAPABILITY", "default"), ("OPENBLAS_CORETYPE", "Nehalem"), ("ONEDNN_MAX_CPU_ISA", "SSE41")],
        VectorWidth.Bits256 => [("ATEN_CPU_CAPABILITY", "avx2"), ("OPENBLAS_CORETYPE", "Haswell"), ("ONEDNN_MAX_CPU_ISA", "AVX2")],
        VectorWidth.Bits512 => [],
        _ => throw new ArgumentOutOfRangeException(nameof(width), width, "A width in bits is expected."),
    };

    private string Ask(params string[] words)
    {
        _process.StandardInput.WriteLine(string.Join('\t', words));
        _process.StandardInput.Flush();
        if (_process.StandardOutput.ReadLine() is { } answer)
        {
            return answer;
        }

        _process.WaitForExit();
        lock (_errors)
        {
            throw new InvalidOperationException($"PyTorch's process ended at the command '{string.Join(' ', words)}':\n{_errors}");
        }
    }
}
