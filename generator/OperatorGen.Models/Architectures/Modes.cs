using System.Linq;
using System.Threading;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>
/// <c>modes</c>, this project's own (docs/architectures/modes.md): one channel given by its modes, as inline attributes declare it. Every element may be a rational or a symbol.
/// <code>
/// s_t[n] = lambda_n s_{t-1}[n] + b-bar_n u_t      o_t = gamma Re sum_n output_n s_t[n] + skip u_t      y_t = decoder(o_t)
/// </code>
/// lambda and b-bar from <c>eigenvalue</c>, <c>input</c> and <c>step</c> by the discretisation rule; with the rule none they are the eigenvalue and the input weight themselves.
/// Modes without imaginary parts are real ones, unless only their shapes are known.
/// </summary>
public sealed class Modes : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "modes";

    /// <inheritdoc/>
    public ModelDeclaration Current(ModelDeclaration declaration) => declaration;

    /// <inheritdoc/>
    public ModeStorage ModesOf(ModelDeclaration declaration) => new(
        EquatableArray.Of(new ModeTensor("eigenvalue", 0, 0, null, false), new ModeTensor("input", 0, 0, null, false), new ModeTensor("output", 0, 0, null, true)),
        EquatableArray.Of(new ModeCount("n_modes", 1)));

    /// <inheritdoc/>
    public StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        var reading = new ArchitectureReading(declaration, cancellation);
        TensorTable tensors = reading.Tensors;
        int modes = reading.Size("n_modes", ("eigenvalue", 0, 2), ("input", 0, 2), ("output", 0, 2));
        DiscretizationRule rule = Rule(reading);
        double gamma = Gamma(reading);
        DecoderFunction decoder = reading.Hyper.Decoder("decoder");
        reading.Hyper.Assume("decoder", DecoderFunctions.Identity.Name, "the readout is the output; the tensors do not tell");
        Tensor? eigenvalue = tensors.TakeSymbolic("eigenvalue", modes, 2);
        Tensor? input = tensors.TakeSymbolic("input", modes, 2);
        Tensor? output = tensors.TakeSymbolic("output", modes, 2);
        Tensor? skip = tensors.Has("skip") ? tensors.TakeSymbolic("skip", 1) : null;
        bool hasStep = rule != DiscretizationRule.None;
        Tensor? step = hasStep || tensors.Has("step") ? tensors.TakeSymbolic("step", 1) : null;
        if (!hasStep && tensors.Has("step"))
        {
            reading.Faults.Add(ModelFaults.Inconsistent("'step' has no meaning with the discretization 'none': remove it, or choose 'zoh' or 'bilinear'.", tensors.PlaceOf("step")));
        }

        SymbolNames.Check(reading, ("eigenvalue", eigenvalue), ("input", input), ("output", output), ("skip", skip), ("step", step));
        return reading.Finish(() =>
        {
            Field field = !reading.ByShapes && IsReal(eigenvalue!) && IsReal(input!) && IsReal(output!) ? Field.Real : Field.Complex;
            Tensor a = Shape(eigenvalue!, field);
            Tensor delta = step ?? new Tensor(EquatableArray.Of(1), [1.0]);
            var cell = new ChannelModes(Channels: 1, modes, Reads: 1, field, rule, a, delta, Shape(input!, field), Shape(output!, field), gamma) { Skip = skip };
            Stability.Check(reading, cell, "eigenvalue");
            return SingleLayer.Of(Name, cell, new Decoder { Activation = decoder });
        });
    }

    private static DiscretizationRule Rule(ArchitectureReading reading)
    {
        if (reading.Hyper.Find("discretization") is not { } hyper)
        {
            reading.Missing("discretization", $"Declare it as {OptionNames.Rules.Expected}.");
        }
        else if (OptionNames.Rules.Find(hyper.Value) is DiscretizationRule rule)
        {
            return rule;
        }
        else
        {
            reading.Hyper.Wrong(hyper, OptionNames.Rules.Expected);
        }

        return DiscretizationRule.ZeroOrderHold;
    }

    private static double Gamma(ArchitectureReading reading)
    {
        if (reading.Hyper.Find("gamma") is null)
        {
            reading.Missing("gamma", "Declare it as 1, or as 2 where every mode is one of a conjugate pair.");
        }

        return reading.Hyper.Number("gamma", 1, value => value is 1 or 2, "1, or 2 where every mode is one of a conjugate pair");
    }

    /// <summary>True when every imaginary part is exactly 0.</summary>
    private static bool IsReal(Tensor tensor)
    {
        for (int i = 1; i < tensor.Count; i += 2)
        {
            if (tensor[i].IsSymbol || tensor.Values[i] != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>[N, 2] as [1, N, 2], or its real parts as [1, N].</summary>
    private static Tensor Shape(Tensor tensor, Field field)
    {
        int modes = tensor.Shape[0];
        if (field == Field.Complex)
        {
            return tensor.WithShape(EquatableArray.Of(1, modes, 2));
        }

        var values = new Scalar[modes];
        for (int i = 0; i < modes; i++)
        {
            values[i] = tensor[2 * i];
        }

        return new Tensor(EquatableArray.Of(1, modes), values).From(tensor);
    }
}
