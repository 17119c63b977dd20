using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using OperatorGen.Compiler.Packing;
using OperatorGen.Models;
using OperatorGen.Models.Tests;
using OperatorGen.Packing;
using OperatorGen.Symbolics;
using OperatorGen.TestKit;

namespace OperatorGen.Generator.Tests;

/// <summary>Generated types with external weights, a mamba1-block and a language model, and packed files for them.</summary>
internal static class ExternalModels
{
    /// <summary>The shapes of the block, all in single precision: width 2, 4 channels, 2 states.</summary>
    public static ModelDeclaration Block { get; } = ModelFileReader.Read(Sources.Shapes(Sources.MambaFile), default).Value!;

    /// <summary>The shapes of a language model of 5 tokens, all in BF16.</summary>
    public static ModelDeclaration Language { get; } = WeightPacker.WithoutNumbers(LanguageSamples.Mamba1(new Random(1)), WeightFormat.BFloat16);

    private static readonly Lazy<Assembly> s_assembly = new(() => GeneratorHarness.Verify(GeneratorProject.Of("""
            using System;
            using System.IO;
            using OperatorGen;

            /// <summary>A block.</summary>
            [SequenceModel("block.ssm.json", Weights = ModelWeights.External)]
            public partial class Block;

            /// <summary>A language model.</summary>
            [SequenceModel("language.ssm.json", Weights = ModelWeights.External)]
            public partial class Language;

            /// <summary>What a program does with them.</summary>
            public static class Program
            {
                /// <summary>Loads.</summary>
                public static IStreamingModel<float> FromMemory(ReadOnlyMemory<byte> file) => Block.Load(file);

                /// <summary>Loads.</summary>
                public static IStreamingModel<float> FromStream(Stream file) => Block.Load(file);

                /// <summary>Loads.</summary>
                public static IStreamingModel<float> FromFile(string path, bool copy) => copy ? Block.Load(path, copy: true) : Block.Load(path);

                /// <summary>Loads.</summary>
                public static ILanguageModel<float> FromText(ReadOnlyMemory<byte> file) => Language.Load(file);

                /// <summary>Static members through the interface.</summary>
                public static object Operator() => Static<Block>();

                /// <summary>Static members through the interface.</summary>
                public static (int, int, bool, bool, int) Sizes() => Sizes<Block>();

                private static object Static<TModel>()
                    where TModel : ISequenceModel<float> => TModel.Operator;

                private static (int, int, bool, bool, int) Sizes<TModel>()
                    where TModel : ISequenceModel => (TModel.InputWidth, TModel.OutputWidth, TModel.IsCausal, TModel.Pooled, TModel.Labels.Count);
            }

            """)
        .WithModel("/models/block.ssm.json", ModelFileWriter.Write(Block))
        .WithModel("/models/language.ssm.json", ModelFileWriter.Write(Language))).Load());

    public static IStreamingModel<float> Load(ReadOnlyMemory<byte> file) => Method<Func<ReadOnlyMemory<byte>, IStreamingModel<float>>>("FromMemory")(file);

    public static IStreamingModel<float> Load(Stream file) => Method<Func<Stream, IStreamingModel<float>>>("FromStream")(file);

    public static IStreamingModel<float> Load(string path, bool copy) => Method<Func<string, bool, IStreamingModel<float>>>("FromFile")(path, copy);

    public static ILanguageModel<float> LoadLanguage(ReadOnlyMemory<byte> file) => Method<Func<ReadOnlyMemory<byte>, ILanguageModel<float>>>("FromText")(file);

    /// <summary>Upstream's own file: path, prefix, what stops it.</summary>
    public static Func<string, string?, CancellationToken, IStreamingModel<float>> CheckpointBlock { get; } = OfCheckpoint<IStreamingModel<float>>("Block");

    /// <summary>Upstream's own file: path, prefix, what stops it.</summary>
    public static Func<string, string?, CancellationToken, ILanguageModel<float>> CheckpointLanguage { get; } = OfCheckpoint<ILanguageModel<float>>("Language");

    /// <summary>Upstream's own file as a packed one: path, where the bytes go, prefix, what stops it; gives the hash.</summary>
    public static Func<string, Stream, string?, CancellationToken, string> PackBlock { get; } =
        typeof(CheckpointFile).GetMethod(nameof(CheckpointFile.Pack))!.MakeGenericMethod(s_assembly.Value.GetType("Block")!).CreateDelegate<Func<string, Stream, string?, CancellationToken, string>>();

    public static Func<string> BlockFile { get; } = s_assembly.Value.GetType("Block")!.GetProperty("ModelFile")!.GetMethod!.CreateDelegate<Func<string>>();

    public static Func<object> StaticOperator => Method<Func<object>>("Operator");

    public static Func<(int Inputs, int Outputs, bool IsCausal, bool Pooled, int Labels)> StaticSizes => Method<Func<(int, int, bool, bool, int)>>("Sizes");

    /// <summary>A packed file with random numbers.</summary>
    public static byte[] Packed(ModelDeclaration shapes, int seed) => PackedFile.ToBytes(WeightPacker.Pack(shapes, Numbers(shapes, seed), Precision.Single).Value!);

    /// <summary>Random numbers that every format holds exactly: eighths.</summary>
    public static ModelDeclaration Numbers(ModelDeclaration shapes, int seed)
    {
        var random = new Random(seed);
        return WeightPacker.WithNumbers(shapes, shapes.Tensors.ToDictionary(
            tensor => tensor.Name,
            tensor => new Tensor(tensor.Value.Shape, [.. Enumerable.Range(0, tensor.Value.Count).Select(_ => random.Next(-8, 8) / 8.0)])));
    }

    /// <summary>Seven samples through a model.</summary>
    public static float[] Run(IStreamingModel<float> model)
    {
        float[] output = new float[7 * model.Metadata.OutputWidth];
        model.Forward(Input(model.Metadata.InputWidth), output);
        return output;
    }

    public static float[] Input(int width) => [.. Enumerable.Range(0, 7 * width).Select(i => (((i * 5) % 11) - 5) / 4f)];

    private static Func<string, string?, CancellationToken, T> OfCheckpoint<T>(string type) =>
        typeof(CheckpointFile).GetMethod(nameof(CheckpointFile.Load))!.MakeGenericMethod(s_assembly.Value.GetType(type)!).CreateDelegate<Func<string, string?, CancellationToken, T>>();

    private static T Method<T>(string name)
        where T : Delegate => s_assembly.Value.GetType("Program")!.GetMethod(name)!.CreateDelegate<T>();
}
