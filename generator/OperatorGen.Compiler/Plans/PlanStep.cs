namespace OperatorGen.Compiler.Plans;

/// <summary>One step of a plan: it reads views and writes one, for all time steps of a chunk.</summary>
/// <param name="Heading">Whose part this is, for example <c>s4_layers.0</c>.</param>
public abstract record PlanStep(string Heading);

/// <summary>x_t = scale * input_t + offset, into a padded row.</summary>
/// <param name="Target">Where to; width = input width.</param>
/// <param name="Scale">Index of the table of factors; -1: the input as it is.</param>
/// <param name="Offset">Index of the table of summands; -1 with <paramref name="Scale"/>.</param>
public sealed record LoadInputStep(PlanView Target, int Scale, int Offset) : PlanStep("input");

/// <summary>y_t = W x_t + b.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; its columns are those of the weight table.</param>
/// <param name="Outputs">The outputs of all parts of y together.</param>
/// <param name="Weight">Table of W transposed, one row per input.</param>
/// <param name="Bias">Table of b; -1: none.</param>
public sealed record LinearStep(string Heading, PlanView Source, PlanView Target, int Outputs, int Weight, int Bias) : PlanStep(Heading);

/// <summary>y = (x - mean) / sqrt(var + epsilon) * weight + bias over the channels of each time step.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be x.</param>
/// <param name="Table">Three rows: weight, bias, and a mask that is 1 on channels and 0 on padding.</param>
/// <param name="Epsilon">What is added to the variance.</param>
public sealed record LayerNormStep(string Heading, PlanView Source, PlanView Target, int Table, double Epsilon) : PlanStep(Heading);

/// <summary>y = factor x + summand, channel by channel.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be x.</param>
/// <param name="Table">Two rows: factor, summand.</param>
public sealed record AffineStep(string Heading, PlanView Source, PlanView Target, int Table) : PlanStep(Heading);

/// <summary>v'_t = bias + sum_j weight_j v_{t-taps+1+j}, channel by channel.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v, in a buffer with <paramref name="Taps"/> leading rows.</param>
/// <param name="Target">v'.</param>
/// <param name="Taps">The number of taps.</param>
/// <param name="Weight">Table with one row per tap, oldest first.</param>
/// <param name="Bias">Table of one row; -1: none.</param>
/// <param name="Slot">The state slot that holds the last <paramref name="Taps"/> inputs.</param>
public sealed record ConvolutionStep(string Heading, PlanView Source, PlanView Target, int Taps, int Weight, int Bias, int Slot) : PlanStep(Heading);

/// <summary>y = f(x), element by element.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">y; may be x.</param>
/// <param name="Function">The decoder function's name.</param>
public sealed record MapStep(string Heading, PlanView Source, PlanView Target, string Function) : PlanStep(Heading);

/// <summary>The constant recurrence: s_t = lambda s_{t-1} + v_t, o_t = D v_t + sum_k Re(w_k s_t[k]), per channel.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Target">o; not v.</param>
/// <param name="Modes">K.</param>
/// <param name="Complex">Whether the state is complex.</param>
/// <param name="Transition">Table of lambda: per mode one row, or two (re, im).</param>
/// <param name="Weight">Table of w: per mode one row, or two (re, im).</param>
/// <param name="Skip">Table of D; -1: none.</param>
/// <param name="Slot">The state slot: per mode one row, or two (re, im).</param>
public sealed record ScanStep(string Heading, PlanView Source, PlanView Target, int Modes, bool Complex, int Transition, int Weight, int Skip, int Slot)
    : PlanStep(Heading);

/// <summary>
/// The selective recurrence: s_t[k] = e^(Delta_t A[k]) s_{t-1}[k] + Delta_t B_t[k] v_t, o_t = D v_t + sum_k C_t[k] s_t[k], per channel.
/// </summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">v.</param>
/// <param name="Target">o; not v.</param>
/// <param name="Modes">K.</param>
/// <param name="Transition">Table of A, one row per mode.</param>
/// <param name="Delta">Delta_t, one per channel.</param>
/// <param name="B">B_t, one per mode.</param>
/// <param name="C">C_t, one per mode.</param>
/// <param name="Skip">Table of D; -1: none.</param>
/// <param name="Slot">The state slot, one row per mode.</param>
public sealed record SelectiveScanStep(
    string Heading, PlanView Source, PlanView Target, int Modes, int Transition, PlanView Delta, PlanView B, PlanView C, int Skip, int Slot)
    : PlanStep(Heading);

/// <summary>h = value * f(gate), element by element.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Value">The value.</param>
/// <param name="Gate">The gate's argument.</param>
/// <param name="Function">The gate's function.</param>
/// <param name="Target">h; may be the value.</param>
public sealed record GateStep(string Heading, PlanView Value, PlanView Gate, string Function, PlanView Target) : PlanStep(Heading);

/// <summary>target = target + x: the residual stream.</summary>
/// <param name="Heading">Whose part.</param>
/// <param name="Source">x.</param>
/// <param name="Target">What is added to.</param>
public sealed record AddStep(string Heading, PlanView Source, PlanView Target) : PlanStep(Heading);

/// <summary>The running sums over time, in double, and the count.</summary>
/// <param name="Source">What is summed.</param>
public sealed record PoolStep(PlanView Source) : PlanStep("pooling");

/// <summary>The mean of what was summed, into row 0 of a view.</summary>
/// <param name="Target">Where to.</param>
public sealed record MeanStep(PlanView Target) : PlanStep("pooling");

/// <summary>The chunk's last row, into the state.</summary>
/// <param name="Source">What is kept.</param>
/// <param name="Slot">The state slot of one row.</param>
public sealed record KeepStep(PlanView Source, int Slot) : PlanStep("pooling");

/// <summary>The row that was kept, into row 0 of a view.</summary>
/// <param name="Target">Where to.</param>
/// <param name="Slot">The state slot of one row.</param>
public sealed record RecallStep(PlanView Target, int Slot) : PlanStep("pooling");

/// <summary>y_i = e^(x_i - m) / sum_j e^(x_j - m), m = max x, or its logarithm (x_i - m) - log sum_j e^(x_j - m), row by row.</summary>
/// <param name="Source">x.</param>
/// <param name="Target">y; not x.</param>
/// <param name="Log">Whether it is the logarithm.</param>
public sealed record SoftmaxStep(PlanView Source, PlanView Target, bool Log) : PlanStep("output");

/// <summary>The rows without their padding, into the output.</summary>
/// <param name="Source">What is stored.</param>
public sealed record StoreOutputStep(PlanView Source) : PlanStep("output");
