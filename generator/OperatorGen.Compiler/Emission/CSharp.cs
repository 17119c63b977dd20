using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>How numbers, names and well-known types are spelled in generated code.</summary>
internal static class CSharp
{
    /// <summary>Every generated member carries this, so that analysers and coverage leave it alone.</summary>
    public static readonly string GeneratedCode = $"[global::System.CodeDom.Compiler.GeneratedCodeAttribute(\"OperatorGen\", \"{typeof(CSharp).Assembly.GetName().Version.ToString(3)}\")]";

    /// <summary>
    /// Kernels, and what calls them, carry this: they are compiled with all optimisations at their first call. Waiting in an
    /// unoptimised tier for them to become hot would make the first sequences a hundred times slower, and measurements depend on chance.
    /// </summary>
    public const string Kernel = "[global::System.Runtime.CompilerServices.MethodImplAttribute(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    /// <summary>What makes a kernel generic over the vector width.</summary>
    public static string WidthConstraints(ElementType element) =>
        $"where TSimd : struct, global::OperatorGen.Vectors.ISimd<TVector, {Name(element)}>\n    where TVector : struct";

    /// <summary><c>float</c> or <c>double</c>.</summary>
    public static string Name(ElementType element) => element == ElementType.Single ? "float" : "double";

    /// <summary>A literal of the element type; every finite value reads back as itself.</summary>
    public static string Literal(double value, ElementType element) =>
        element == ElementType.Single ? NumberText.Format((float)value) + "f" : NumberText.Format(value) + "d";

    /// <summary>A double, infinities and not-a-number by name.</summary>
    public static string Number(double value) =>
        double.IsInfinity(value) ? $"double.{(value > 0 ? "Positive" : "Negative")}Infinity" : double.IsNaN(value) ? "double.NaN" : Literal(value, ElementType.Double);

    /// <summary>A decoder function, found by its name.</summary>
    public static string Find(DecoderFunction function) => $"global::OperatorGen.Symbolics.DecoderFunctions.Find({Literal(function.Name)})!";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static string Bool(bool value) => value ? "true" : "false";

    /// <summary>An integer.</summary>
    public static string Int(long value) => NumberText.Format(value);

    /// <summary>A number of things: <c>1 channel</c>, <c>2 channels</c>.</summary>
    public static string Count(int count, string noun) => $"{Int(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>An integer with groups of three digits, for people.</summary>
    public static string Grouped(long value)
    {
        string digits = Int(value);
        var text = new StringBuilder();
        for (int i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % 3 == 0)
            {
                text.Append(',');
            }

            text.Append(digits[i]);
        }

        return text.ToString();
    }

    /// <summary>A name as an identifier: with @ where it is a keyword, or may be read as one.</summary>
    public static string Identifier(string name) => s_keywords.Contains(name) ? "@" + name : name;

    /// <summary>A namespace with its parts as identifiers.</summary>
    public static string Qualified(string space) => string.Join(".", space.Split('.').Select(Identifier));

    /// <summary>A string literal.</summary>
    public static string Literal(string text) => QuotedText.Of(text);

    /// <summary>A string of several lines, each with a line feed: one literal a line, at an indentation of 4.</summary>
    public static string Lines(string text) => string.Join(" +\n    ", text.TrimEnd('\n').Split('\n').Select(line => Literal(line).Insert(Literal(line).Length - 1, "\\n")));

    /// <summary>Text inside an XML comment.</summary>
    public static string Xml(string text)
    {
        var safe = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                safe.Append(text, i++, 2);
                continue;
            }

            safe.Append(text[i] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\n' => "\n",
                < ' ' or '\u007f' or '\ufffe' or '\uffff' or '\u0085' or '\u2028' or '\u2029' or (>= '\ud800' and <= '\udfff') => "?",
                char c => c.ToString(),
            });
        }

        return safe.ToString();
    }

    /// <summary>The vector expression of a decoder function.</summary>
    /// <exception cref="ArgumentException">No vector code is known for the function.</exception>
    public static string Function(DecoderFunction function, string argument, ElementType element) =>
        function is PolynomialFunction polynomial ? Horner(polynomial, argument)
        : s_classes.TryGetValue(function.Name, out string? name) ? Invoke(name, argument, element)
        : throw new ArgumentException($"No vector code is known for the function {function.Name}.", nameof(function));

    /// <summary>The vector expression of e to the power of an argument.</summary>
    public static string Exponential(string argument, ElementType element) => Invoke("Exponential", argument, element);

    private static string Invoke(string name, string argument, ElementType element) =>
        $"global::OperatorGen.Vectors.{name}.Invoke<TSimd, TVector, {Name(element)}>({argument})";

    private static string Horner(PolynomialFunction polynomial, string argument)
    {
        IReadOnlyList<BigRational> coefficients = polynomial.Coefficients;
        string text = Constant(coefficients[coefficients.Count - 1]);
        for (int k = coefficients.Count - 2; k >= 0; k--)
        {
            text = $"TSimd.MultiplyAdd({text}, {argument}, {Constant(coefficients[k])})";
        }

        return text;
    }

    private static string Constant(BigRational value) => $"TSimd.Constant({Literal(value.ToDouble(), ElementType.Double)})";

    private static readonly Dictionary<string, string> s_classes = new(StringComparer.Ordinal)
    {
        ["identity"] = "Identity",
        ["gelu-erf"] = "GeluErf",
        ["gelu-tanh"] = "GeluTanh",
        ["silu"] = "Silu",
        ["sigmoid"] = "Sigmoid",
        ["tanh"] = "Tanh",
        ["softplus"] = "Softplus",
        ["relu"] = "Relu",
        ["exp"] = "Exponential",
    };

    private static readonly HashSet<string> s_keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do " +
         "double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface " +
         "internal is lock long namespace new null object operator out override params private protected public readonly " +
         "ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint " +
         "ulong unchecked unsafe ushort using virtual void volatile while allows async await dynamic extension field " +
         "file managed nint notnull nuint partial record required scoped unmanaged var where yield").Split(' '),
        StringComparer.Ordinal);
}
