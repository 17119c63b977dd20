using System;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;

namespace Text;

/// <summary>
/// A picture of an explanation: the text as one reads it, and below each line its characters in boxes, orange where a character adds to the difference of logits and blue where it takes away. The depth
/// is the root of the size, so that what is small is seen.
/// </summary>
internal static class CharacterMap
{
    private const int Columns = 50;
    private const double Box = 18, Tall = 26, Reading = 22, Between = 14, Left = 20, Top = 64, Legend = 220;
    private const string Adds = "#d55e00", Takes = "#0072b2"; // Okabe and Ito 2008

    public static string Draw(CharacterExplanation explanation)
    {
        double most = explanation.Added.Max(Math.Abs) is > 0 and var largest ? largest : 1;
        (int Row, int Column)[] places = Places([.. explanation.Before, explanation.Chosen]);
        int rows = places[^1].Row + 1;
        double row = Reading + Tall + Between, width = (2 * Left) + (Columns * Box), foot = Top + (rows * row), height = foot + 62;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n");
        Label(svg, Left, 28, 17, "start", $"why “{Characters.Visible(explanation.Chosen)}” and not “{Characters.Visible(explanation.RunnerUp)}”", "font-weight=\"bold\"");
        Label(svg, Left, 48, 13, "start", FormattableString.Invariant($"what each character adds to the difference of their logits, {explanation.Attribution.Score:+0.00;-0.00;0.00}"), "fill=\"#555555\"");
        for (int place = 0; place <= explanation.Before.Length; place++)
        {
            double x = Left + (places[place].Column * Box), y = Top + (places[place].Row * row);
            bool last = place == explanation.Before.Length;
            int token = last ? explanation.Chosen : explanation.Before[place];
            Letter(svg, x + (Box / 2), y + Reading - 7, 14, token == ' ' ? "" : Characters.Visible(token), last ? "#000000" : "#333333", last);
            double share = last ? 0 : explanation.Added[place] / most;
            string edge = last ? "stroke=\"#000000\" stroke-width=\"2\"" : "stroke=\"#cccccc\" stroke-width=\"0.5\"";
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y + Reading}\" width=\"{Box}\" height=\"{Tall}\" fill=\"{Mixed(share)}\" {edge}>");
            svg.Append(CultureInfo.InvariantCulture, $"<title>{Escaped(Characters.Visible(token))} {(last ? "the explained character" : explanation.Added[place].ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture))}</title></rect>\n");
            Letter(svg, x + (Box / 2), y + Reading + (Tall / 2) + 5, 14, Characters.Visible(token), Math.Abs(Depth(share)) > 0.6 ? "#ffffff" : token is ' ' or '\n' ? "#999999" : "#222222", last);
        }

        DrawLegend(svg, foot, most);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Where each character stands: a line ends behind a blank or where the text's own line does, and within a word only where that is longer than a line.</summary>
    private static (int Row, int Column)[] Places(int[] tokens)
    {
        var places = new (int Row, int Column)[tokens.Length];
        (int row, int column) = (0, 0);
        for (int i = 0; i < tokens.Length; i++)
        {
            int word = tokens.AsSpan(i).IndexOfAny(' ', '\n') is >= 0 and var end ? end + 1 : tokens.Length - i;
            bool begins = i > 0 && tokens[i - 1] is (int)' ' or (int)'\n';
            if (column == Columns || (column > 0 && begins && (tokens[i - 1] == '\n' || (word <= Columns && column + word > Columns))))
            {
                (row, column) = (row + 1, 0);
            }

            places[i] = (row, column++);
        }

        return places;
    }

    private static void DrawLegend(StringBuilder svg, double y, double most)
    {
        const int Steps = 44;
        for (int i = 0; i < Steps; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left + (i * Legend / Steps)}\" y=\"{y}\" width=\"{(Legend / Steps) + 0.3}\" height=\"14\" fill=\"{Mixed((2.0 * i / (Steps - 1)) - 1)}\"/>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{y}\" width=\"{Legend}\" height=\"14\" fill=\"none\" stroke=\"#999999\" stroke-width=\"0.5\"/>\n");
        Label(svg, Left, y + 30, 12, "start", (-most).ToString("0.00", CultureInfo.InvariantCulture), "fill=\"#555555\"");
        Label(svg, Left + (Legend / 2), y + 30, 12, "middle", "0", "fill=\"#555555\"");
        Label(svg, Left + Legend, y + 30, 12, "end", most.ToString("+0.00", CultureInfo.InvariantCulture), "fill=\"#555555\"");
        Label(svg, Left + Legend + 24, y + 12, 12, "start", "blue takes away, orange adds; the framed character is the explained one", "fill=\"#555555\"");
    }

    private static double Depth(double share) => Math.Sign(share) * Math.Sqrt(Math.Abs(share));

    /// <summary>White for 0, the colour of the sign for 1.</summary>
    private static string Mixed(double share)
    {
        double depth = Depth(share);
        string colour = depth < 0 ? Takes : Adds;
        return "#" + string.Concat(Enumerable.Range(0, 3).Select(i =>
        {
            int full = Convert.ToInt32(colour.Substring(1 + (2 * i), 2), 16);
            return ((int)Math.Round(255 + ((full - 255) * Math.Abs(depth)))).ToString("x2", CultureInfo.InvariantCulture);
        }));
    }

    private static void Letter(StringBuilder svg, double x, double y, double size, string text, string colour, bool bold) =>
        Label(svg, x, y, text.Length > 1 ? size * 0.7 : size, "middle", text, $"fill=\"{colour}\" font-family=\"monospace\"{(bold ? " font-weight=\"bold\"" : "")}");

    private static void Label(StringBuilder svg, double x, double y, double size, string anchor, string text, string more) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\" {more}>{Escaped(text)}</text>\n");

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
