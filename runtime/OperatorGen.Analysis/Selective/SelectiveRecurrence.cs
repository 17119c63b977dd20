using System;
using System.Collections.Generic;

namespace OperatorGen.Analysis;

/// <summary>
/// A recurrence that depends on its input: it has gates, no constant waves. G cells with states of K keys by V values,
/// <c>S_t = T_t S_(t-1) + k_t (x) v_t, o_t = gamma Re(q_t^T S_t) + D v_t</c>.
/// </summary>
public sealed partial class SelectiveRecurrence : RecurrenceDescription
{
    /// <summary>Describes.</summary>
    /// <param name="signals">The functions of the cells' input.</param>
    /// <param name="cells">G.</param>
    /// <param name="keys">K.</param>
    /// <param name="values">V.</param>
    /// <param name="complex">Whether the state is complex.</param>
    /// <param name="gate">What carries the state on.</param>
    /// <param name="value">The number of v's signal, P blocks of V numbers.</param>
    /// <param name="key">k; null: 1.</param>
    /// <param name="query">q; null: 1.</param>
    /// <param name="gamma">The factor of the readouts.</param>
    /// <param name="readsBefore">Whether the read sees the state before the update.</param>
    /// <param name="bonus">u of such a read, [cell, key]: <c>u k (x) v</c> is added to the state that is read; null: 0.</param>
    /// <param name="skip">D, [cell, value]; null: 0.</param>
    /// <param name="formulas">The path form and the functions in it, for people; null: none.</param>
    public SelectiveRecurrence(
        SelectiveSignals signals, int cells, int keys, int values, bool complex, SelectiveGate gate, int value, SelectiveOperand? key, SelectiveOperand? query, double gamma,
        bool readsBefore = false, double[]? bonus = null, double[]? skip = null, IReadOnlyList<string>? formulas = null)
        : base((signals ?? throw new ArgumentNullException(nameof(signals))).Width(0), cells * values, keys)
    {
        (Signals, Cells, Keys, Values, IsComplex, Gate, Value) = (signals, cells, keys, values, complex, gate, value);
        (Key, Query, Gamma, ReadsBefore, Bonus, Skip, Formulas) = (key, query, gamma, readsBefore, bonus, skip, formulas ?? []);
    }

    /// <summary>The functions of the cells' input.</summary>
    public SelectiveSignals Signals { get; }

    /// <summary>G.</summary>
    public int Cells { get; }

    /// <summary>K.</summary>
    public int Keys { get; }

    /// <summary>V.</summary>
    public int Values { get; }

    /// <summary>What a cell is called: a channel where each has states of its own (one value: Mamba-1, HGRN), a head elsewhere (Mamba-2, linear attention).</summary>
    public string CellName => Values == 1 ? "channel" : "head";

    /// <summary>What a state of a cell's value is called: a mode of a channel, a key of a head.</summary>
    public string KeyName => Values == 1 ? "mode" : "key";

    /// <summary>Whether the state is complex.</summary>
    public bool IsComplex { get; }

    /// <summary>What carries the state on.</summary>
    public SelectiveGate Gate { get; }

    /// <summary>The number of v's signal.</summary>
    public int Value { get; }

    /// <summary>k; null: 1.</summary>
    public SelectiveOperand? Key { get; }

    /// <summary>q; null: 1.</summary>
    public SelectiveOperand? Query { get; }

    /// <summary>The factor of the readouts.</summary>
    public double Gamma { get; }

    /// <summary>Whether the read sees the state before the update.</summary>
    public bool ReadsBefore { get; }

    /// <summary>u, [cell, key]; null: 0.</summary>
    public double[]? Bonus { get; }

    /// <summary>D, [cell, value]; null: 0.</summary>
    public double[]? Skip { get; }

    /// <summary>The path form and the functions in it, for people.</summary>
    public IReadOnlyList<string> Formulas { get; }

    /// <summary>How many gates a cell has: K, or 1 where one gate carries all keys.</summary>
    public int GatesPerCell => Gate switch
    {
        StepGate step => step.Rates.Length / Cells / (IsComplex ? 2 : 1),
        LogGate log => log.PerKey ? Keys : 1,
        GivenGate or DecayGate or DeltaGate => 1,
        _ => throw new InvalidOperationException($"The gate {Gate.GetType().Name} is not known."),
    };

    /// <inheritdoc/>
    public override ModeBank? Bank => null;

    /// <summary>The first row of a table of two.</summary>
    /// <param name="rows">[row, number].</param>
    public static double[] FirstRow(double[] rows) => rows.AsSpan(0, rows.Length / 2).ToArray();

    /// <summary>The second row of a table of two.</summary>
    /// <param name="rows">[row, number].</param>
    public static double[] SecondRow(double[] rows) => rows.AsSpan(rows.Length / 2).ToArray();

    /// <summary>Numbers of generated code, [number, cell], as [cell, number].</summary>
    /// <param name="rows">[number, cell].</param>
    /// <param name="cells">The number of cells.</param>
    public static double[] ByCell(double[] rows, int cells)
    {
        var byCell = new double[rows.Length];
        int numbers = rows.Length / cells;
        for (int i = 0; i < rows.Length; i++)
        {
            byCell[(i % cells * numbers) + (i / cells)] = rows[i];
        }

        return byCell;
    }
}
