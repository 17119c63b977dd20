using System;
using System.Linq;
using System.Numerics;
using OperatorGen.Compiler.Plans;
using OperatorGen.Compiler.Recurrences;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Reference.Tests;

/// <summary>Low-rank modes in the arithmetic of T, in the form that generated code of that precision has.</summary>
internal sealed class PlainLowRank<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly LowRankModes _cell;
    private readonly Func<T[], T[]>? _diagonal;
    private readonly LowRankModesStep[] _steps;
    private readonly (T Re, T Im)[] _state; // [channel, mode]

    public PlainLowRank(LowRankModes cell)
    {
        var lowering = new LowRankModesLowering(cell);
        _cell = cell;
        _diagonal = lowering.IsDiagonal(typeof(T) == typeof(float) ? ElementType.Single : ElementType.Double) ? lowering.Eigenbasis!.Cell.Accept(new PlainCells<T>()) : null;
        _steps = [.. Enumerable.Range(0, cell.Channels).Select(c => LowRankModesStep.Of(cell, c))];
        _state = new (T, T)[cell.Channels * cell.Modes];
    }

    public T[] Step(T[] v)
    {
        if (_diagonal is not null)
        {
            return _diagonal(v);
        }

        int modes = _cell.Modes;
        for (int c = 0; c < _cell.Channels; c++)
        {
            Span<(T Re, T Im)> state = _state.AsSpan(c * modes, modes);
            var heard = new T[_cell.Rank];
            for (int k = 0; k < heard.Length * modes; k++)
            {
                heard[k / modes] += Product(_steps[c].Heard[k], state[k % modes]).Re;
            }

            for (int n = 0; n < modes; n++)
            {
                (T re, T im) = Product(_steps[c].Diagonal[n], state[n]);
                (T inRe, T inIm) = (T.CreateChecked(_steps[c].Input[n].Re) * v[c], T.CreateChecked(_steps[c].Input[n].Im) * v[c]);
                for (int r = 0; r < heard.Length; r++)
                {
                    ComplexNumber p = _steps[c].Feedback[(r * modes) + n];
                    (inRe, inIm) = (inRe - (T.CreateChecked(p.Re) * heard[r]), inIm - (T.CreateChecked(p.Im) * heard[r]));
                }

                state[n] = (re + inRe, im + inIm);
            }
        }

        var o = new T[_cell.OutputWidth];
        for (int h = 0; h < o.Length; h++)
        {
            for (int n = 0; n < modes; n++)
            {
                int at = 2 * ((h * modes) + n);
                o[h] += Product(new ComplexNumber(2 * _cell.C.Values[at], 2 * _cell.C.Values[at + 1]), _state[(h % _cell.Channels * modes) + n]).Re;
            }

            o[h] += _cell.Skip is null ? T.Zero : T.CreateChecked(_cell.Skip.Values[h]) * v[h % _cell.Channels];
        }

        return o;
    }

    private static (T Re, T Im) Product(ComplexNumber constant, (T Re, T Im) state)
    {
        (T re, T im) = (T.CreateChecked(constant.Re), T.CreateChecked(constant.Im));
        return ((re * state.Re) - (im * state.Im), (re * state.Im) + (im * state.Re));
    }
}
