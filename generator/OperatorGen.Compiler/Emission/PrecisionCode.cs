using System;
using System.Collections.Generic;
using System.Linq;
using OperatorGen.Compiler.Plans;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Emission;

/// <summary>The part of a generated file that belongs to one precision: its members, its state, its kernels and constants.</summary>
internal sealed partial class PrecisionCode
{
    private readonly EmissionInput _input;
    private readonly EvaluationPlan _plan;
    private readonly KernelSet _kernels = new();
    private readonly StepCode _steps;
    private readonly string _type;
    private readonly string _state;
    private readonly string _create;
    private readonly bool _second;

    /// <summary>Prepares the text.</summary>
    /// <param name="input">All that the file depends on.</param>
    /// <param name="plan">The plan of this precision.</param>
    /// <param name="second">True for the second precision of a type that has both.</param>
    public PrecisionCode(EmissionInput input, EvaluationPlan plan, bool second)
    {
        _input = input;
        _plan = plan;
        _second = second;
        _type = CSharp.Name(plan.Element);
        _state = (second ? "Double" : "") + (plan.IsCausal ? "State" : "Evaluator");
        _create = second ? "CreateDoubleState" : "CreateState";
        _steps = new StepCode(plan, HelperReference, _kernels);
    }

    /// <summary>The file-local class of kernels and constants. The file declares one other type beside it: the outermost, which must not have its name.</summary>
    private string HelperName
    {
        get
        {
            string name = _input.Target.Name + (_plan.Element == ElementType.Single ? "SingleCode" : "DoubleCode");
            return _input.Target.Containing.Count > 0 && _input.Target.Containing[0].Name == name ? name + "_" : name;
        }
    }

    /// <summary>How the type names that class: in full, since a member of the type, or of one around it, may have its name.</summary>
    private string HelperReference => "global::" + (_input.Target.Namespace is { } space ? CSharp.Qualified(space) + "." : "") + CSharp.Identifier(HelperName);

    /// <summary>The pool of states, a member of the class that all instances share.</summary>
    public string PoolDeclaration => $"internal static readonly global::OperatorGen.StatePool<{_state}> {PoolName} = new(static () => new {_state}());";

    private string PoolName => _state + "s";

    /// <summary>How members reach what is made of the numbers once: it is kept by the instance, where these come from a file, else by all instances together.</summary>
    private string Kept => _input.IsExternal ? "Loaded" : "Shared";

    /// <summary>How members reach the pool of states.</summary>
    private string Pool => _input.IsExternal ? "Loaded.States" : "Shared." + PoolName;

    /// <summary>A state is one of this instance, where instances have weights of their own.</summary>
    private string CheckState => _input.IsExternal
        ? "global::OperatorGen.SequenceArguments.CheckOwner(state, Loaded.StateLayout);"
        : "global::System.ArgumentNullException.ThrowIfNull(state);";

    /// <summary>What the documentation says of the arguments of a call with a state.</summary>
    private string StateFaults(string faults) => _input.IsExternal
        ? "Another instance made the state, " + (faults.Contains(" or ") ? "" : "or ") + char.ToLowerInvariant(faults[0]) + faults.Substring(1)
        : faults;

    /// <summary>Members that need numbers belong to the instance where these come from a file.</summary>
    private string Static => _input.IsExternal ? "" : "static ";

    /// <summary>Writes how a type with external weights is loaded; nothing for others.</summary>
    public void WriteExternal(CodeWriter writer)
    {
        if (_input.IsExternal)
        {
            new ExternalCode(_input, _plan, _plan.IsCausal ? _state : "Shared." + _state).Write(writer);
        }
    }

    /// <summary>Writes Forward, Step, ForwardBatch and the state; of a model that is not causal, what evaluates whole sequences.</summary>
    public void WriteMembers(CodeWriter writer)
    {
        if (_plan.Vocabulary is not null)
        {
            WriteTokenMembers(writer);
            return;
        }

        if (!_plan.IsCausal)
        {
            WriteWholeMembers(writer);
            return;
        }

        string row = _plan.Pooled ? $"[OutputWidth], that of {(_plan.SumWidth > 0 ? "the mean over all samples" : "the last sample")} seen" : "[time, OutputWidth], row-major";
        string rows = $"global::System.ReadOnlySpan<{_type}> input, global::System.Span<{_type}> output";
        string pool = Pool;
        writer.Member($"A fresh state: all zero, no sample seen.", $"public {_state} {_create}() => new {_state}({(_input.IsExternal ? "this" : "")});");
        writer.Line();
        writer.Line("/// <summary>Evaluates a sequence from the given state on and leaves the state after its last sample; a sequence may be cut anywhere.</summary>");
        writer.Line("/// <param name=\"input\">[time, InputWidth], row-major.</param>");
        writer.Line($"/// <param name=\"output\">{row}.</param>");
        writer.Line("/// <param name=\"state\">The state of the sequence; not to be used by two calls at a time.</param>");
        writer.Line("/// <param name=\"width\">The vector width; results agree between widths up to rounding.</param>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{StateFaults("A length does not fit, the spans overlap, or a pooled model has seen no sample")}; the state is unchanged.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block($"public void Forward({rows}, {_state} state, global::OperatorGen.VectorWidth width = global::OperatorGen.VectorWidth.Widest)", () =>
        {
            writer.Line(CheckState);
            writer.Line($"int steps = global::OperatorGen.SequenceArguments.Check(input, output, InputWidth, OutputWidth, Pooled, state.Steps);");
            CheckLength(writer, "steps", "state.Steps", whole: false);
            writer.Line("state.Run(input, output, steps, width);");
        });
        writer.Line();
        writer.Line("/// <summary>Evaluates a whole sequence from a fresh state, which is borrowed.</summary>");
        writer.Line("/// <param name=\"input\">[time, InputWidth], row-major.</param>");
        writer.Line($"/// <param name=\"output\">{row}.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, the spans overlap, or a pooled model has seen no sample.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block($"public void Forward({rows})", () =>
        {
            writer.Line("int steps = global::OperatorGen.SequenceArguments.Check(input, output, InputWidth, OutputWidth, Pooled, 0L);");
            CheckLength(writer, "steps", "0L", whole: true);
            writer.Line($"{_state} state = {pool}.Rent();");
            writer.Line("state.Reset();");
            writer.Line("state.Run(input, output, steps, global::OperatorGen.VectorWidth.Widest);");
            writer.Line($"{pool}.Return(state);");
        });
        writer.Line();
        writer.Line("/// <summary>Takes one sample and gives what <c>Forward</c> gives for the samples seen so far, to the bit; allocates nothing.</summary>");
        writer.Line("/// <param name=\"sample\">[InputWidth].</param>");
        writer.Line("/// <param name=\"output\">[OutputWidth].</param>");
        writer.Line("/// <param name=\"state\">The state of the sequence.</param>");
        writer.Line("/// <param name=\"width\">The vector width.</param>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{StateFaults("A length does not fit, or the spans overlap")}; the state is unchanged.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block($"public void Step(global::System.ReadOnlySpan<{_type}> sample, global::System.Span<{_type}> output, {_state} state, global::OperatorGen.VectorWidth width = global::OperatorGen.VectorWidth.Widest)", () =>
        {
            writer.Line(CheckState);
            writer.Line("global::OperatorGen.SequenceArguments.CheckStep(sample, output, InputWidth, OutputWidth);");
            CheckLength(writer, "1", "state.Steps", whole: false);
            writer.Line("state.Run(sample, output, 1, width);");
        });
        writer.Line();
        WriteMany(writer);
        WriteBatch(writer, pool);
        writer.Line();
        WriteTensors(writer, pool);
        WriteDecisions(writer);
        writer.Line();
        WriteState(writer);
    }

    /// <summary>The methods that <see cref="WriteMembers"/> writes, as <see cref="TypeTarget.Methods"/> has those of the user.</summary>
    public IEnumerable<string> Methods() => _input.IsExternal ? OwnMethods().Concat(ExternalCode.Methods) : OwnMethods();

    private IEnumerable<string> OwnMethods()
    {
        if (_plan.Vocabulary is not null)
        {
            return TokenMethods();
        }

        string rows = $"System.ReadOnlySpan<{_type}>, System.Span<{_type}>";
        string tensors = $"ref System.Numerics.Tensors.ReadOnlyTensorSpan<{_type}>, ref System.Numerics.Tensors.TensorSpan<{_type}>";
        string batch = $"ForwardBatch(System.ReadOnlyMemory<{_type}>, System.ReadOnlySpan<int>, System.Memory<{_type}>, int, System.Threading.CancellationToken)";
        string[] decisions = [.. Decisions(_type)];
        if (!_plan.IsCausal)
        {
            return [$"Forward({rows})", $"Forward({rows}, OperatorGen.VectorWidth)", $"Forward({tensors})", batch, .. decisions];
        }

        return
        [
            $"{_create}()",
            $"Forward({rows}, {_state}, OperatorGen.VectorWidth)",
            $"Forward({rows})",
            $"Forward({rows}, {_state}, bool)",
            $"Forward({tensors}, {_state})",
            $"Forward({tensors})",
            $"Step({rows}, {_state}, OperatorGen.VectorWidth)",
            ManyMethod,
            batch,
            .. decisions,
        ];
    }

    /// <summary>Writes the lazily made description of the operator.</summary>
    public void WriteOperator(CodeWriter writer)
    {
        writer.Member(
            "The operator with the constants that this code computes with: waves, kernels, and interaction terms, which are enumerated as they are asked for.",
            $"public {Static}global::OperatorGen.Analysis.OperatorDescription Operator => {Kept}.Operator.Value;");
        writer.Line();
        OperatorCode.Write(writer, _input, _plan, HelperReference);
    }

    /// <summary>Writes what makes the members those of the shared interfaces.</summary>
    public void WriteInterfaces(CodeWriter writer)
    {
        if (_plan.Vocabulary is null)
        {
            InterfaceCode.WriteEvaluation(writer, _type, _plan.IsCausal ? (_state, _create) : null, _input.IsExternal);
        }
        else
        {
            InterfaceCode.WriteTokens(writer, _type, (_state, _create));
        }
    }

    /// <summary>Writes the file-local class with the kernels and constants.</summary>
    public void WriteKernels(CodeWriter writer)
    {
        writer.Line($"/// <summary>The kernels of {CSharp.Xml(_input.Target.Name)} in {_type}, each for one shape, and the constants that they read.</summary>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block($"file static class {HelperName}", () =>
        {
            bool first = true;
            foreach (string kernel in _kernels.Texts)
            {
                if (!first)
                {
                    writer.Line();
                }

                writer.Paste(kernel);
                first = false;
            }

            var read = new HashSet<string>(_plan.TableUses.Select(use => _plan[use.Table].Name));
            foreach (ConstantTable table in _plan.Tables.Where(table => table.Values.AreBaked))
            {
                writer.Line();
                if (table.Products is { } products)
                {
                    TableCode.WriteProducts(writer, _plan, table, products);
                }
                else
                {
                    TableCode.Write(writer, table, _plan.Element, isRead: read.Contains(table.Name));
                }
            }

            if (_plan == _input.Plans[0] && OperatorCode.ExpansionTable(_input.Operator) is { } expansion)
            {
                writer.Line();
                TableCode.Write(writer, expansion, ElementType.Double, isRead: false);
            }
        });
    }

    /// <summary>The methods that <see cref="WriteDecisions"/> writes.</summary>
    /// <param name="element">What a sequence is given as.</param>
    private IEnumerable<string> Decisions(string element) =>
    [
        .. _input.Explains ? [$"Explain(System.ReadOnlySpan<{element}>, int, int)"] : Array.Empty<string>(),
        .. _input.Attributes ? [$"Attribute(System.ReadOnlySpan<{element}>, int, int?)"] : Array.Empty<string>(),
        .. _input.Attends ? [$"Attention(System.ReadOnlySpan<{element}>, int, int, int)", $"ExplainSelective(System.ReadOnlySpan<{element}>, int?, int?, int?, double)"] : Array.Empty<string>(),
        .. element == "int" && ExplainsTokens ? ["Embedded(System.ReadOnlySpan<int>)"] : Array.Empty<string>(),
    ];

    /// <summary>Writes what explains the score of a sequence, each member after an empty line.</summary>
    private void WriteDecisions(CodeWriter writer)
    {
        // With both precisions the operator is that of the first, and so are the embedded tokens that it is given: one method serves.
        bool tokens = _plan.Vocabulary is not null;
        if (_second && tokens)
        {
            return;
        }

        string score = $"<param name=\"score\">{(tokens ? "The token whose logit it is, after the last token" : $"The index of the score{(_plan.Pooled ? "" : "; outputs are those of the last time step")}")}.</param>";
        if (_input.Explains)
        {
            WriteDecision(
                writer,
                "Takes a score of a sequence apart: what every wave and every interaction of waves contributes to it, and what the expansion leaves out.",
                [score, "<param name=\"top\">How many of the strongest terms are listed.</param>"],
                "score",
                $"global::OperatorGen.ScoreExplanation Explain({{0}}, int score, int top = 20) => {Kept}.Explainer.Value.Of({{1}}).Explain(score, top);");
        }

        if (_input.Attributes)
        {
            WriteDecision(
                writer,
                "Attributes a score of a sequence to the waves, all orders together: nothing is left out, and no expansion is needed.",
                [score, "<param name=\"against\">The score that is subtracted: why the one and not the other. Null: none.</param>"],
                "score",
                $"global::OperatorGen.ScoreAttribution Attribute({{0}}, int score, int? against = null) => {Kept}.Attributor.Value.Of({{1}}).Attribute(score, against);");
        }

        if (_input.Attends)
        {
            WriteDecision(
                writer,
                $"The attention M of a cell for a {(tokens ? "text" : "sequence")}, [time, time], row by row: its readout t is the sum of M[t, tau] v[tau] over tau up to t.",
                [
                    "<param name=\"layer\">The layer, from 0.</param>",
                    "<param name=\"cell\">The cell, from 0: a head, or a channel where each has a state of its own.</param>",
                    "<param name=\"value\">The number of the cell's value, from 0; only the diagonal depends on it, and only where each value has its own skip.</param>",
                ],
                "layer, cell or value",
                "double[] Attention({0}, int layer, int cell, int value = 0) => new global::OperatorGen.SelectivePass(Operator, {1}).Layer(layer).Attention(cell, value);");
            WriteDecision(
                writer,
                tokens
                    ? "Attributes a logit to the tokens up to it, along values and along gates, and with gates held to the waves of the last layer. The path begins at the zero embedding."
                    : "Attributes a score of a sequence to its samples, along values and along gates, and with gates held to the waves of the last layer.",
                [
                    tokens ? "<param name=\"score\">The token whose logit it is. Null: that of the greatest.</param>" : "<param name=\"score\">The index of the score. Null: the greatest.</param>",
                    $"<param name=\"against\">The {(tokens ? "token whose logit" : "score that")} is subtracted: why the one and not the other. Null: none.</param>",
                    tokens ? "<param name=\"step\">The token after which the logits come, by its place in the text. Null: the last.</param>" : $"<param name=\"step\">{(_plan.Pooled ? "Unused: the model pools over time" : "The time step whose outputs are the scores. Null: the last")}.</param>",
                    "<param name=\"tolerance\">How small the gap of the quadrature is to become, as a share of the columns' size. A larger one takes less time.</param>",
                ],
                tokens ? "logit or place, or the tolerance is not above 0" : "score or time step, or the tolerance is not above 0",
                "global::OperatorGen.SelectiveAttribution ExplainSelective({0}, int? score = null, int? against = null, int? step = null, double tolerance = global::OperatorGen.SelectiveAttribution.UsualTolerance) => global::OperatorGen.SelectiveAttribution.Of(Operator, {1}, score, against, step, tolerance);");
        }
    }

    private void WriteDecision(CodeWriter writer, string summary, IReadOnlyList<string> parameters, string named, string member)
    {
        writer.Line();
        writer.Line($"/// <summary>{summary}</summary>");
        bool tokens = _plan.Vocabulary is not null;
        writer.Line(tokens ? TokensParameter : "/// <param name=\"input\">[time, InputWidth], row-major.</param>");
        foreach (string parameter in parameters)
        {
            writer.Line("/// " + parameter);
        }

        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{(tokens ? "There is no token, an id is outside of the vocabulary" : "The input is empty or no whole number of samples")}, or there is no such {named}.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"public {Static}" + member.Replace("{0}", tokens ? Tokens : $"global::System.ReadOnlySpan<{_type}> input").Replace("{1}", tokens ? "Embedded(tokens)" : "input"));
    }

    private void WriteBatch(CodeWriter writer, string pool)
    {
        writer.Line($"/// <summary>Evaluates many sequences{(_plan.IsCausal ? ", each from a fresh state" : "")}; results do not depend on the degree of parallelism.</summary>");
        writer.Line("/// <param name=\"inputs\">The sequences one after another, each [time, InputWidth].</param>");
        writer.Line("/// <param name=\"lengths\">Time steps of each sequence.</param>");
        writer.Line($"/// <param name=\"outputs\">The outputs one after another, each {(_plan.Pooled ? "[OutputWidth]" : "[time, OutputWidth]")}.</param>");
        writer.Line("/// <param name=\"maxDegreeOfParallelism\">Workers at most; -1: no limit.</param>");
        writer.Line("/// <param name=\"cancellationToken\">Stops between sequences.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">Lengths and memories do not fit, or overlap.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block(
            $"public void ForwardBatch(global::System.ReadOnlyMemory<{_type}> inputs, global::System.ReadOnlySpan<int> lengths, global::System.Memory<{_type}> outputs, int maxDegreeOfParallelism = -1, global::System.Threading.CancellationToken cancellationToken = default)",
            () =>
            {
                if (_input.Model.Length is not null)
                {
                    writer.Block("foreach (int length in lengths)", () => CheckLength(writer, "length", "0L", whole: true));
                    writer.Line();
                }

                writer.Line("global::OperatorGen.BatchRunner.Run(");
                writer.Line($"    inputs, lengths, outputs, InputWidth, OutputWidth, Pooled, {pool},");
                writer.Line($"    static (input, output, state) =>");
                writer.Line("    {");
                writer.Line("        state.Reset();");
                writer.Line("        state.Run(input, output, input.Length / InputWidth, global::OperatorGen.VectorWidth.Widest);");
                writer.Line("    },");
                writer.Line("    maxDegreeOfParallelism, cancellationToken);");
            });
    }

    private void WriteTensors(CodeWriter writer, string pool)
    {
        string tensors = $"in global::System.Numerics.Tensors.ReadOnlyTensorSpan<{_type}> input, in global::System.Numerics.Tensors.TensorSpan<{_type}> output";
        string row = _plan.Pooled ? "[OutputWidth] or [1, OutputWidth]" : "[time, OutputWidth]";
        string rows = _plan.Pooled ? "[sequence, OutputWidth]" : "[sequence, time, OutputWidth]";
        writer.Line("/// <summary>Evaluates a sequence in a tensor span of any strides from the given state on; values are copied a chunk at a time.</summary>");
        writer.Line("/// <param name=\"input\">Rank 2, [time, InputWidth].</param>");
        writer.Line($"/// <param name=\"output\">{row}.</param>");
        writer.Line("/// <param name=\"state\">The state of the sequence.</param>");
        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{StateFaults("A shape does not fit")}; the state is unchanged.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriorityAttribute(-1)]");
        writer.Block($"public void Forward({tensors}, {_state} state)", () =>
        {
            writer.Line(CheckState);
            writer.Line("global::OperatorGen.TensorForward.Run(input, output, state, InputWidth, OutputWidth, Pooled, state.Steps, Forward);");
        });
        writer.Line();
        writer.Line("/// <summary>Evaluates a batch in tensor spans of any strides, each sequence from a fresh state.</summary>");
        writer.Line("/// <param name=\"input\">Rank 3, [sequence, time, InputWidth]; or rank 2, one sequence.</param>");
        writer.Line($"/// <param name=\"output\">{rows}; or for one sequence {row}.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A shape does not fit.</exception>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriorityAttribute(-1)]");
        writer.Block($"public void Forward({tensors})", () =>
        {
            writer.Line($"{_state} state = {pool}.Rent();");
            writer.Line("global::OperatorGen.TensorForward.RunBatch(input, output, state, InputWidth, OutputWidth, Pooled, Forward);");
            writer.Line($"{pool}.Return(state);");
        });
        writer.Line();
        writer.Line($"private static void Forward(global::System.ReadOnlySpan<{_type}> input, global::System.Span<{_type}> output, {_state} state, bool reset)");
        writer.Braces(() =>
        {
            writer.Block("if (reset)", () => writer.Line("state.Reset();"));
            writer.Line();
            CheckLength(writer, "input.Length / InputWidth", "state.Steps", whole: false);
            writer.Line("state.Run(input, output, input.Length / InputWidth, global::OperatorGen.VectorWidth.Widest);");
        });
    }

    /// <summary>Refuses lengths for which the model has no meaning.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="steps">The expression of the time steps that come.</param>
    /// <param name="seen">The expression of those before.</param>
    /// <param name="whole">Whether both together are a whole sequence.</param>
    private void CheckLength(CodeWriter writer, string steps, string seen, bool whole)
    {
        if (_input.Model.Length is { } length)
        {
            writer.Line($"global::OperatorGen.SequenceArguments.CheckLength({steps}, {seen}, {CSharp.Int(length.Steps)}, {CSharp.Bool(length.Exact && whole)});");
        }
    }

    /// <summary>Writes the constructor of what a call works in: where the weights are external, it takes the instance that has them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="arguments">The arguments of the base class.</param>
    private void WriteConstructor(CodeWriter writer, string arguments)
    {
        if (!_input.IsExternal)
        {
            writer.Block($"internal {_state}()\n    : base({arguments})", () => { });
            return;
        }

        string model = CSharp.Identifier(_input.Target.Name);
        writer.Line($"private readonly {model} _model;");
        writer.Line();
        writer.Block($"internal {_state}({model} model)\n    : base({arguments})", () => writer.Line("_model = model;"));
    }

    private void WriteState(CodeWriter writer)
    {
        writer.Line(_plan.Vocabulary is null ? "/// <summary>What one sequence leaves behind: recurrent memory, running sums, and scratch.</summary>" : "/// <summary>What one text leaves behind: recurrent memory and scratch.</summary>");
        writer.Line(CSharp.GeneratedCode);
        writer.Block($"public sealed class {_state} : global::OperatorGen.SequenceState<{_type}>", () =>
        {
            if (!_input.IsExternal)
            {
                writer.Line("private static readonly global::OperatorGen.StateLayout s_layout = new(");
                writer.Line("    " + string.Join(",\n    ", StateText.Arguments(_plan, "ModelHash")) + ")" + StateText.Form(_plan) + ";");
                writer.Line();
            }

            WriteConstructor(writer, _input.IsExternal ? "model.Loaded.StateLayout" : "s_layout");
            writer.Line();
            writer.Member("Another state with the same contents.", $"public {_state} Clone()");
            writer.Braces(() =>
            {
                writer.Line($"var clone = new {_state}({(_input.IsExternal ? "_model" : "")});");
                writer.Line("clone.CopyMemoryFrom(this);");
                writer.Line("return clone;");
            });
            writer.Line();
            writer.Line("/// <summary>Takes over the contents of another state.</summary>");
            writer.Line("/// <param name=\"other\">The other state.</param>");
            writer.Line(CSharp.GeneratedCode);
            writer.Line($"public void CopyFrom({_state} other) => CopyMemoryFrom(other);");
            writer.Line();
            _steps.WriteRun(writer);
            writer.Line();
            new ManyCode(_plan, HelperReference, _kernels, _state, _steps).Write(writer);
        });
    }
}
