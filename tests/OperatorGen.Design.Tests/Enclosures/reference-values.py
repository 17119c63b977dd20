# Writes reference-values.txt: python3 reference-values.py > reference-values.txt
# Values at doubles (their exact binary values), to 50 significant digits, computed by mpmath with 900 digits from the defining formulas.
from mpmath import mp, mpf, exp, erf, tanh, log, sqrt, pi, nstr, taylor

mp.dps = 900
ROOT = sqrt(mpf(2))
CUBIC = mpf(44715) / 1000000


def phi(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def normal(x):
    return (1 + erf(x / ROOT)) / 2


def sigmoid(x):
    return 1 / (1 + exp(-x))


FUNCTIONS = {
    "exp": exp,
    "log1p": lambda x: log(1 + x),
    "normal-density": phi,
    "normal-cumulative": normal,
    "gelu-erf": lambda x: x * normal(x),
    "gelu-tanh": lambda x: x / 2 * (1 + tanh(sqrt(2 / pi) * (x + CUBIC * x ** 3))),
    "silu": lambda x: x * sigmoid(x),
    "sigmoid": sigmoid,
    "tanh": tanh,
    "softplus": lambda x: log(1 + exp(x)),
}

MAGNITUDES = [
    1e-300, 1e-200, 1e-100, 1e-30, 1e-17, 3e-16, 1e-12, 1e-8, 1e-5, 0.001, 0.0625, 0.1, 0.25, 0.3, 0.34375, 0.35, 0.5, 0.5000001, 0.6875,
    0.6931471805599453, 0.7, 0.75179, 1.0, 1.2784645, 1.4142135623730951, 2.0, 2.5, 3.0, 3.625, 4.7, 6.0, 7.999, 8.0, 11.9, 12.0, 12.1, 15.5, 20.25, 21.4,
    30.0, 36.6, 37.5, 38.4, 39.4, 40.0, 50.0, 100.0, 345.5, 700.0, 708.3, 740.0, 745.1]

print("# 50-digit values for the tests of enclosures; made by: python3 reference-values.py > reference-values.txt")
print("# function, argument (a double, shortest decimal), value")
for name, function in FUNCTIONS.items():
    for sign in (1, -1):
        for magnitude in MAGNITUDES:
            x = sign * magnitude
            if name == "log1p" and not 0 <= x <= 1:
                continue
            # Beyond the range of doubles there is nothing to contain.
            value = function(mpf(x))
            if mpf(10) ** -400 < abs(value) < mpf(10) ** 308:
                print(name, repr(x), nstr(value, 50, strip_zeros=False, min_fixed=1, max_fixed=0))
    if name == "log1p":
        for k in range(1, 30):
            x = k / 30
            print(name, repr(x), nstr(function(mpf(x)), 50, strip_zeros=False, min_fixed=1, max_fixed=0))

# Taylor coefficients g^(k)/k!, k = 0 to 8, under the name g/k: the derivatives by mpmath's differences at 900 digits, which leave more than 50.
for name in ("gelu-erf", "gelu-tanh", "silu", "sigmoid", "tanh", "softplus"):
    for x in (-30.0, -9.5, -4.25, -1.3, -0.7517915, -0.1, 0.0, 0.35, 1.4142135623730951, 2.5, 6.75, 18.0):
        for k, value in enumerate(taylor(FUNCTIONS[name], mpf(x), 8)):
            if value == 0 or abs(value) > mpf(10) ** -300:
                # At 0 the differences leave something of coefficients that vanish by symmetry.
                value = value if abs(value) > mpf(10) ** -150 or x != 0 else mpf(0)
                print(f"{name}/{k}", repr(x), nstr(value, 50, strip_zeros=False, min_fixed=1, max_fixed=0))
