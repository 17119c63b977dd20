namespace OperatorGen.Compiler.Plans;

/// <summary>Floating-point operations of plan steps, per time step; an addition, a multiplication and a division count one each.</summary>
public static class OperationCount
{
    /// <summary>
    /// What one step costs for one time step, without padding; a function of a number counts as <see cref="FunctionCost"/>.
    /// </summary>
    public static long Of(PlanStep step) => step switch
    {
        LoadInputStep s => s.Scale < 0 ? 0 : 2L * s.Target.Width,
        LinearStep s => 2L * s.Source.Width * s.Outputs,
        LayerNormStep s => 7L * s.Source.Width,
        AffineStep s => 2L * s.Source.Width,
        ConvolutionStep s => 2L * s.Taps * s.Source.Width,
        MapStep s => FunctionCost(s.Function) * s.Source.Width,
        ScanStep s => ((s.Complex ? 12L : 4L) * s.Modes * s.Source.Width) + (s.Skip < 0 ? 0 : s.Source.Width),
        SelectiveScanStep s => (((FunctionCost("exp") + 6L) * s.Modes) + 2L) * s.Source.Width,
        GateStep s => (FunctionCost(s.Function) + 1L) * s.Value.Width,
        AddStep s => s.Source.Width,
        PoolStep s => s.Source.Width,
        SoftmaxStep s => (FunctionCost("exp") + 4L) * s.Source.Width,
        _ => 0,
    };

    /// <summary>What all steps of a plan cost for one time step; the head of a pooled model is not counted.</summary>
    public static long PerTimeStep(EvaluationPlan plan)
    {
        long sum = 0;
        foreach (PlanStep step in plan.Steps)
        {
            sum += Of(step);
        }

        return sum;
    }

    /// <summary>The operations of a function, by its name: what its vector code executes, about.</summary>
    public static long FunctionCost(string function) => function switch
    {
        "identity" => 0,
        "relu" => 1,
        _ => 20,
    };
}
