namespace OperatorGen.Symbolics;

/// <summary>What several functions do with Taylor coefficients.</summary>
internal static class Jets
{
    /// <summary>The coefficients of x f(x) about a centre: centre f_k + f_(k-1).</summary>
    public static double[] TimesArgument(double[] f, double centre, int order)
    {
        var product = new double[order + 1];
        for (int k = 0; k <= order; k++)
        {
            product[k] = (centre * f[k]) + (k == 0 ? 0 : f[k - 1]);
        }

        return product;
    }
}
