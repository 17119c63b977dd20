namespace OperatorGen.Analysis;

/// <summary>
/// How far a block's state in double is from the real one, in the norm of the block's powers, when every step adds an error of its own:
/// <c>E_t &lt;= sum_k |T^(t-k)| delta_k</c>, with the greatest power for all of them, and again what is left after each period.
/// </summary>
internal struct BlockError(BlockPowers powers)
{
    private const double Raised = 1 + (1.0 / (1L << 40)); // covers the rounding of up to 2^12 additions; each addition brings its own below

    private double _before;
    private double _sum;
    private int _steps;

    /// <summary>At least |x~ - x|.</summary>
    public readonly double Now => _before == 0 && _sum == 0 ? 0 : powers.Growth * (_before + _sum) * Raised;

    /// <summary>One step, which adds an error.</summary>
    /// <param name="local">At least the norm of the error that the step itself makes.</param>
    public void Step(double local)
    {
        _sum = (_sum + local) * (1 + (1.0 / (1L << 51)));
        if (++_steps == powers.Period)
        {
            _before = ((powers.Factor * _before) + (powers.Growth * _sum)) * Raised;
            _sum = 0;
            _steps = 0;
        }
    }
}
