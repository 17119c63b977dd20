using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Orleans.TestingHost;
using TokenSelections;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>A disk that is full, for real: a small file system of its own, where this machine lets the test make one.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly Attention20 s_model = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("disk").FullName;
    private readonly bool _isMounted;

    public FullDiskTests() => _isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "none", _folder);

    public void Dispose()
    {
        if (_isMounted)
        {
            // Lazily: the lock of the folder's owner is open until the process ends.
            Run("umount", "-l", _folder);
        }

        Directory.Delete(_folder, recursive: true);
    }

    [SkippableFact]
    public async Task Nothing_is_acknowledged_and_the_stream_goes_on_when_there_is_room_again()
    {
        Skip.IfNot(_isMounted, "A small file system cannot be made here.");
        double[] samples = Samples.Of(s_model, 60, seed: 1), expected = new double[60 * 2];
        s_model.Forward(samples, expected);
        await using InProcessTestCluster cluster = await Clusters.Start(silo => silo.AddModelStreams<double>(models => models.Add("m", s_model)), _folder);
        IStreamGrain<double> stream = Clusters.Stream(cluster, "m/a");
        Assert.Equal(expected[..20], await stream.Push(0, Samples.Batch(s_model, samples, 0, 10)));

        string filler = Path.Combine(_folder, "filler");
        Fill(filler);
        for (int i = 0; i < 3; i++)
        {
            StreamStoreException fault = await Assert.ThrowsAsync<StreamStoreException>(() => stream.Push(10, Samples.Batch(s_model, samples, 10, 10)));
            Assert.Contains("Nothing is acknowledged: send the samples again.", fault.Message, StringComparison.Ordinal);
            Assert.Equal(10, await stream.Position());
        }

        // What was acknowledged before is answered, and a new stream is refused as well.
        Assert.Equal(expected[..20], await stream.Push(0, Samples.Batch(s_model, samples, 0, 10)));
        await Assert.ThrowsAsync<StreamStoreException>(() => Clusters.Stream(cluster, "m/b").Push(0, Samples.Batch(s_model, samples, 0, 10)));
        Assert.Empty(Directory.GetFiles(_folder, "*.spare", SearchOption.AllDirectories));

        File.Delete(filler);
        Assert.Equal(expected[20..], await stream.Push(10, Samples.Batch(s_model, samples, 10, 50)));
        Assert.Equal(expected, await Clusters.Stream(cluster, "m/b").Push(0, samples));
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        for (int block = 4096; block > 0; block /= 2)
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[block]);
                }
            }
            catch (IOException)
            {
                // Less than a block is left.
            }
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
