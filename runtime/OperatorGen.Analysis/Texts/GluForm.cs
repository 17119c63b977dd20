namespace OperatorGen.Analysis;

/// <summary>Which of the forms of <see cref="GluDescription"/> a mixing has.</summary>
internal enum GluForm
{
    /// <summary>Value and argument are mixed.</summary>
    Split,

    /// <summary>Only the argument is mixed: the value's rows are those of the identity.</summary>
    Value,

    /// <summary>A function at the end: the value is 1.</summary>
    One,
}

/// <summary>Tells the forms apart by their numbers.</summary>
internal static class GluForms
{
    /// <summary>The form of a mixing.</summary>
    public static GluForm Of(LinearDescription mixing)
    {
        int outputs = mixing.Outputs / 2;
        return IsDiagonal(mixing, 0, 1, 0) && outputs == mixing.Inputs ? GluForm.Value
            : IsDiagonal(mixing, 0, 0, 1) ? GluForm.One
            : GluForm.Split;
    }

    /// <summary>Whether the argument is g(o) as it is.</summary>
    public static bool ArgumentIsWhole(LinearDescription mixing) => mixing.Outputs / 2 == mixing.Inputs && IsDiagonal(mixing, mixing.Outputs / 2, 1, 0);

    /// <summary>Whether the argument has a bias.</summary>
    public static bool ArgumentHasBias(LinearDescription mixing)
    {
        for (int o = mixing.Outputs / 2; o < mixing.Outputs; o++)
        {
            if (mixing.Bias(o) != 0)
            {
                return true;
            }
        }

        return false;
    }

    // Whether half of the rows are a multiple of the identity's, with one bias.
    private static bool IsDiagonal(LinearDescription mixing, int first, double diagonal, double bias)
    {
        for (int o = 0; o < mixing.Outputs / 2; o++)
        {
            if (mixing.Bias(first + o) != bias)
            {
                return false;
            }

            for (int i = 0; i < mixing.Inputs; i++)
            {
                if (mixing.Weight(first + o, i) != (o == i ? diagonal : 0))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
