using System.Collections.Generic;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Compiler.Operators;

/// <summary>Gives the functions of the input that make a cell selective their names, and writes each as an equation.</summary>
internal sealed class SignalNames
{
    private readonly List<Formula> _formulas = [];

    /// <summary>The equations, one per selective parameter.</summary>
    public IReadOnlyList<Formula> Formulas => _formulas;

    /// <summary>The name of a parameter; its equation is noted where it is selective.</summary>
    public string Name(Parameter parameter, string name)
    {
        if (parameter is SelectiveParameter selective)
        {
            string latex = name == "Delta" ? @"\Delta" : name;
            _formulas.Add(new Formula($"{name}(t) = {Text(selective.Signal)}", $"{latex}(t) = {Latex(selective.Signal)}"));
        }

        return name;
    }

    private static string Text(Signal signal) => signal switch
    {
        ProjectedSignal s => $"{s.Name}({Text(s.Source)})",
        SlicedSignal s => $"{Text(s.Source)}[{NumberText.Format(s.Start)}:{NumberText.Format(s.Start + s.Width)}]",
        MappedSignal s => $"{s.Function.Name}({Text(s.Source)})",
        _ => "v(t)",
    };

    private static string Latex(Signal signal) => signal switch
    {
        ProjectedSignal s => $@"\mathrm{{{s.Name.Replace("_", @"\_")}}}\left({Latex(s.Source)}\right)",
        SlicedSignal s => $"{Latex(s.Source)}_{{[{NumberText.Format(s.Start)}:{NumberText.Format(s.Start + s.Width)}]}}",
        MappedSignal s => $@"\mathrm{{{s.Function.Name}}}\left({Latex(s.Source)}\right)",
        _ => "v(t)",
    };
}
