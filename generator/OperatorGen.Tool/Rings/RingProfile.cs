using System;
using System.Linq;
using OperatorGen.Analysis;
using OperatorGen.Symbolics;
using OperatorGen.Tool.Drawing;

namespace OperatorGen.Tool.Rings;

/// <summary>A quantity by node or by distance, as bars on the node axis of the activity: with a sign where it is real, else with its modulus, in the colour of its phase.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Axis">What is counted upwards.</param>
/// <param name="First">The number of the lowest bar.</param>
/// <param name="Count">The number of bars.</param>
/// <param name="Value">The quantity.</param>
/// <param name="Apart">A bar that has no say in the scale: where it is longer than the plot, it ends at the edge and its value is below; null: none.</param>
internal sealed record RingProfile(string Title, string Axis, int First, int Count, Func<int, ComplexNumber> Value, int? Apart = null)
{
    /// <summary>Draws the bars.</summary>
    public void Draw(SvgDocument document, SvgBox box, RingForm form)
    {
        ComplexNumber[] values = [.. Enumerable.Range(First, Count).Select(Value)];
        double largest = values.Where((_, i) => i + First != Apart || Count == 1).Max(value => value.Magnitude);
        largest = largest > 0 ? largest : 1;
        double zero = form == RingForm.Real ? box.X + (box.Width / 2) : box.X;
        double reach = form == RingForm.Real ? box.Width / 2 : box.Width;
        double row = box.Height / Count;
        double thickness = Math.Max(0.5, row > 4 ? row - 1 : row);
        for (int i = 0; i < Count; i++)
        {
            double ratio = (form == RingForm.Real ? values[i].Re : values[i].Magnitude) / largest;
            double length = reach * Math.Clamp(ratio, -1, 1);
            SvgPaint colour = form == RingForm.Real ? SvgColours.Diverging(length < 0 ? -0.85 : 0.85) : SvgColours.Phase(0.85, values[i].Phase);
            double middle = box.Bottom - (row * (i + 0.5));
            document.Rectangle(new SvgBox(Math.Min(zero, zero + length), middle - (thickness / 2), Math.Abs(length), thickness), colour);
        }

        document.Line(zero, box.Y, zero, box.Bottom, SvgColours.Ink);
        document.Outline(box);
        double apart = Apart is { } place && Value(place).Magnitude > largest ? form == RingForm.Real ? Value(place).Re : Value(place).Magnitude : 0;
        document.Text(box.X, box.Y - 8, Title, size: 13, bold: true);
        if (apart != 0)
        {
            document.Text(box.X, box.Bottom + 45, $"{NumberText.Format(apart, 2)} at {Apart}, cut", size: 11);
        }

        string end = NumberText.Format(largest, 2);
        document.Text(box.Right, box.Bottom + 15, end, SvgAnchor.End, 11);
        document.Text(box.X, box.Bottom + 15, form == RingForm.Real ? "−" + end : "0", size: 11);
        document.Text(box.X + (box.Width / 2), box.Bottom + 30, form == RingForm.Real ? Title : "modulus", SvgAnchor.Middle, 11);
        RingActivityMap.Nodes(document, box, First, Count, Axis);
    }
}
