using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Threading;
using System.Threading.Tasks;
using OperatorGen.Benchmarks.Report.Limits;
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

    /// <summary>Times reading and stepping in turn: by one thread and by two, at each width.</summary>
    private static void Measure(ILanguageModel<float> model, string packed)
    {
        using MappedSafetensors file = MappedSafetensors.Open(packed);
        using var two = new ComputeThreads(2);
        VectorWidth[] widths = Vector512.IsHardwareAccelerated ? [VectorWidth.Bits512, VectorWidth.Bits256] : [VectorWidth.Bits256];
        SequenceState<float> state = model.CreateState();
        var logits = new float[Rows];
        var seconds = new Dictionary<string, List<double>>();
        float sum = 0;
        for (int i = -2; i < Repeats; i++)
        {
            void Time(string what, Action work)
            {
                double taken = Seconds(work);
                if (i >= 0)
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(seconds, what, out _) ??= []).Add(taken);
                }
            }

            Time("read 1", () => sum += MappedSum.Of(file));
            Time("read 2", () => Parallel.For(0, 2, part => MappedSum.Of(file, part, 2)));
            foreach (VectorWidth width in widths)
            {
                foreach (int threads in (int[])[1, 2])
                {
                    state.Threads = threads == 1 ? null : two;
                    Time(Name(width, threads), () => model.Step(17 + i, logits, state, width));
                }
            }
        }

        double bytes = new FileInfo(packed).Length;
        Console.WriteLine("bits | threads | one token | tokens per second | summing the weights | share of the limit");
        foreach (VectorWidth width in widths)
        {
            foreach (int threads in (int[])[1, 2])
            {
                double median = Median(seconds[Name(width, threads)]), limit = Median(seconds[$"read {threads}"]);
                Console.WriteLine($"{width} | {threads} | {median * 1e3:F1} ms | {1 / median:F1} | {limit * 1e3:F1} ms ({bytes / limit / 1e9:F1} GB/s) | {limit / median:P0}");
            }
        }

        Console.WriteLine($"(sum {sum})");
        foreach (VectorWidth width in widths)
        {
            const long Some = 5_000_000_000;
            double peak = Some / Seconds(() => sum += Peak.Run(Some, width)) / 1e9;
            foreach (int threads in (int[])[1, 2])
            {
                state.Threads = threads == 1 ? null : two;
                double prefill = Median([.. Enumerable.Range(0, 3).Select(_ =>
                {
                    state.Reset();
                    return Seconds(() => model.Prefill([.. Enumerable.Range(0, Prompt).Select(i => i * 31 % Vocabulary)], logits, state, width));
                })]);
                long flops = Layers * ((2L * Width * 2 * Inner) + (2L * Inner * (Rank + (2 * States))) + (2L * Rank * Inner) + (2L * Inner * Width)) * Prompt;
                Console.WriteLine($"prompt of {Prompt} tokens, {width}, {threads} thread(s): {prefill * 1e3:F0} ms, {flops / prefill / 1e9:F1} GFLOP/s of the linear maps; multiply-adds alone on one thread: {peak:F1} GFLOP/s");
            }
        }

        static string Name(VectorWidth width, int threads) => $"{width} {threads}";
    }

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

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
