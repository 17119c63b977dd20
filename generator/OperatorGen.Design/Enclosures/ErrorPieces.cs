using System;

namespace OperatorGen.Symbolics;

/// <summary>
/// The difference g - p on a piece [c - r, c + r]: with the Taylor coefficients of g at c below a power m, those of g over the whole piece at m (Lagrange's
/// remainder), and those of p exactly, it is a polynomial in y = x - c with interval coefficients. m is the power whose remainder is least.
/// </summary>
internal sealed class ErrorPieces
{
    private const int GreatestRemainderOrder = 10;

    private readonly FunctionEnclosure _function;
    private readonly ShiftedPolynomial _polynomial;
    private readonly Interval[] _atCentre;
    private readonly Interval[] _onPiece;
    private readonly Interval[] _difference;

    public ErrorPieces(FunctionEnclosure function, ShiftedPolynomial polynomial)
    {
        _function = function;
        _polynomial = polynomial;
        int remainderOrder = Math.Min(polynomial.Degree + 2, GreatestRemainderOrder);
        _atCentre = new Interval[remainderOrder + 1];
        _onPiece = new Interval[remainderOrder + 1];
        _difference = new Interval[Math.Max(remainderOrder, polynomial.Degree) + 1];
    }

    /// <summary>The enclosure on a piece.</summary>
    public PieceRange OnPiece(Interval piece)
    {
        double centre = piece.Midpoint;
        ReadOnlySpan<Interval> p = _polynomial.About(centre);
        if (piece.IsPoint)
        {
            Interval value = _function.Values(centre) - p[0];
            return new(value, value);
        }

        double radius = Math.Max(Outward.SumUp(piece.High, -centre), Outward.SumUp(centre, -piece.Low));
        _function.Jet(centre, _atCentre);
        _function.Jet(piece, _onPiece);
        int m = RemainderOrder(radius);
        for (int k = 0; k < _difference.Length; k++)
        {
            Interval g = k < m ? _atCentre[k] : k == m ? _onPiece[k] : default;
            _difference[k] = k < p.Length ? g - p[k] : g;
        }

        return new(TaylorForm.Range(_difference.AsSpan(0, Math.Max(m + 1, p.Length)), radius), _atCentre[0] - p[0]);
    }

    private int RemainderOrder(double radius)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        double power = 1;
        for (int m = 0; m < _onPiece.Length; m++)
        {
            double remainder = Math.Max(_onPiece[m].High - _atCentre[m].Low, _atCentre[m].High - _onPiece[m].Low) * power;
            if (remainder < least)
            {
                least = remainder;
                best = m;
            }

            power *= radius;
        }

        return best;
    }
}
