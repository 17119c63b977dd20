namespace OperatorGen.Tool.Reports;

/// <summary>The style of a report: light and dark by the reader's setting, and on paper. Lines are those of Okabe and Ito (2008), lighter in the dark.</summary>
internal static class ReportStyle
{
    private const string Light = """
        --paper: #ffffff; --ink: #222222; --soft: #555555; --grid: #dddddd; --panel: #f5f6f8; --link: #005a9c;
        --line0: #0072b2; --line1: #d55e00; --line2: #009e73; --line3: #b3518a; --line4: #444444; --line5: #56b4e9; --line6: #9a6f00;
        """;

    private const string Dark = """
        --paper: #15171b; --ink: #e8e8e8; --soft: #b3b7bf; --grid: #3a3f47; --panel: #1f2329; --link: #7cc0ff;
        --line0: #4fa8e8; --line1: #ff8b3d; --line2: #2ec79b; --line3: #e79ac6; --line4: #d0d0d0; --line5: #9fd8ff; --line6: #e6b43c;
        """;

    /// <summary>The style sheet.</summary>
    public static string Text { get; } = (":root { color-scheme: light dark; " + Light + " }\n"
        + "@media (prefers-color-scheme: dark) { :root { " + Dark + " } }\n"
        + """
        * { box-sizing: border-box; }
        body { font: 16px/1.55 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; margin: 0 auto; max-width: 76rem; padding: 0 1rem 4rem; color: var(--ink); background: var(--paper); overflow-wrap: break-word; }
        h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.3rem; margin: 3rem 0 0.5rem; border-bottom: 1px solid var(--grid); } h3 { font-size: 1.1rem; margin: 2rem 0 0.3rem; }
        h4 { font-size: 1rem; } h5 { font-size: 0.95rem; margin-bottom: 0.3rem; }
        a { color: var(--link); } p { max-width: 48rem; } .note, .terms + .note { color: var(--soft); }
        nav ol { columns: 2 16rem; padding-left: 1.5rem; }
        figure { margin: 1.5rem 0; } figcaption { color: var(--soft); font-size: 0.92rem; max-width: 48rem; } figcaption strong { color: var(--ink); margin-right: 0.4em; }
        .scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid var(--link); }
        svg { display: block; max-width: 100%; height: auto; font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
        table { border-collapse: collapse; margin: 0.5rem 0; font-size: 0.92rem; } .caption { color: var(--soft); font-size: 0.92rem; margin: 1.2rem 0 0; }
        th, td { padding: 0.2rem 0.7rem; border-bottom: 1px solid var(--grid); text-align: left; font-weight: normal; } thead th { color: var(--soft); } .number { text-align: right; font-variant-numeric: tabular-nums; }
        .operator { overflow-x: auto; background: var(--panel); padding: 0.5rem 1rem; border-radius: 6px; } .operator th, .operator td { text-align: right; }
        math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "DejaVu Math TeX Gyre", math; } .formula { margin: 0.4rem 0; } .terms { line-height: 2.2; } .terms math { margin-right: 0.3em; } .operator.terms math { margin-right: 1.5em; }
        @media print { body { max-width: none; font-size: 11pt; background: #fff; } nav { display: none; } figure, table { break-inside: avoid; } h2 { break-after: avoid; } .scroll, .operator { overflow: visible; } svg { min-width: 0 !important; } :root { LIGHT } }

        """.Replace("LIGHT", Light, System.StringComparison.Ordinal)).ReplaceLineEndings("\n");
}
