using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Numerics;
using OperatorGen;

namespace Text;

/// <summary>The command line: options, their ranges, and what is wrong with them.</summary>
internal static class TextCommand
{
    private const int Unusable = 2;
    private const int UsualLength = 300;

    /// <summary>Runs the program and returns the exit code: 0, or 2 where an option or a file cannot be used.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        Option<string> prompt = new("--prompt") { Description = "What the text begins with.", DefaultValueFactory = _ => "In the beginning" };
        Option<int?> length = Number<int?>("--length", $"How many characters are written; {UsualLength}, with --explain 1.", null, n => n >= 0, "0 or more");
        Option<long> seed = Number("--seed", "Where chance starts: the same seed gives the same text.", 1L, _ => true, "a whole number");
        Option<double> temperature = Number("--temperature", "What logits are divided by; 0: always the likeliest character.", 0.8, t => t >= 0 && double.IsFinite(t), "finite, 0 or more");
        Option<int> topK = Number("--top-k", "Only so many of the likeliest characters; 0: all.", 0, k => k >= 0, "0 or more");
        Option<double> topP = Number("--top-p", "Only the likeliest characters that together have this probability.", 0.95, p => p is >= 0 and <= 1, "from 0 to 1");
        Option<double> penalty = Number("--penalty", "What the logits of the last 64 characters are lowered by; 1: nothing.", 1.0, r => r > 0 && double.IsFinite(r), "finite and above 0");
        Option<string?> text = new("--text") { Description = "A whole training text: the n-gram models learn its first nine tenths in place of data/train.txt." };
        Option<bool> explain = new("--explain") { Description = "Explains the last character: which of those before it carry its logit less the runner-up's." };
        Option<string> svg = new("--svg") { Description = "Where the picture of the explanation goes.", DefaultValueFactory = _ => "explain.svg" };
        Option<string?> tokenizer = new("--tokenizer") { Description = "gpt2, or a file tokenizer.json of a byte-level BPE: shows how it cuts the prompt, and nothing else." };
        var root = new RootCommand("A text that the program writes itself: a language model of 977,216 parameters, and why it wrote a character.")
        {
            prompt, length, seed, temperature, topK, topP, penalty, text, explain, svg, tokenizer,
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError fault in parsed.Errors)
            {
                error.WriteLine(fault.Message);
            }

            error.WriteLine("--help lists the options.");
            return Unusable;
        }

        root.SetAction(result => Guarded(error, () => new TextProgram(
            new Page(output),
            new TextOptions(
                result.GetValue(prompt)!,
                result.GetValue(length) ?? (result.GetValue(explain) ? 1 : UsualLength),
                new SamplingOptions
                {
                    Seed = result.GetValue(seed),
                    Temperature = result.GetValue(temperature),
                    TopK = result.GetValue(topK),
                    TopP = result.GetValue(topP),
                    RepetitionPenalty = result.GetValue(penalty),
                    RepetitionWindow = 64,
                },
                result.GetValue(text),
                result.GetValue(explain),
                result.GetValue(svg)!,
                result.GetValue(tokenizer))).Run()));
        return root.Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }

    /// <summary>What the user can do something about is one line; anything else is a fault of the program.</summary>
    private static int Guarded(TextWriter error, Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or UnusableException)
        {
            error.WriteLine(fault.Message);
            return Unusable;
        }
    }

    private static Option<T> Number<T>(string name, string description, T standard, Func<T, bool> legal, string range)
    {
        return new Option<T>(name) { Description = description, DefaultValueFactory = _ => standard, CustomParser = Parse };

        T? Parse(ArgumentResult result)
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (TryParse<T>(text) is T value && legal(value))
            {
                return value;
            }

            result.AddError($"{name} is '{text}'; it has to be {range}.");
            return default;
        }
    }

    private static object? TryParse<T>(string text)
    {
        Type type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type == typeof(int) ? Parsed<int>(text) : type == typeof(long) ? Parsed<long>(text) : Parsed<double>(text);
    }

    private static object? Parsed<T>(string text)
        where T : INumber<T> => T.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out T? value) ? value : null;
}
