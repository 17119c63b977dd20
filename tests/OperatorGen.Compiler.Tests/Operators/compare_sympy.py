"""Lets SymPy expand the formula of every case in a folder and compares it with the operator's terms, in both directions.

A case is NAME.py (the operator as SymPy source) with NAME.json (the operator as JSON). One line per case: its name, the number of terms, and the
number of differences between SymPy's expansion, the file's terms and the JSON's terms.
"""
import json
import pathlib
import runpy
import sys
from fractions import Fraction

import sympy


def exact(text):
    """A rational p/q, or a hexadecimal float with any number of digits, as an exact fraction."""
    if "x" not in text:
        return Fraction(text)
    mantissa, exponent = text.replace("0x", "").split("p")
    whole, _, digits = mantissa.partition(".")
    return Fraction(int(whole + digits, 16)) * Fraction(2) ** (int(exponent) - 4 * len(digits))


def monomials(expression, waves):
    if expression.is_zero:
        return {}
    return {powers: Fraction(int(c.p), int(c.q)) for powers, c in sympy.Poly(expression, *waves).terms()}


for source in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    case = runpy.run_path(str(source))
    waves = case["waves"]
    layer = json.loads(source.with_suffix(".json").read_text())["layers"][0]
    assert [str(w) for w in waves] == layer["variables"], source
    printed = {}
    rounded = 0
    for term in layer["terms"]:
        powers = [0] * len(waves)
        for variable, power in term["monomial"]:
            powers[variable] = power
        assert tuple(powers) not in printed, source
        printed[tuple(powers)] = exact(term["exact"])
        rounded += float(exact(term["exact"])) != term["coefficient"]
    expanded = monomials(sympy.expand(case["formula"]), waves)
    terms = monomials(case["terms"], waves)
    differences = sum(expanded.get(m) != printed.get(m) or terms.get(m) != printed.get(m) for m in {*expanded, *printed, *terms})
    if (len(printed) != layer["termCount"]) or (differences == 0) != (sympy.expand(case["formula"] - case["terms"]) == 0):
        differences += 1
    print(source.stem, len(printed), differences + rounded)
