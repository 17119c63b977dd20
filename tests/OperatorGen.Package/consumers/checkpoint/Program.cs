using System.Globalization;
using OperatorGen;
using OperatorGen.Packing;
using OperatorGen.Safetensors;

// The file has the weights of the model and a sequence for it.
string path = args[0];
float[] input = [.. SafetensorsFile.Parse(File.ReadAllBytes(path)).Find("in.x")!.ToDoubles().Select(x => (float)x)];
float[] output = new float[input.Length / Block.InputWidth * Block.OutputWidth];
using Block model = CheckpointFile.Load<Block>(path);
model.Forward(input, output);
Console.WriteLine(string.Join(' ', output.Select(number => number.ToString(CultureInfo.InvariantCulture))));

// The same as a packed file, which is mapped.
using (FileStream packed = File.Create("packed.safetensors"))
{
    Console.WriteLine(CheckpointFile.Pack<Block>(path, packed));
}

using Block mapped = Block.Load("packed.safetensors");
float[] again = new float[output.Length];
mapped.Forward(input, again);
Console.WriteLine(output.AsSpan().SequenceEqual(again) && model.ModelHash == mapped.ModelHash ? mapped.ModelHash : "They differ.");

[SequenceModel("block.ssm.json", Weights = ModelWeights.External)]
internal sealed partial class Block;
