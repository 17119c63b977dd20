using System.Globalization;
using ConsoleApp;

float[] input = [.. args.Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
float[] output = new float[input.Length / Model.InputWidth * Model.OutputWidth];
new Model().Forward(input, output);
Console.WriteLine(string.Join(' ', output.Select(number => number.ToString(CultureInfo.InvariantCulture))));
