using System;

namespace OperatorGen.Models;

/// <summary>The factor of queries in linear attention: <c>K^(-1/2)</c> where nothing else is said.</summary>
internal static class QueryScale
{
    /// <summary>As the hyperparameter <c>scale</c> says: a number, or the text <c>K**-0.5</c>.</summary>
    /// <param name="hyper">The hyperparameters.</param>
    /// <param name="name">The hyperparameter that counts the keys.</param>
    /// <param name="keys">The number of keys.</param>
    public static double Read(HyperTable hyper, string name, int keys)
    {
        string usual = name + "**-0.5";
        return hyper.Find("scale") is { Kind: HyperKind.Text } text && text.Value == usual
            ? Of(keys)
            : hyper.Number("scale", Of(keys), value => value > 0, $"a positive number or '{usual}'");
    }

    /// <summary><c>K^(-1/2)</c>.</summary>
    public static double Of(int keys) => 1 / Math.Sqrt(keys);
}
