using System.Collections.Generic;
using System.Linq;
using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>Gathers the faults of one stage: at most <see cref="Limit"/> of a kind, so that a broken file is not answered with a million lines.</summary>
internal sealed class FaultCollector
{
    /// <summary>How many faults of one kind are kept.</summary>
    public const int Limit = 20;

    private const string NotListed = " Further faults of this kind are not listed.";

    private readonly List<Fault> _faults = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>True when an error was added.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>True where a further fault of that kind would not be kept: what it costs to word it can be saved.</summary>
    public bool IsFull(FaultKind kind) => _counts.TryGetValue(kind.Id, out int count) && count >= Limit;

    /// <summary>Adds a fault.</summary>
    public void Add(Fault fault)
    {
        HasErrors |= fault.Kind.Severity == FaultSeverity.Error;
        _counts.TryGetValue(fault.Kind.Id, out int count);
        _counts[fault.Kind.Id] = count + 1;
        if (count < Limit)
        {
            bool complete = count < Limit - 1 || fault.Message.EndsWith(NotListed, System.StringComparison.Ordinal);
            _faults.Add(complete ? fault : fault with { Message = fault.Message + NotListed });
        }
    }

    /// <summary>Forgets the faults of some kinds, which are consequences of another one.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <returns>This.</returns>
    public FaultCollector Without(params FaultKind[] kinds)
    {
        _faults.RemoveAll(fault => kinds.Contains(fault.Kind));
        return this;
    }

    /// <summary>Closes the stage. Without an error the value is the result.</summary>
    public StageResult<T> Result<T>(T? value)
        where T : class =>
        new(HasErrors ? null : value, InOrderOfText());

    private EquatableArray<Fault> InOrderOfText() =>
        _faults.OrderBy(fault => fault.Place?.Line ?? 0).ThenBy(fault => fault.Place?.Column ?? 0).ToEquatableArray();
}
