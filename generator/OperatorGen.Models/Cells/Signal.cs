using OperatorGen.Symbolics;

namespace OperatorGen.Models;

/// <summary>A vector computed at every time step from the cells' input v_t: what makes a cell selective.</summary>
/// <param name="Width">The number of its components.</param>
public abstract record Signal(int Width);

/// <summary>v_t itself.</summary>
/// <param name="Width">The width of v.</param>
public sealed record CellInputSignal(int Width) : Signal(Width);

/// <summary>A linear map of a signal.</summary>
/// <param name="Source">What is mapped.</param>
/// <param name="Projection">The map.</param>
/// <param name="Name">Upstream's name of the map, for example <c>x_proj</c>.</param>
public sealed record ProjectedSignal(Signal Source, Linear Projection, string Name) : Signal(Projection.Outputs);

/// <summary>Consecutive components of a signal.</summary>
/// <param name="Source">What is cut.</param>
/// <param name="Start">The first component.</param>
/// <param name="Width">How many.</param>
public sealed record SlicedSignal(Signal Source, int Start, int Width) : Signal(Width);

/// <summary>A function applied to every component of a signal.</summary>
/// <param name="Source">What it is applied to.</param>
/// <param name="Function">The function.</param>
public sealed record MappedSignal(Signal Source, DecoderFunction Function) : Signal(Source.Width);
