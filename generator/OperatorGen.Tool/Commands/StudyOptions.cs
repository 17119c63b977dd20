using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Data;
using OperatorGen.Tool.MeanGates;
using OperatorGen.Tool.Studies;

namespace OperatorGen.Tool.Commands;

/// <summary>What a study is asked for. What the words mean depends on the model: selective ones are expanded about their mean gates.</summary>
/// <param name="Orders">What <c>--orders</c> says; null: nothing.</param>
/// <param name="Expansions">What <c>--expansion</c> says.</param>
/// <param name="Centre">What <c>--centre</c> says.</param>
internal sealed record StudyOptions(string? Orders, string? Expansions, string? Centre)
{
    private const string MeanGate = "mean-gate";

    private static readonly NameTable<GateCentre> s_centres = new(("mean", GateCentre.Mean), ("midrange", GateCentre.Midrange));

    /// <summary>The expansions of decoder functions; null: none are named.</summary>
    /// <exception cref="UnusableInputException">A name is none.</exception>
    public ExpansionKind[]? Kinds => Expansions is not { } names
        ? null
        : [.. names.Split(',').Select(name => OptionNames.Expansions.Find(name.Trim()) ?? throw new UnusableInputException($"--expansion {names}: '{name}' is no expansion; {OptionNames.Expansions.Expected} is expected, joined by commas.")).Distinct()];

    /// <summary>The point of Taylor expansions.</summary>
    /// <exception cref="UnusableInputException">It is no number.</exception>
    public double Point => Centre is not { } text ? 0
        : s_centres.Find(text) is not null ? throw new UnusableInputException($"--centre {text}: a number is expected, as in 0.5 or 1e-3; '{text}' is a centre of gates.")
        : NumberOption.Fault("--centre", text, out double number) is { } fault ? throw new UnusableInputException(fault)
        : number;

    /// <summary>The centre of gates.</summary>
    /// <exception cref="UnusableInputException">It is none.</exception>
    public GateCentre GateCentre => Centre is null ? GateCentre.Mean
        : s_centres.Find(Centre) ?? throw new UnusableInputException($"--centre {Centre}: {s_centres.Expected} is expected for mean gates.");

    /// <summary>The name of a centre of gates.</summary>
    public static string NameOf(GateCentre centre) => s_centres.Of(centre);

    /// <summary>Whether the model is to be expanded about its mean gates.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="UnusableInputException">It is asked for beside other expansions, or of a model that is not selective.</exception>
    public bool IsMeanGate(StudiedModel model)
    {
        string[] names = Expansions?.Split(',') ?? [];
        if (!names.Contains(MeanGate))
        {
            return Expansions is null && model.IsSelective;
        }

        return names.Length > 1 ? throw new UnusableInputException($"--expansion {Expansions}: mean-gate is of selective models, the other expansions are not; name one or the others.")
            : model.IsSelective ? true
            : throw new UnusableInputException($"{model.Path}: the expansion mean-gate is not possible: the model is not selective, its gates are constant and its waves exact.");
    }

    /// <summary>What is studied: the orders, ascending, and the sequences of x_test that are fed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dataPath">The data file.</param>
    /// <param name="limit">How many sequences are taken at most, evenly spread; null: all.</param>
    /// <param name="least">The least order that is possible.</param>
    /// <param name="greatest">The greatest order that is possible.</param>
    /// <param name="usual">The orders that are taken where nothing is said.</param>
    /// <exception cref="UnusableInputException">The text names no orders, or the data cannot be used.</exception>
    public (int[] Orders, SequenceData Data, int[] Sequences) Subject(StudiedModel model, string dataPath, int? limit, int least, int greatest, string usual)
    {
        int[] orders = OrdersFrom(least, greatest, usual);
        SequenceData data = model.LoadData(dataPath, "test");
        return (orders, data, StudiedModel.Spread(data.Count, limit));
    }

    /// <summary>The orders, ascending.</summary>
    /// <param name="least">The least that is possible.</param>
    /// <param name="greatest">The greatest that is possible.</param>
    /// <param name="usual">What is taken where nothing is said.</param>
    /// <exception cref="UnusableInputException">The text names no orders.</exception>
    private int[] OrdersFrom(int least, int greatest, string usual)
    {
        string text = Orders ?? usual;
        var orders = new SortedSet<int>();
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split("..");
            if (ends.Length > 2 || !TryOrder(ends[0], out int low) || !TryOrder(ends[^1], out int high) || low > high)
            {
                throw new UnusableInputException($"--orders {text}: '{part}' is no order and no range of orders; numbers from {least} to {greatest} are expected, as in 3, 1..8 or 1,2,4.");
            }

            orders.UnionWith(Enumerable.Range(low, high - low + 1));
        }

        return [.. orders];

        bool TryOrder(string order, out int value) =>
            int.TryParse(order.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= greatest;
    }
}
