"""
Reference values for many hypotheses and permutations. Simulated here, free to use.

python3 make.py     numpy, pandas, scipy, statsmodels, pyfixest, wildboottest
"""
import itertools
import json
import platform
import warnings

import numpy as np
import pandas as pd
import pyfixest as pf
import scipy
import statsmodels
from pyfixest.estimation.post_estimation.multcomp import _get_rwolf_pval, _get_wyoung_pval
from statsmodels.stats.multitest import multipletests

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20240601)

# 10 units in 6 years: three treated from year 3 on; four outcomes whose errors go together.
rows = []
for unit in range(10):
    common = rng.normal(size=4)
    for year in range(6):
        x = rng.normal() + common[0]
        d = 1.0 if unit in (1, 4, 8) and year >= 3 else 0.0
        e = rng.normal(size=4) @ np.array([[1, 0.6, 0.2, 0], [0, 0.8, 0.5, 0.1], [0, 0, 0.8, 0.3], [0, 0, 0, 0.9]])
        y = np.array([0.5, 0.25, 0.1, 0.0]) * x + np.array([0.6, 0, 0.3, 0]) * d + 0.4 * common + e
        rows.append([unit, year, x, d, *y])
data = pd.DataFrame(rows, columns=["id", "year", "x", "d", "y1", "y2", "y3", "y4"])
data.to_csv("data.csv", index=False, float_format="%.17g")

# P-values alone: statsmodels, whose names for R's p.adjust are fdr_bh and fdr_by.
families = {
    "spread": rng.uniform(size=12) ** 3,
    "few": np.array([0.011, 0.02, 0.2, 0.013]),
    "ties": np.array([0.04, 0.04, 0.01, 0.04, 0.5]),
}
names = {"bonferroni": "bonferroni", "holm": "holm", "bh": "fdr_bh", "by": "fdr_by"}
adjusted = {
    family: {"p": p.tolist(), **{ours: multipletests(p, method=theirs)[1].tolist() for ours, theirs in names.items()}}
    for family, p in families.items()
}

# The step-down of a matrix of statistics: pyfixest's.
t = np.abs(rng.normal(size=6) * 2)
draws = np.abs(rng.normal(size=(400, 6)) @ np.linalg.cholesky(0.4 * np.ones((6, 6)) + 0.6 * np.eye(6)).T)
p = 2 * scipy.stats.norm.sf(t)
p_draws = 2 * scipy.stats.norm.sf(draws)
step_down = {
    "t": t.tolist(),
    "draws": draws.ravel().tolist(),
    "rw": _get_rwolf_pval(t, draws).tolist(),
    "wy": _get_wyoung_pval(p, p_draws).tolist(),
    "p": p.tolist(),
    "p_draws": p_draws.ravel().tolist(),
}

# Romano-Wolf over the four outcomes, all 2^10 Rademacher combinations, restricted residuals.
fits = [pf.feols(f"y{k} ~ x + d + C(id) + C(year)", data=data, vcov={"CRV1": "id"}) for k in (1, 2, 3, 4)]
enumerated = {}
for term in ("x", "d"):
    found = pf.rwolf(fits, term, reps=9999, seed=1)
    enumerated[term] = {
        "t": found.loc["t value"].astype(float).tolist(),
        "p": found.loc["RW Pr(>|t|)"].astype(float).tolist(),
    }

# Every arrangement of the treated units, by dummies and numpy's least squares.
def slope(column, outcome):
    dummies = pd.get_dummies(data[["id", "year"]].astype(str), drop_first=True).to_numpy(float)
    design = np.column_stack([column, data["x"], np.ones(len(data)), dummies])
    return np.linalg.lstsq(design, data[outcome].to_numpy(), rcond=None)[0][0]

paths = data["d"].to_numpy().reshape(10, 6)
exact = {}
for outcome in ("y1", "y3"):
    own = slope(data["d"].to_numpy(), outcome)
    slopes = []
    for treated in itertools.combinations(range(10), 3):
        moved = np.zeros((10, 6))
        moved[list(treated), 3:] = 1
        slopes.append(slope(moved.ravel(), outcome))
    slopes = np.array(slopes)
    exact[outcome] = {
        "estimate": own,
        "arrangements": len(slopes),
        "sorted": np.sort(slopes).tolist(),
        "both": int(np.sum(np.abs(slopes) >= abs(own) - 1e-9)),
        "upper": int(np.sum(slopes >= own - 1e-9)),
        "lower": int(np.sum(slopes <= own + 1e-9)),
    }

# Rows permuted at random: pyfixest's ritest.
fit = pf.feols("y2 ~ x + d | id + year", data=data, vcov={"CRV1": "id"})
ritest = fit.ritest("x", reps=1000, rng=np.random.default_rng(7), choose_algorithm="slow")

reference = {
    "made": "python make.py",
    "programs": {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "statsmodels": statsmodels.__version__,
        "pyfixest": pf.__version__,
    },
    "adjusted": adjusted,
    "step_down": step_down,
    "enumerated": enumerated,
    "exact": exact,
    "ritest": {"reps": 1000, "p": float(ritest["Pr(>|t|)"])},
}
with open("reference.json", "w") as file:
    json.dump(reference, file, indent=1)
    file.write("\n")
