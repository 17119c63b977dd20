using System;
using System.Globalization;
using System.Linq;
using Library;

float[] input = args.Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray();
float[] output = new float[input.Length / Model.InputWidth * Model.OutputWidth];
var model = new Model();
Model.State state = model.CreateState();
int width = Model.InputWidth;
for (int t = 0; t < input.Length / width; t++)
{
    model.Step(input.AsSpan(t * width, width), output.AsSpan(t * Model.OutputWidth, Model.OutputWidth), state);
}

Console.WriteLine(string.Join(' ', output.Select(number => number.ToString(CultureInfo.InvariantCulture))));
