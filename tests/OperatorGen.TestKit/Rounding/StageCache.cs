using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OperatorGen.TestKit;

/// <summary>What a stage computes from one of the reference's intermediates, kept for the passes over further outputs. Keys are compared by reference.</summary>
internal sealed class StageCache
{
    private readonly Dictionary<(object Stage, object Argument), object> _values = new(ByReference.Instance);

    public T Of<T>(object stage, object argument, Func<T> compute)
        where T : class
    {
        if (!_values.TryGetValue((stage, argument), out object? value))
        {
            value = compute();
            _values.Add((stage, argument), value);
        }

        return (T)value;
    }

    private sealed class ByReference : IEqualityComparer<(object Stage, object Argument)>
    {
        public static ByReference Instance { get; } = new();

        public bool Equals((object Stage, object Argument) x, (object Stage, object Argument) y) =>
            ReferenceEquals(x.Stage, y.Stage) && ReferenceEquals(x.Argument, y.Argument);

        public int GetHashCode([DisallowNull] (object Stage, object Argument) key) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(key.Stage), RuntimeHelpers.GetHashCode(key.Argument));
    }
}
