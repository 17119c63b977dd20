using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace OperatorGen.Reference;

/// <summary>A recording of every intermediate of a run of the reference, step by step.</summary>
public sealed class Probe
{
    private readonly List<StepTrace> _steps = [];

    /// <summary>The steps in order of time.</summary>
    public IReadOnlyList<StepTrace> Steps => _steps;

    /// <summary>The largest |v| of the cells' input of a layer over time; 0 where nothing was recorded.</summary>
    public double MaxCellInput(int layer) => _steps.SelectMany(step => step.Layers[layer].CellInput).Select(Math.Abs).DefaultIfEmpty().Max();

    /// <summary>The largest |s| of every element of a layer's state over time, shape [G, K, V]; empty where nothing was recorded.</summary>
    public double[] MaxState(int layer)
    {
        double[] largest = [];
        foreach (StepTrace step in _steps)
        {
            Complex[] state = step.Layers[layer].State;
            if (largest.Length == 0)
            {
                largest = new double[state.Length];
            }

            for (int i = 0; i < state.Length; i++)
            {
                largest[i] = Math.Max(largest[i], Complex.Abs(state[i]));
            }
        }

        return largest;
    }

    internal void Add(StepTrace step) => _steps.Add(step);
}
