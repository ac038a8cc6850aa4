"""Reference of few clusters: every draw of the wild bootstrap of 2SLS, refitted row by row with dummies for the effects, and the
leverage, influence and effective number of clusters by their definitions. numpy alone; the data are simulated here.

python make.py   (numpy 2; writes data.csv and reference.json beside itself)
"""

import itertools
import json
import os

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(20260101)

sizes = [40, 24, 18, 14, 12, 10, 9, 8, 7, 6]
g = np.repeat(np.arange(len(sizes)), sizes)
n = g.size
year = np.concatenate([np.arange(s) % 6 for s in sizes]) + 2001
common = rng.normal(size=len(sizes))
z1 = np.round(rng.normal(size=n) + 0.6 * rng.normal(size=len(sizes))[g], 4)
z2 = np.round(rng.normal(size=n), 4)
c = np.round(rng.normal(size=n) + 0.2 * (year - 2003), 4)
v = rng.normal(size=n) + 0.7 * common[g]
x = np.round(0.6 * z1 + 0.3 * z2 + 0.2 * c + v, 4)
y = np.round(0.35 * x + 0.5 * c + 0.6 * v + 0.5 * rng.normal(size=len(sizes))[g] + rng.normal(size=n), 4)
with open(os.path.join(here, "data.csv"), "w", encoding="utf8") as out:
    out.write("g,year,z1,z2,c,x,y\n")
    for row in zip(g, year, z1, z2, c, x, y):
        out.write(",".join(repr(value.item()) for value in row) + "\n")

G = len(sizes)
dummies = (year[:, None] == np.unique(year)[None, :]).astype(float)
W = np.column_stack([c, dummies])
of = (g[:, None] == np.arange(G)[None, :]).astype(float)


def off(columns, target):
    return target - columns @ np.linalg.lstsq(columns, target, rcond=None)[0]


def two_stage(y, x, z):
    """Estimate and clustered variance (no factor) of the coefficient of x."""
    xn, yn, zn = off(W, x), off(W, y), off(W, z)
    fitted = xn - off(zn, xn)
    b = (fitted @ yn) / (fitted @ fitted)
    scores = of.T @ (fitted * (yn - b * xn))
    return b, (scores @ scores) / (fitted @ fitted) ** 2


def wald(y, z):
    """Least squares of y on z beside W: Wald statistic of z with clustered errors (no factor), signed root with one column."""
    zn, yn = off(W, z), off(W, y)
    pi = np.linalg.lstsq(zn, yn, rcond=None)[0]
    scores = of.T @ (zn * (yn - zn @ pi)[:, None])
    bread = np.linalg.inv(zn.T @ zn)
    return float(pi @ np.linalg.inv(bread @ scores.T @ scores @ bread) @ pi)


signs = list(itertools.product([1.0, -1.0], repeat=G))
tied = 1e-9


def counts(stats, observed):
    stats = np.asarray(stats)
    size, at = np.abs(stats), abs(observed)
    return {
        "larger": int(np.sum(size > at * (1 + tied))),
        "ties": int(np.sum(np.abs(size - at) <= at * tied)),
        "above": int(np.sum(stats > observed + at * tied)),
        "below": int(np.sum(stats < observed - at * tied)),
    }


def restricted_efficient(z, null):
    b, variance = two_stage(y, x, z)
    observed = (b - null) / np.sqrt(variance)
    u = off(W, y - null * x)
    stage = np.column_stack([z, W, u])
    coefficients = np.linalg.lstsq(stage, x, rcond=None)[0]
    first = stage[:, :-1] @ coefficients[:-1]
    rest = x - first
    stats = []
    for sign in signs:
        w = np.asarray(sign)[g]
        xs = first + w * rest
        bs, vs = two_stage(null * xs + w * u, xs, z)
        stats.append((bs - null) / np.sqrt(vs))
    return {"estimate": b, "t": observed, "null": null, **counts(stats, observed), "first": [float(s) for s in stats[:8]]}


def anderson_rubin(z, null):
    at = y - null * x
    u = off(W, at)
    fit = at - u
    observed = wald(at, z)
    stats = [wald(fit + np.asarray(sign)[g] * u, z) for sign in signs]
    return {"wald": observed, "null": null, **counts(stats, observed), "first": stats[:8]}


one, two = z1[:, None], np.column_stack([z1, z2])
reference = {
    "program": "make.py (numpy, every draw refitted on the rows)",
    "numpy": np.__version__,
    "instruments": {
        "formula_one": "y ~ c | year | x ~ z1",
        "formula_two": "y ~ c | year | x ~ z1 + z2",
        "wre_one": [restricted_efficient(one, 0.0), restricted_efficient(one, 0.2)],
        "wre_two": [restricted_efficient(two, 0.0), restricted_efficient(two, 0.2)],
        "ar_one": [anderson_rubin(one, 0.0), anderson_rubin(one, 0.2)],
        "ar_two": [anderson_rubin(two, 0.0), anderson_rubin(two, 0.2)],
    },
}


def cluster_report(X, k, absorbed):
    """summclust's quantities of column k of X, least squares of y on X; `absorbed`: dummies inside clusters taken off first."""
    Xn = X if absorbed is None else off(absorbed, X)
    yn = y if absorbed is None else off(absorbed, y)
    bread = np.linalg.pinv(Xn.T @ Xn)
    b = bread @ Xn.T @ yn
    u = yn - Xn @ b
    others = np.delete(Xn, k, axis=1)
    xk = off(others, Xn[:, k])
    leverage, partial, without = [], [], []
    for j in range(G):
        rows = g == j
        leverage.append(float(np.trace(Xn[rows].T @ Xn[rows] @ bread)))
        partial.append(float(xk[rows] @ xk[rows] / (xk @ xk)))
        keep = ~rows
        full = X if absorbed is None else np.column_stack([X, absorbed])
        without.append(float(np.linalg.lstsq(full[keep], y[keep], rcond=None)[0][k]))
    sandwich = of.T @ (Xn * u[:, None])
    cr1 = (bread @ sandwich.T @ sandwich @ bread)[k, k] * G / (G - 1)
    cr3 = (G - 1) / G * sum((w - b[k]) ** 2 for w in without)

    def effective(parts):
        parts = np.asarray(parts)
        mean = parts.mean()
        return float(G / (1 + ((parts - mean) ** 2).mean() / mean**2))

    common = [float((xk[g == j].sum()) ** 2) for j in range(G)]
    is_inside = absorbed is not None
    return {
        "estimate": float(b[k]),
        "leverage": leverage,
        "partial_leverage": partial,
        "estimate_without": without,
        "independent": effective(partial),
        "common": None if is_inside else effective(common),
        "cr1_bare": float(np.sqrt(cr1)),
        "cr3": float(np.sqrt(cr3)),
    }


plain = np.column_stack([x, c, np.ones(n)])
years = np.column_stack([x, c, dummies])
reference["clusters"] = {
    "y ~ x + c": cluster_report(plain, 0, None),
    "y ~ x + c | year": cluster_report(years, 0, None),
    "y ~ x + c | g + year": cluster_report(np.column_stack([x, c, dummies[:, 1:]]), 0, of),
}
with open(os.path.join(here, "reference.json"), "w", encoding="utf8") as out:
    json.dump(reference, out, indent=1)
    out.write("\n")
