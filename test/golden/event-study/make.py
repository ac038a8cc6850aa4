"""
Reference values of event studies: pyfixest's saturated estimator (Sun and Abraham) and its plain leads and lags. Simulated here, free to use.

python3 make.py     numpy, pandas, pyfixest
"""
import json
import platform
import warnings

import numpy as np
import pandas as pd
import pyfixest as pf

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20240711)

# 60 units in 10 years; cohorts of 3, 5 and 7, and units that are never treated (0).
rows = []
for unit in range(60):
    first = (3, 5, 7, 0)[unit % 4]
    own = rng.normal()
    for year in range(1, 11):
        effect = (year - first + 1) * (first - 2) * 0.2 if first > 0 and year >= first else 0.0
        y = own + year / 5 + effect + rng.normal()
        rows.append([unit, year, first, y])
data = pd.DataFrame(rows, columns=["id", "year", "first", "y"])
data.to_csv("data.csv", index=False, float_format="%.17g")


def lines(table):
    return {str(int(float(k))): {"estimate": float(v["Estimate"]), "se": float(v["Std. Error"])} for k, v in table.iterrows()}


cohorts = pf.event_study(data, yname="y", idname="id", tname="year", gname="first", estimator="saturated", cluster="id")
plain = data.assign(since=np.where(data["first"] > 0, data["year"] - data["first"], -1))
reference = {
    "program": f"pyfixest {pf.__version__}",
    "python": platform.python_version(),
    "data": "simulated by make.py",
    "sunab": lines(cohorts.aggregate(agg="period", weighting="shares")),
    "event": {},
}
# A unit that is never treated has no dummy, as in the reference period.
for name, vcov in {"iid": "iid", "hc1": "hetero", "cluster:id": {"CRV1": "id"}}.items():
    fit = pf.feols("y ~ i(since, ref=-1) | id + year", plain, vcov=vcov)
    table = fit.tidy()
    reference["event"][name] = {
        str(int(float(k.split("::")[1]))): {"estimate": float(v["Estimate"]), "se": float(v["Std. Error"])}
        for k, v in table.iterrows()
    }
json.dump(reference, open("reference.json", "w"), indent=1)
