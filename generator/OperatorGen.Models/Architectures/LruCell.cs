using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// The recurrence of LRU, lru/model.py of NicolasZucchet/minimal-LRU at bbd71b1 (docs/architectures/lru.md): modes shared by all channels, discrete from the start,
/// <code>
/// lambda = exp(-exp(nu_log) + i exp(theta_log))     b-bar = exp(gamma_log) (B_re + i B_im)     gamma = 1
/// </code>
/// </summary>
internal static class LruCell
{
    /// <summary>Takes the tensors of a layer.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="prefix">What comes before their names.</param>
    /// <param name="width">H.</param>
    /// <param name="stateName">The name of the state; null: it is not read by name.</param>
    /// <returns>Makes the recurrence; to be called when no error was found.</returns>
    public static Func<SharedModes> Read(ArchitectureReading reading, string prefix, int width, string? stateName)
    {
        TensorTable tensors = reading.Tensors;
        int modes = reading.Size("d_hidden", (prefix + "nu_log", 0, 1), (prefix + "theta_log", 0, 1), (prefix + "B_re", 0, 2));
        Tensor? decay = tensors.Take(prefix + "nu_log", modes); // [N]
        Tensor? phase = tensors.Take(prefix + "theta_log", modes); // [N]
        Tensor? scale = tensors.Take(prefix + "gamma_log", modes); // [N]
        Tensor? inputRe = tensors.Take(prefix + "B_re", modes, width); // [N, H]
        Tensor? inputIm = tensors.Take(prefix + "B_im", modes, width); // [N, H]
        Tensor? outputRe = tensors.Take(prefix + "C_re", width, modes); // [H, N]
        Tensor? outputIm = tensors.Take(prefix + "C_im", width, modes); // [H, N]
        Tensor? skip = tensors.Take(prefix + "D", width); // [H]
        return () =>
        {
            var math = new ParameterMath(reading);
            int count = decay!.Count;
            Tensor nu = math.Exp(decay, prefix + "nu_log");
            Tensor theta = math.Exp(phase!, prefix + "theta_log");
            Tensor norms = math.Exp(scale!, prefix + "gamma_log");
            var cell = new SharedModes(
                width,
                count,
                width,
                Field.Complex,
                DiscretizationRule.None,
                ParameterMath.Complex(EquatableArray.Of(count, 2), () => Polar(nu, theta, RealMath.Cos), () => Polar(nu, theta, RealMath.Sin), nu, theta),
                new Tensor(EquatableArray.Of(1), [1.0]),
                ParameterMath.Complex(EquatableArray.Of(count, width, 2), () => Scaled(inputRe!, norms, width), () => Scaled(inputIm!, norms, width), norms, inputRe, inputIm),
                ParameterMath.Complex(EquatableArray.Of(width, count, 2), () => outputRe!.Values.ToArray(), () => outputIm!.Values.ToArray(), outputRe, outputIm),
                Gamma: 1)
            { Skip = skip, StateName = stateName };
            Stability.Check(reading, cell, prefix + "nu_log");
            return cell;
        };
    }

    /// <summary>Where layers of this recurrence keep their modes.</summary>
    /// <param name="prefixes">What each layer's names begin with.</param>
    public static ModeStorage Storage(params string[] prefixes) => new(
        prefixes.SelectMany((prefix, layer) => new[]
        {
            new ModeTensor(prefix + "C_re", layer, 1, null, true),
            new ModeTensor(prefix + "C_im", layer, 1, null, true),
            new ModeTensor(prefix + "B_re", layer, 0, null, false),
            new ModeTensor(prefix + "B_im", layer, 0, null, false),
            new ModeTensor(prefix + "nu_log", layer, 0, null, false),
            new ModeTensor(prefix + "theta_log", layer, 0, null, false),
            new ModeTensor(prefix + "gamma_log", layer, 0, null, false),
        }).ToEquatableArray(),
        EquatableArray.Of(new ModeCount("d_hidden", 1)));

    // exp(-nu) cos(theta), or sin.
    private static double[] Polar(Tensor nu, Tensor theta, Func<double, double> function) =>
        [.. Enumerable.Range(0, nu.Count).Select(n => RealMath.Exp(-nu.Values[n]) * function(theta.Values[n]))];

    private static double[] Scaled(Tensor rows, Tensor factors, int width)
    {
        double[] values = rows.Values.ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factors.Values[i / width];
        }

        return values;
    }
}
