using System.Globalization;

namespace OperatorGen.Tool.Conformance;

/// <summary>What came of comparing one output tensor of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Engine">What computed it.</param>
/// <param name="Precision"><c>f64</c> or <c>f32</c>.</param>
/// <param name="Tensor">The tensor's key, for example <c>out.y</c>.</param>
/// <param name="Deviation">How far it is off.</param>
/// <param name="Tolerance">How far it may be off, relative.</param>
/// <param name="Reason">Why it could not be compared; null: it was.</param>
public sealed record TensorResult(string Case, EngineKind Engine, string Precision, string Tensor, Deviation Deviation, double Tolerance, string? Reason)
{
    /// <summary>True when it was compared and is within tolerance.</summary>
    public bool Passed => Reason is null && Deviation.MaxRel <= Tolerance;

    /// <summary><c>CASE ENGINE PRECISION TENSOR max_abs=... max_rel=... PASS|FAIL</c>.</summary>
    public string Line => $"{Case} {Engine.Text()} {Precision} {Tensor} max_abs={Number(Deviation.MaxAbs)} max_rel={Number(Deviation.MaxRel)} {(Passed ? "PASS" : "FAIL")}";

    private static string Number(double value) =>
        double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? "inf" : value.ToString("0.00e+00", CultureInfo.InvariantCulture);
}
