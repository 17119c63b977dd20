using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System;
using Digits;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
DigitSet digits = DigitSet.Load();
Console.WriteLine($"{digits.Count} handwritten digits that the training never saw, each a sequence of {DigitSet.Length} grey levels");

var oneLayer = new OneLayer();
OneLayer.State oneLayerState = oneLayer.CreateState();
Report<OneLayer>("one-layer", OneLayer.Operator, Measurement.Of(
    digits,
    OneLayer.OutputWidth,
    oneLayer.Forward,
    sequence =>
    {
        oneLayerState.Reset();
        Span<float> scores = stackalloc float[OneLayer.OutputWidth];
        foreach (ref readonly float sample in sequence)
        {
            oneLayer.Step(new ReadOnlySpan<float>(in sample), scores, oneLayerState);
        }
    }));
ShowFirstOrder(oneLayer, digits[0].Span);

var deep = new Deep();
Deep.State deepState = deep.CreateState();
Report<Deep>("deep", Deep.Operator, Measurement.Of(
    digits,
    Deep.OutputWidth,
    deep.Forward,
    sequence =>
    {
        deepState.Reset();
        Span<float> scores = stackalloc float[Deep.OutputWidth];
        foreach (ref readonly float sample in sequence)
        {
            deep.Step(new ReadOnlySpan<float>(in sample), scores, deepState);
        }
    }));
ShowLongestLived(Deep.Operator);

static void Report<TModel>(string name, OperatorDescription description, Measurement measured)
{
    Console.WriteLine();
    Console.WriteLine($"{name}: {description.Architecture}, {description.Layers.Count} layer(s) of {description.Layers[0].Channels} channels with {description.Layers[0].Modes} waves each");
    Console.WriteLine($"  accuracy             {100 * measured.Accuracy:0.0} %");
    Console.WriteLine($"  sequences per second {measured.SequencesPerSecond:0} (one thread, Forward)");
    Console.WriteLine($"  latency per sample   {measured.MicrosecondsPerSample:0.00} us (streaming, Step)");
    Console.WriteLine($"  generated file       {GeneratedFile<TModel>()}");
}

static void ShowFirstOrder(OneLayer model, ReadOnlySpan<float> digit)
{
    var scores = new float[OneLayer.OutputWidth];
    model.Forward(digit, scores);
    int predicted = Measurement.Best(scores);
    double[] input = new double[digit.Length];
    for (int t = 0; t < input.Length; t++)
    {
        input[t] = digit[t];
    }

    FirstOrderScore first = OneLayer.Operator.FirstOrder(input, predicted);
    Console.WriteLine($"  the ten waves with the largest first-order contribution to the score of \"{OneLayer.Labels[predicted]}\", the class predicted for the first digit:");
    Console.WriteLine("    channel  wave   |lambda|   period (steps)   contribution");
    foreach (WaveContribution wave in first.Waves.Take(10))
    {
        Console.WriteLine($"    {wave.Channel,7}  {wave.Mode,4}   {wave.Wave.Magnitude,8:0.00000}   {wave.Wave.Period,14:0.0}   {wave.Contribution,12:+0.0000;-0.0000}");
    }

    Console.WriteLine($"  sum of all first-order terms {first.Sum:0.000}; exact score {scores[predicted]:0.000}. First order is no explanation: the interactions of waves carry the rest.");
}

static void ShowLongestLived(OperatorDescription description)
{
    LayerDescription last = description.Layers[^1];
    Console.WriteLine($"  the ten longest-lived waves of the last layer, {last.Name}:");
    Console.WriteLine("    channel  wave   lifetime (steps)   period (steps)   |weight|");
    var waves =
        from channel in Enumerable.Range(0, last.Channels)
        from mode in Enumerable.Range(0, last.Modes)
        let wave = last.Wave(channel, mode)
        orderby wave.Lifetime descending, channel, mode
        select (channel, mode, wave);
    foreach ((int channel, int mode, Wave wave) in waves.Take(10))
    {
        Console.WriteLine($"    {channel,7}  {mode,4}   {wave.Lifetime,16:0.0}   {wave.Period,14:0.0}   {wave.Weight.Magnitude,8:0.00000}");
    }
}

static string GeneratedFile<TModel>()
{
    string folder = typeof(DigitSet).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "GeneratedFiles").Value!;
    return Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder, $"{typeof(TModel).FullName}.OperatorGen.g.cs"));
}
