using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;
using OperatorGen.Compiler;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Packing;
using OperatorGen.Safetensors;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Evaluation;

namespace OperatorGen.Benchmarks;

/// <summary>
/// A language model of the shape of Mamba-130M (24 layers, d_model 768, state 16, vocabulary 50,280) with random weights in a file: packing, loading with and without a packed file, one token at a
/// time beside the time to sum the same mapped weights, and a prompt of 512 tokens. The two are timed in turn in one run, so that what else the machine does hits both.
/// </summary>
internal static class DecodingMeasurement
{
    private const int Layers = 24, Width = 768, Inner = 1536, States = 16, Rank = 48, Taps = 4, Rows = 50280, Vocabulary = 50277, Prompt = 512, Repeats = 15;

    /// <summary>Measures, and writes a table.</summary>
    /// <param name="format">The format of the checkpoint: BF16 or F32.</param>
    public static void Run(SafetensorsDType format)
    {
        string folder = Directory.CreateTempSubdirectory("operatorgen-decode").FullName;
        try
        {
            string path = Path.Combine(folder, "model.safetensors"), packed = Path.Combine(folder, "packed.safetensors");
            WriteCheckpoint(path, format);
            ModelDeclaration shapes = Pack(path, packed);
            Console.WriteLine($"{format}: packed file {new FileInfo(packed).Length / 1e6:F0} MB");
            ILanguageModel<float> model = GeneratedModel.LoadPackedLanguage<float>(shapes, packed, out TimeSpan load);
            Console.WriteLine($"Load of the mapped file: {load.TotalMilliseconds:F1} ms, the JIT's first time included");
            LoadDirectly(model.GetType(), path);
            Measure(model, packed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Packing and loading in one, without a packed file: the time, and how far the memory of the process grows, looked at every 10 ms.</summary>
    private static void LoadDirectly(Type type, string path)
    {
        MethodInfo load = typeof(CheckpointFile).GetMethod(nameof(CheckpointFile.Load))!.MakeGenericMethod(type);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long before = Environment.WorkingSet, most = before;
        using var ended = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            while (!ended.Wait(10))
            {
                most = Math.Max(most, Environment.WorkingSet);
            }
        });
        watch.Start();
        double seconds = Seconds(() => ((IDisposable)load.Invoke(null, [path, null, CancellationToken.None])!).Dispose());
        ended.Set();
        watch.Join();
        Console.WriteLine($"CheckpointFile.Load of the checkpoint: {seconds:F1} s, {(most - before) / 1e6:F0} MB more memory at most, the mapped checkpoint of {new FileInfo(path).Length / 1e6:F0} MB included");
    }

    private static void Measure(ILanguageModel<float> model, string packed)
    {
        using MappedSafetensors file = MappedSafetensors.Open(packed);
        SequenceState<float> state = model.CreateState();
        var logits = new float[Rows];
        var step = new double[Repeats];
        var read = new double[Repeats];
        float sum = 0;
        for (int i = -2; i < Repeats; i++)
        {
            double reading = Seconds(() => sum += Sum(file));
            double stepping = Seconds(() => model.Step(17 + i, logits, state));
            if (i >= 0)
            {
                (read[i], step[i]) = (reading, stepping);
            }
        }

        double median = Median(step), limit = Median(read);
        Console.WriteLine($"one token, one thread: {median * 1e3:F1} ms, {1 / median:F1} tokens per second; summing the weights: {limit * 1e3:F1} ms ({new FileInfo(packed).Length / limit / 1e9:F1} GB/s); share of the limit {limit / median:P0} (sum {sum})");
        int[] tokens = [.. Enumerable.Range(0, Prompt).Select(i => i * 31 % Vocabulary)];
        double[] prefill = [.. Enumerable.Range(0, 3).Select(_ =>
        {
            state.Reset();
            return Seconds(() => model.Prefill(tokens, logits, state));
        })];
        long flops = Layers * ((2L * Width * 2 * Inner) + (2L * Inner * (Rank + (2 * States))) + (2L * Rank * Inner) + (2L * Inner * Width)) * Prompt;
        Console.WriteLine($"prompt of {Prompt} tokens, one thread: {Median(prefill) * 1e3:F0} ms, {flops / Median(prefill) / 1e9:F1} GFLOP/s of the linear maps");
    }

    private static float Sum(MappedSafetensors file)
    {
        using MappedLease lease = file.Acquire();
        Vector<int> a = default, b = default, c = default, d = default;
        for (long begin = 0; begin < lease.Length; begin += 1 << 24)
        {
            ReadOnlySpan<Vector<int>> part = MemoryMarshal.Cast<byte, Vector<int>>(lease.Slice(begin, (int)Math.Min(1 << 24, lease.Length - begin)));
            for (int i = 0; i + 4 <= part.Length; i += 4)
            {
                a += part[i];
                b += part[i + 1];
                c += part[i + 2];
                d += part[i + 3];
            }
        }

        return Vector.Sum(a + b + c + d);
    }

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static ModelDeclaration Pack(string path, string packed)
    {
        using var checkpoint = CheckpointSource.Open(path);
        EquatableArray<HyperParameter> hyper = new[] { "vocab_size=" + NumberText.Format((long)Vocabulary), "tie_embeddings=true", "norm_epsilon=1e-05" }.Select(text => CheckpointImport.ParseHyper(text)!).ToEquatableArray();
        ModelDeclaration shapes = ArchitectureCatalog.Current(new ModelDeclaration("mamba1-lm", hyper, checkpoint.Shapes("").ToEquatableArray()));
        StageResult<PackedWeights> weights = CheckpointPacking.Pack(checkpoint, shapes);
        using FileStream stream = File.Create(packed);
        PackedFile.Write(weights.Value ?? throw new InvalidOperationException(string.Join(" ", weights.Faults.Select(fault => fault.Message))), stream);
        return shapes;
    }

    private static void WriteCheckpoint(string path, SafetensorsDType format)
    {
        var random = new Random(1);
        var tensors = new List<(string Name, SafetensorsDType DType, IReadOnlyList<int> Shape)> { ("backbone.embedding.weight", format, [Rows, Width]), ("backbone.norm_f.weight", format, [Width]) };
        for (int i = 0; i < Layers; i++)
        {
            string prefix = FormattableString.Invariant($"backbone.layers.{i}.");
            tensors.AddRange(new (string, SafetensorsDType, IReadOnlyList<int>)[]
            {
                (prefix + "norm.weight", format, [Width]), (prefix + "mixer.in_proj.weight", format, [2 * Inner, Width]), (prefix + "mixer.conv1d.weight", format, [Inner, 1, Taps]),
                (prefix + "mixer.conv1d.bias", format, [Inner]), (prefix + "mixer.x_proj.weight", format, [Rank + (2 * States), Inner]), (prefix + "mixer.dt_proj.weight", format, [Inner, Rank]),
                (prefix + "mixer.dt_proj.bias", format, [Inner]), (prefix + "mixer.A_log", SafetensorsDType.F32, [Inner, States]), (prefix + "mixer.D", SafetensorsDType.F32, [Inner]),
                (prefix + "mixer.out_proj.weight", format, [Width, Inner]),
            });
        }

        var types = tensors.ToDictionary(tensor => tensor.Name, tensor => (tensor.DType, Count: tensor.Shape.Aggregate(1L, (product, size) => product * size)));
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(
            stream,
            tensors,
            (name, elements) =>
            {
                (SafetensorsDType type, long count) = types[name];
                var values = new float[count];
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)((random.NextDouble() - 0.5) * 0.05);
                }

                elements.Write(type == SafetensorsDType.F32 ? MemoryMarshal.AsBytes(values.AsSpan()) : MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)).AsSpan()));
            });
    }
}
