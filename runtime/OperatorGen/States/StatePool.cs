using System;
using System.Collections.Concurrent;
using System.ComponentModel;

namespace OperatorGen;

/// <summary>States that calls without one of their own borrow, reset before use, and give back.</summary>
/// <typeparam name="TState">The generated state.</typeparam>
/// <param name="create">Makes a state when none is free.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StatePool<TState>(Func<TState> create)
    where TState : class
{
    private readonly ConcurrentQueue<TState> _free = new();

    /// <summary>A state that nobody else uses until it is returned; its content is whatever the last user left.</summary>
    public TState Rent() => _free.TryDequeue(out TState? state) ? state : create();

    /// <summary>Gives a state back.</summary>
    public void Return(TState state) => _free.Enqueue(state);
}
