using System;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>What the kinds of S4Block share around their kernels.</summary>
internal static class S4BlockParts
{
    /// <summary>Reports rows of A and B that do not divide the features.</summary>
    public static void CheckTiling(ArchitectureReading reading, int width, int rows)
    {
        if (width > 0 && rows > 0 && width % rows != 0)
        {
            reading.Faults.Add(ModelFaults.Inconsistent(
                FormattableString.Invariant($"'n_ssm' is {rows} and d_model {width}: n_ssm must divide d_model, since features share the rows of A and B in whole blocks."), reading.Hyper.Find("n_ssm")?.Place));
        }
    }

    /// <summary>What comes after the readouts: activation, output map, final activation.</summary>
    /// <param name="activation">The activation of the readouts.</param>
    /// <param name="final">Upstream's name of the final activation; null: no output map.</param>
    /// <param name="linear">The output map.</param>
    public static Decoder Decoder(DecoderFunction activation, string? final, LinearTensors? linear) => new()
    {
        Activation = activation,
        Mixing = linear?.ToLinear(),
        Unit = final switch
        {
            null => null,
            "glu" => new SplitGlu(DecoderFunctions.Sigmoid),
            var name when S4BlockActivations.Of(name) is { } function => function.Equals(DecoderFunctions.Identity) ? null : new FinalActivation(function),
            _ => throw new ArgumentOutOfRangeException(nameof(final)),
        },
    };

    /// <summary>Whether a flag of the declaration has a value.</summary>
    public static bool IsFlag(ModelDeclaration declaration, string name, string value) => declaration.Hyper.Any(hyper => hyper.Name == name && hyper.Value == value);
}
