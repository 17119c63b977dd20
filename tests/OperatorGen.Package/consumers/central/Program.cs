using System.Globalization;
using OperatorGen;

Print<Model>([.. args.Select(number => float.Parse(number, CultureInfo.InvariantCulture))]);

static void Print<TModel>(float[] input)
    where TModel : ISequenceModel<float>, new()
{
    float[] output = new float[input.Length / TModel.InputWidth * TModel.OutputWidth];
    new TModel().Forward(input, output);
    Console.WriteLine(string.Join(' ', output.Select(number => number.ToString(CultureInfo.InvariantCulture))));
}

[SequenceModel("s4d.ssm.json")]
internal sealed partial class Model;
