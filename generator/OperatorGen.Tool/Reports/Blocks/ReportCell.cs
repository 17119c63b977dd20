using System;
using System.Globalization;
using System.Text.Json;

namespace OperatorGen.Tool.Reports;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Value">The number behind the text; null: there is none.</param>
/// <param name="Shade">From -1 to 1, how strongly the cell is coloured; 0: not.</param>
internal readonly record struct ReportCell(string Text, double? Value = null, double Shade = 0)
{
    /// <summary>A text.</summary>
    public static implicit operator ReportCell(string text) => new(text);

    /// <summary>A number, rounded.</summary>
    public static implicit operator ReportCell(double value) => new(ReportNumber.Text(value), value);

    /// <summary>A whole number.</summary>
    public static implicit operator ReportCell(int value) => new(value.ToString(CultureInfo.InvariantCulture), value);

    /// <summary>The attributes of the element.</summary>
    public string Attributes => (Value is null ? "" : " class=\"number\"")
        + (Shade == 0 ? "" : $" style=\"background:color-mix(in srgb, var(--{(Shade < 0 ? "line0" : "line1")}) {Math.Round(55 * Math.Abs(Shade)).ToString(CultureInfo.InvariantCulture)}%, transparent)\"");

    /// <summary>Writes the number, or the text where there is none.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        if (Value is { } value)
        {
            json.Number(null, value);
        }
        else
        {
            json.WriteStringValue(Text);
        }
    }
}
