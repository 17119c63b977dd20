using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <content>The members of a model that takes tokens and gives logits.</content>
internal sealed partial class PrecisionCode
{
    private const string Tokens = "global::System.ReadOnlySpan<int> tokens";
    private const string Width = "global::OperatorGen.VectorWidth width = global::OperatorGen.VectorWidth.Widest";
    private const string TokensParameter = "/// <param name=\"tokens\">Ids, [time].</param>";
    private const string StateParameter = "/// <param name=\"state\">The state of the text; not to be used by two calls at a time.</param>";
    private const string WidthParameter = "/// <param name=\"width\">The vector width; results agree between widths up to rounding.</param>";
    private const string AllParameter = "/// <param name=\"logits\">[time, OutputWidth], row-major: row t is about the token after token t.</param>";
    private const string LastParameter = "/// <param name=\"logits\">[OutputWidth].</param>";
    private const string Faults = "An id is outside of the vocabulary, or a length does not fit";

    private void WriteTokenMembers(CodeWriter writer)
    {
        string logits = $"global::System.Span<{_type}> logits";
        writer.Member("A fresh state: all zero, no token seen.", $"public {_state} {_create}() => new {_state}({(_input.IsExternal ? "this" : "")});");
        writer.Line();
        WriteTokenMember(
            writer,
            "Takes tokens in from the given state on, gives the logits after each, and leaves the state after the last; a text may be cut anywhere.",
            [TokensParameter, AllParameter, StateParameter, WidthParameter],
            $"Forward({Tokens}, {logits}, {_state} state, {Width})",
            [
                CheckState,
                "global::OperatorGen.TokenArguments.Check(tokens, logits, Vocabulary, OutputWidth, tokens.Length);",
                "state.Run(tokens, logits, all: true, width);",
            ]);
        WriteTokenMember(
            writer,
            "Takes a whole text in from a fresh state, which is borrowed, and gives the logits after each token.",
            [TokensParameter, AllParameter],
            $"Forward({Tokens}, {logits})",
            [
                "global::OperatorGen.TokenArguments.Check(tokens, logits, Vocabulary, OutputWidth, tokens.Length);",
                $"{_state} state = {Pool}.Rent();",
                "state.Reset();",
                "state.Run(tokens, logits, all: true, global::OperatorGen.VectorWidth.Widest);",
                $"{Pool}.Return(state);",
            ]);
        WriteTokenMember(
            writer,
            "Takes tokens in from the given state on and gives the logits after the last, to the bit those of <c>Forward</c>: the way to read a prompt.",
            ["/// <param name=\"tokens\">Ids, [time]; at least one.</param>", LastParameter, StateParameter, WidthParameter],
            $"Prefill({Tokens}, {logits}, {_state} state, {Width})",
            [
                CheckState,
                "global::OperatorGen.TokenArguments.Check(tokens, logits, Vocabulary, OutputWidth, 1);",
                "state.Run(tokens, logits, all: false, width);",
            ]);
        WriteTokenMember(
            writer,
            "Takes one token in and gives the logits after it, to the bit those of <c>Forward</c>; allocates nothing.",
            ["/// <param name=\"token\">The id.</param>", LastParameter, StateParameter, WidthParameter],
            $"Step(int token, {logits}, {_state} state, {Width})",
            [
                CheckState,
                "global::System.ReadOnlySpan<int> tokens = new(in token);",
                "global::OperatorGen.TokenArguments.Check(tokens, logits, Vocabulary, OutputWidth, 1);",
                "state.Run(tokens, logits, all: false, width);",
            ]);
        WriteMany(writer);
        writer.Line("/// <summary>How well the model foretells a text from a fresh state: the sum of -ln p over all tokens but the first, in nats; 0 for fewer than two.</summary>");
        writer.Line(TokensParameter);
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">An id is outside of the vocabulary.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"public double {(_second ? "DoubleScore" : "Score")}({Tokens}) => global::OperatorGen.TokenScore.Of<{_type}>(this, tokens);");
        writer.Line();
        WriteEmbed(writer);
        WriteDecisions(writer);
        writer.Line();
        WriteState(writer);
    }

    /// <summary>The methods that <see cref="WriteTokenMembers"/> writes, as <see cref="TypeTarget.Methods"/> has those of the user.</summary>
    private IEnumerable<string> TokenMethods()
    {
        string logits = $"System.ReadOnlySpan<int>, System.Span<{_type}>";
        return
        [
            $"{_create}()", $"Forward({logits}, {_state}, OperatorGen.VectorWidth)", $"Forward({logits})", $"Prefill({logits}, {_state}, OperatorGen.VectorWidth)",
            $"Step(int, System.Span<{_type}>, {_state}, OperatorGen.VectorWidth)", ManyMethod, $"Embed({logits})", $"{(_second ? "DoubleScore" : "Score")}(System.ReadOnlySpan<int>)",
            .. _second ? [] : Decisions("int"),
        ];
    }

    /// <summary>Whether the type has members that explain a text, which the embedded tokens are given to.</summary>
    private bool ExplainsTokens => !_second && (_input.Attends || _input.Explains || _input.Attributes);

    private void WriteTokenMember(CodeWriter writer, string summary, string[] parameters, string signature, string[] body)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Lines(parameters);
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{(signature.Contains(" state,") ? StateFaults(Faults) + "; the state is unchanged" : Faults)}.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block("public void " + signature, () => writer.Lines(body));
        writer.Line();
    }

    /// <summary>The embedding by itself, which the operator calls its input.</summary>
    private void WriteEmbed(CodeWriter writer)
    {
        EmbeddingStep step = _plan.Parts.Embedding!;
        ConstantTable table = _plan[step.Table];
        writer.Line("/// <summary>The embedded tokens: what the operator, its attention and its explanations call the input.</summary>");
        writer.Line(TokensParameter);
        writer.Line("/// <param name=\"rows\">[time, InputWidth], row-major.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">An id is outside of the vocabulary, or a length does not fit.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"public {Static}void Embed({Tokens}, global::System.Span<{_type}> rows) =>");
        writer.Line($"    global::OperatorGen.TokenArguments.Embed(tokens, rows, Vocabulary, InputWidth, {(_input.IsExternal ? $"Loaded.Weights, {CSharp.Int(step.Table.Index)}" : $"{HelperReference}.{table.Name}")}, {CSharp.Int(table.Columns)}, panel: {CSharp.Int(step.Transposed ? table.Panel : 0)});");
        if (ExplainsTokens)
        {
            writer.Line();
            writer.Block($"private {Static}{_type}[] Embedded({Tokens})", () =>
            {
                writer.Line($"var rows = new {_type}[tokens.Length * InputWidth];");
                writer.Line("Embed(tokens, rows);");
                writer.Line("return rows;");
            });
        }
    }
}
