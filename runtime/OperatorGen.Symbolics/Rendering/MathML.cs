using System;
using System.Globalization;
using System.Text;

namespace OperatorGen.Symbolics;

/// <summary>
/// Presentation MathML, made of the LaTeX that the formulas of an operator are written in: scripts, fractions, roots, accents, fences, upright words,
/// Greek letters, sums and products. A command beyond these is an error, never left out.
/// </summary>
public static class MathML
{
    /// <summary>A formula as one <c>math</c> element.</summary>
    /// <param name="latex">LaTeX mathematics, without dollar signs and environments.</param>
    /// <param name="display">Whether it is set as a line of its own: full-size fractions, limits below and above sums.</param>
    /// <exception cref="FormatException">The LaTeX has an unknown command or does not balance; the message says where.</exception>
    public static string FromLatex(string latex, bool display = false) =>
        (display ? "<math displaystyle=\"true\">" : "<math>") + new Reader(latex).All() + "</math>";

    /// <summary>A text inside an element.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");

    private sealed class Reader(string latex)
    {
        private int _at;

        private char Next => _at < latex.Length ? latex[_at] : '\0';

        public string All()
        {
            string row = Row();
            return _at == latex.Length ? row : throw Wrong("a closing brace or fence has no opening one");
        }

        /// <summary>Elements up to the end, a closing brace or <c>\right</c>.</summary>
        private string Row()
        {
            var row = new StringBuilder();
            bool afterOperator = true;
            while (SkipSpaces() && Next != '}' && !IsRight())
            {
                // A sign after an operator belongs to what follows it.
                bool isSign = afterOperator && (Next is '-' or '+');
                afterOperator = Next is '-' or '+' or '=' or '<' or '>' or '(' or '[' or ',' or '/' || (Next == '\\' && MathMLSymbols.IsOperator(PeekCommand()));
                string element = Scripted();
                row.Append(isSign ? element.Replace("<mo>", "<mo form=\"prefix\">") : element);
            }

            return row.ToString();
        }

        private string Scripted()
        {
            bool isLarge = Next == '\\' && MathMLSymbols.LargeOperators.ContainsKey(PeekCommand());
            string element = Atom();
            string? below = null;
            string? above = null;
            while (SkipSpaces() && ((Next == '_' && below is null) || (Next == '^' && above is null)))
            {
                bool isBelow = Next == '_';
                _at++;
                string script = Argument();
                below = isBelow ? script : below;
                above = isBelow ? above : script;
            }

            return (below, above, isLarge) switch
            {
                (null, null, _) => element,
                (null, _, false) => $"<msup>{element}{above}</msup>",
                (_, null, false) => $"<msub>{element}{below}</msub>",
                (_, _, false) => $"<msubsup>{element}{below}{above}</msubsup>",
                (null, _, true) => $"<mover>{element}{above}</mover>",
                (_, null, true) => $"<munder>{element}{below}</munder>",
                _ => $"<munderover>{element}{below}{above}</munderover>",
            };
        }

        private string Atom()
        {
            char c = Next;
            if (c == '\\')
            {
                return Command();
            }

            if (c == '{')
            {
                return Argument();
            }

            if (c is >= '0' and <= '9')
            {
                int start = _at;
                while (Next is >= '0' and <= '9' || (Next == '.' && _at + 1 < latex.Length && latex[_at + 1] is >= '0' and <= '9'))
                {
                    _at++;
                }

                string number = latex.Substring(start, _at - start);
                return $"<mn>{number}</mn>";
            }

            _at++;
            return c switch
            {
                (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => $"<mi>{c}</mi>",
                '-' => "<mo>−</mo>",
                '<' => "<mo>&lt;</mo>",
                '>' => "<mo>&gt;</mo>",
                '(' or ')' or '[' or ']' or '|' => $"<mo stretchy=\"false\">{c}</mo>",
                ':' => "<mo lspace=\"0\" rspace=\"0\">:</mo>",
                '+' or '=' or ',' or '/' or '!' or ';' => $"<mo>{c}</mo>",
                _ => throw Wrong($"'{c}' is not known here"),
            };
        }

        private string Command()
        {
            string name = PeekCommand();
            _at += name.Length + 1;
            if (MathMLSymbols.Elements.TryGetValue(name, out string? element) || MathMLSymbols.LargeOperators.TryGetValue(name, out element))
            {
                return element;
            }

            if (MathMLSymbols.Spaces.TryGetValue(name, out string? width))
            {
                return $"<mspace width=\"{width}em\"/>";
            }

            if (MathMLSymbols.FenceCharacters.TryGetValue(name, out string? fence))
            {
                return $"<mo stretchy=\"false\">{fence}</mo>";
            }

            if (MathMLSymbols.Functions.Contains(name))
            {
                return Function(name);
            }

            return name switch
            {
                "frac" or "tfrac" or "dfrac" => "<mfrac>" + Argument() + Argument() + "</mfrac>",
                "sqrt" => "<msqrt>" + Argument() + "</msqrt>",
                "hat" => Accented("^"),
                "bar" => Accented("¯"),
                "tilde" => Accented("~"),
                "mathrm" => "<mi mathvariant=\"normal\">" + Words() + "</mi>",
                "text" => "<mtext>" + Words() + "</mtext>",
                "operatorname" => Function(Words()),
                "left" => Fenced(),
                "bigl" or "Bigl" => Large("prefix"),
                "bigr" or "Bigr" => Large("postfix"),
                _ => throw Wrong($"the command \\{name} is not known here"),
            };
        }

        private string Accented(string accent) => $"<mover accent=\"true\">{Argument()}<mo>{accent}</mo></mover>";

        /// <summary>A function's name; what it is applied to follows after a small space where no fence does.</summary>
        private string Function(string name)
        {
            SkipSpaces();
            bool fence = Next is '(' or '_' or '^' || (Next == '\\' && PeekCommand() == "left");
            return $"<mi mathvariant=\"normal\">{name}</mi>" + (fence ? "" : "<mspace width=\"0.167em\"/>");
        }

        private string Fenced()
        {
            string open = Fence();
            string inside = Row();
            if (!IsRight())
            {
                throw Wrong("\\right is expected");
            }

            _at += "\\right".Length;
            string close = Fence();
            return $"<mrow><mo fence=\"true\" form=\"prefix\">{open}</mo><mrow>{inside}</mrow><mo fence=\"true\" form=\"postfix\">{close}</mo></mrow>";
        }

        private string Large(string form) => $"<mo fence=\"true\" form=\"{form}\" minsize=\"1.6em\" maxsize=\"1.6em\">{Fence()}</mo>";

        private string Fence()
        {
            if (Next == '\\')
            {
                string name = PeekCommand();
                _at += name.Length + 1;
                return MathMLSymbols.FenceCharacters.TryGetValue(name, out string? fence) ? fence : throw Wrong($"\\{name} is no fence");
            }

            return Next is '(' or ')' or '[' or ']' or '|' ? latex[_at++].ToString(CultureInfo.InvariantCulture) : throw Wrong("a fence is expected");
        }

        /// <summary>Braces with a row inside, or one element.</summary>
        private string Argument()
        {
            if (!SkipSpaces())
            {
                throw Wrong("an argument is expected");
            }

            if (Next != '{')
            {
                return Atom();
            }

            _at++;
            string row = Row();
            Close();
            return "<mrow>" + row + "</mrow>";
        }

        /// <summary>Braces with words inside.</summary>
        private string Words()
        {
            if (Next != '{')
            {
                throw Wrong("'{' is expected");
            }

            var words = new StringBuilder();
            for (_at++; _at < latex.Length && Next != '}'; _at++)
            {
                _at += Next == '\\' && _at + 1 < latex.Length ? 1 : 0;
                words.Append(Next);
            }

            Close();
            return Escape(words.ToString());
        }

        private void Close()
        {
            if (Next != '}')
            {
                throw Wrong("'}' is expected");
            }

            _at++;
        }

        private bool IsRight() => Next == '\\' && PeekCommand() == "right";

        /// <summary>The command at the backslash: letters, or one other sign.</summary>
        private string PeekCommand()
        {
            int end = _at + 1;
            while (end < latex.Length && latex[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            {
                end++;
            }

            return latex.Substring(_at + 1, Math.Max(end - _at - 1, Math.Min(1, latex.Length - _at - 1)));
        }

        /// <summary>Goes past spaces; false at the end.</summary>
        private bool SkipSpaces()
        {
            while (Next == ' ')
            {
                _at++;
            }

            return _at < latex.Length;
        }

        private FormatException Wrong(string what) =>
            new($"At character {(_at + 1).ToString(CultureInfo.InvariantCulture)} of the LaTeX {latex}: {what}.");
    }
}
