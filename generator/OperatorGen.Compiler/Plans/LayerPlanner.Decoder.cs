using System;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Plans;

/// <content>The decoder: activation, gate stream, mixing, unit.</content>
internal sealed partial class LayerPlanner
{
    private (PlanView R, LinearStep? Mixing) PlanDecoder(Layer layer, string name, string prefix, PlanView o, PlanView? gate)
    {
        Decoder decoder = layer.Decoder;
        bool keepsReadout = decoder.Unit is HalfGlu { Value: GluValue.Readout };
        PlanView h = o;
        if (keepsReadout || !decoder.Activation.Equals(DecoderFunctions.Identity))
        {
            h = builder.Add(new MapStep(name, o, keepsReadout ? builder.Acquire(o.Width) : builder.Rewrite(o), decoder.Activation)).Target;
        }

        if (decoder.Gate is { } gateFunction && gate is not null)
        {
            h = builder.Add(new GateStep(name, h, gate, gateFunction, builder.Rewrite(h))).Target;
            builder.Release(gate);
        }

        LinearStep? mixing = null;
        PlanView m = h;
        if (decoder.Mixing is { } map)
        {
            int half = map.Outputs / 2;
            mixing = Linear(builder, name, prefix + "Mixing", map, h, builder.AcquireParts(decoder.Unit is SplitGlu ? [half, half] : [map.Outputs]));
            m = mixing.Targets[0];
        }

        PlanView r = decoder.Unit switch
        {
            null => m,
            SplitGlu unit => builder.Add(new GateStep(name, m, mixing!.Targets[1], unit.Function, builder.Rewrite(m))).Target,
            HalfGlu unit => builder.Add(new GateStep(name, keepsReadout ? o : h, m, unit.Function, builder.Rewrite(m))).Target,
            FinalActivation unit => builder.Add(new MapStep(name, m, builder.Rewrite(m), unit.Function)).Target,
            _ => throw new ArgumentException($"No plan is known for a {decoder.Unit.GetType().Name}.", nameof(layer)),
        };
        foreach (PlanView view in new[] { o, h })
        {
            if (view.Buffer != r.Buffer)
            {
                builder.Release(view);
            }
        }

        return (r, mixing);
    }
}
