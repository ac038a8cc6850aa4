"""A polynomial of degree ten on raw powers, solved in exact arithmetic.

   python3 make.py    (standard library only; writes data.csv and reference.json beside this file)

82 points between -9 and -3, where the powers are nearly collinear (condition of the columns about 1e10). The outcome is a
smooth curve with a seeded wiggle, rounded to six decimals. The normal equations are solved in fractions, so the coefficients
and the variances are those of the numbers in data.csv, rounded once.
"""
import json
import random
from fractions import Fraction
from pathlib import Path

here = Path(__file__).parent
random.seed(1962)
n, degree = 82, 10
xs = [Fraction(round((-9 + 6 * i / (n - 1)) * 10**6), 10**6) for i in range(n)]
ys = [Fraction(round((0.8 + 0.01 * (float(x) + 6) ** 2 + random.uniform(-0.01, 0.01)) * 10**6), 10**6) for x in xs]

k = degree + 1
moments = [sum(x**p for x in xs) for p in range(2 * degree + 1)]
rows = [
    [moments[i + j] for j in range(k)]
    + [sum(x**i * y for x, y in zip(xs, ys))]
    + [Fraction(int(i == j)) for j in range(k)]
    for i in range(k)
]
for i in range(k):
    pivot = next(r for r in range(i, k) if rows[r][i] != 0)
    rows[i], rows[pivot] = rows[pivot], rows[i]
    rows[i] = [value / rows[i][i] for value in rows[i]]
    for r in range(k):
        if r != i and rows[r][i] != 0:
            factor = rows[r][i]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i])]

beta = [row[k] for row in rows]
inverse_diagonal = [rows[i][k + 1 + i] for i in range(k)]
residuals = [y - sum(b * x**p for p, b in enumerate(beta)) for x, y in zip(xs, ys)]
ssr = sum(r * r for r in residuals)
mean = sum(ys) / n
s2 = ssr / (n - k)

(here / "data.csv").write_text("y,x\n" + "".join(f"{float(y)!r},{float(x)!r}\n" for x, y in zip(xs, ys)))
(here / "reference.json").write_text(
    json.dumps(
        {
            "source": "exact rational arithmetic, make.py",
            "n": n,
            "beta": [float(b) for b in beta],
            "sd": [float(s2 * v) ** 0.5 for v in inverse_diagonal],
            "residual_sd": float(s2) ** 0.5,
            "r_squared": float(1 - ssr / sum((y - mean) ** 2 for y in ys)),
        },
        indent=1,
    )
    + "\n"
)
