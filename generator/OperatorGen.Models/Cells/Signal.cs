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

/// <summary>An affine function of every component: <c>y_i = factor x_i + offset_i</c>.</summary>
/// <param name="Source">x.</param>
/// <param name="Factor">The factor.</param>
/// <param name="Offset">The summands, shape [width]; null: 0.</param>
public sealed record AffineSignal(Signal Source, double Factor, Tensor? Offset) : Signal(Source.Width);

/// <summary>Every component between two limits: <c>y_i = min(max(x_i, lower), upper)</c>.</summary>
/// <param name="Source">x.</param>
/// <param name="Lower">The lower limit; minus infinity: none.</param>
/// <param name="Upper">The upper limit; infinity: none.</param>
public sealed record ClampedSignal(Signal Source, double Lower, double Upper) : Signal(Source.Width);

/// <summary>
/// Complex gates of the pairs (re, im) of a signal, of magnitude sigmoid(|x|) and the pair's angle:
/// <c>y = sigmoid(|x|) x / |x|</c>, and 1/2 where x is 0 (GateLoop, lucidrains/gateloop-transformer).
/// </summary>
/// <param name="Source">Pairs, an even width.</param>
public sealed record PolarSignal(Signal Source) : Signal(Source.Width);
