using System.Globalization;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>
/// Polynomials in JSON:
/// <c>{"degree":3,"terms":[{"coefficient":0.5,"exact":"1/2","monomial":[[0,1],[3,2]]}]}</c>, the monomial as pairs of variable index and power.
/// </summary>
public static class ExpressionJson
{
    /// <summary>The terms in canonical order; the degree of 0 is -1.</summary>
    public static string Render<T, TRing>(Polynomial<T, TRing> polynomial)
        where TRing : struct, IRing<T>
    {
        StringBuilder json = new StringBuilder().Append("{\"degree\":").Append(Digits(polynomial.Degree)).Append(",\"terms\":[");
        for (int i = 0; i < polynomial.Count; i++)
        {
            json.Append(i == 0 ? "" : ",").Append(Render(polynomial[i]));
        }

        return json.Append("]}").ToString();
    }

    /// <summary>One term: the coefficient in doubles, the exact coefficient, the monomial.</summary>
    public static string Render<T>(Term<T> term)
    {
        CoefficientNotation<T> notation = CoefficientNotation<T>.Default;
        return "{\"coefficient\":" + notation.Json(term.Coefficient)
            + ",\"exact\":" + notation.ExactJson(term.Coefficient)
            + ",\"monomial\":" + Render(term.Monomial) + "}";
    }

    /// <summary>Pairs of variable index and power: <c>[[0,1],[3,2]]</c>.</summary>
    public static string Render(Monomial monomial)
    {
        StringBuilder json = new StringBuilder().Append('[');
        foreach (Factor factor in monomial)
        {
            json.Append(json.Length == 1 ? "[" : ",[").Append(Digits(factor.Variable)).Append(',').Append(Digits(factor.Power)).Append(']');
        }

        return json.Append(']').ToString();
    }

    private static string Digits(int value) => value.ToString(CultureInfo.InvariantCulture);
}
