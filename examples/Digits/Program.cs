using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Digits;
using OperatorGen;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
DigitSet digits = DigitSet.Load();
Console.WriteLine($"{digits.Count} handwritten digits that the training never saw, each a sequence of {DigitSet.Length} grey levels");

Report<OneLayer>("one-layer", digits);
Report<OneLayerPairs>("one-layer-pairs", digits);
ShowStrongest(new OneLayerPairs(), digits, 34);
Report<Deep>("deep", digits);
ShowLongestLived(Deep.Operator);

static void Report<TModel>(string name, DigitSet digits)
    where TModel : IStreamingModel<float>, new()
{
    OperatorDescription description = TModel.Operator;
    var measured = Measurement.Of(digits, new TModel());
    Console.WriteLine();
    Console.WriteLine($"{name}: {description.Architecture}, {description.Layers.Count} layer(s) of {description.Layers[0].Channels} channels with {description.Layers[0].Modes} waves each");
    Console.WriteLine($"  accuracy             {100 * measured.Accuracy:0.0} %");
    Console.WriteLine($"  sequences per second {measured.SequencesPerSecond:0} (one thread, Forward)");
    Console.WriteLine($"  latency per sample   {measured.MicrosecondsPerSample:0.00} us (streaming, Step)");
    Console.WriteLine($"  generated file       {GeneratedFile<TModel>()}");
}

static void ShowStrongest(OneLayerPairs model, DigitSet digits, int index)
{
    ReadOnlySpan<float> digit = digits[index].Span;
    var scores = new float[OneLayerPairs.OutputWidth];
    model.Forward(digit, scores);
    int predicted = Measurement.Best(scores);
    ScoreExplanation explanation = OneLayerPairs.Explain(digit, predicted, 10);
    Console.WriteLine($"  the score of \"{explanation.Label}\", the class predicted for digit {index}, {explanation.Exact:0.000}, taken apart by the declared expansion:");
    Console.WriteLine($"    constants              {explanation.Constants.Sum(constant => constant.Contribution),12:+0.000;-0.000}");
    foreach (OrderTotal order in explanation.Orders)
    {
        Console.WriteLine($"    order {order.Order}, {order.Count,7} terms  {order.Contribution,12:+0.000;-0.000}");
    }

    Console.WriteLine($"    remainder              {explanation.Remainder,12:+0.000;-0.000}");
    Console.WriteLine($"  {OrderShares.Of(explanation)}");
    Console.WriteLine($"  its ten strongest terms (order 1 to {explanation.RankedOrder}); w(c,n) is wave n of channel c, d(c) a skip:");
    foreach (ContributionTerm term in explanation.Strongest)
    {
        Console.WriteLine($"    {term.Contribution,12:+0.000;-0.000}   {string.Join(' ', term.Factors.Select(Name))}");
    }
}

static string Name(WaveFactor factor)
{
    string name = factor.Kind == WaveKind.Mode ? $"w({factor.Channel},{factor.Mode})" : $"d({factor.Channel})";
    return factor.Power == 1 ? name : $"{name}^{factor.Power}";
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
