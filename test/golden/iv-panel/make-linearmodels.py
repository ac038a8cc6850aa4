"""pip install linearmodels; python make-linearmodels.py, in this folder: data.csv by linearmodels, into linearmodels.json.

Everything asymptotic (no small-sample factor). GMM, k-class and diagnostics with all dummies; CUE without effects, as it is not
invariant to taking regressors out first, and clustered GMM, as there are fewer clusters than moments with dummies.
CUE's moments are not centred there, as in Hansen, Heaton and Yaron (1996) and ivreg2. Of the kernels the rows are one series in their order.
"""

import json
from pathlib import Path

import linearmodels
import pandas as pd
from linearmodels.iv import IV2SLS, IVGMM, IVGMMCUE, IVLIML

here = Path(__file__).parent
d = pd.read_csv(here / "data.csv")
dummies = pd.get_dummies(d[["unit", "time"]].astype(str), drop_first=True).astype(float)
constant = pd.Series(1.0, d.index, name="constant")
absorbed = pd.concat([constant, d[["c"]], dummies], axis=1)
plain = pd.concat([constant, d[["c"]]], axis=1)
models = {"one": (["a"], ["z1", "z2"]), "two": (["a", "b"], ["z1", "z2", "z3"])}


def numbers(result, terms):
    out = {"coef": {t: float(result.params[t]) for t in terms}, "se": {t: float(result.std_errors[t]) for t in terms}}
    if hasattr(result, "j_stat"):
        out["j"] = {"stat": float(result.j_stat.stat), "p": float(result.j_stat.pval), "df": int(result.j_stat.df)}
    return out


def fit(cls, key, exog, moments=None, estimator=None, **fitting):
    endog, inst = models[key]
    own = cls(d.y, exog, d[endog], d[inst], **(estimator or {}), **(moments or {}))
    return own.fit(**fitting)


def test(line):
    return {"stat": float(line.stat), "p": float(line.pval)}


weights = {
    "unadjusted": {"weight_type": "unadjusted"},
    "robust": {"weight_type": "robust"},
    "cluster": {"weight_type": "clustered", "clusters": d.unit.to_numpy()},
}
kernels = {
    name: {"weight_type": "kernel", "kernel": name, "bandwidth": 3} for name in ("bartlett", "parzen", "qs")
}
out = {"linearmodels": linearmodels.__version__}
for key, (endog, inst) in models.items():
    terms = [*endog, "c"]
    own = {}
    own["gmm"] = {
        name: numbers(fit(IVGMM, key, plain if name == "cluster" else absorbed, moments, iter_limit=2), terms)
        for name, moments in weights.items()
    }
    own["gmm_kernel"] = {
        name: numbers(fit(IVGMM, key, plain, moments, iter_limit=2), terms) for name, moments in kernels.items()
    }
    options = {"opt_options": {"options": {"gtol": 1e-10, "maxiter": 500}}}
    own["cue"] = {}
    for name, moments in weights.items():
        covariance = {"cov_type": "clustered", "clusters": d.unit} if name == "cluster" else {"cov_type": name}
        own["cue"][name] = numbers(fit(IVGMMCUE, key, plain, {**moments, "center": False}, **options, **covariance), terms)
    own["kernel"] = {
        name: numbers(fit(IV2SLS, key, plain, cov_type="kernel", kernel=name, bandwidth=3), terms) for name in kernels
    }
    own["kclass"] = {}
    for name, choice in {"liml": {}, "fuller:1": {"fuller": 1}, "fuller:4": {"fuller": 4}, "kclass:0.5": {"kappa": 0.5}}.items():
        r = fit(IVLIML, key, absorbed, estimator=choice, cov_type="unadjusted")
        own["kclass"][name] = {**numbers(r, terms), "kappa": float(r.kappa)}
    r = fit(IV2SLS, key, absorbed, cov_type="unadjusted")
    first = r.first_stage
    own["diagnostics"] = {
        "sargan": test(r.sargan),
        "wu_hausman": test(r.wu_hausman()),
        "durbin": test(r.durbin()),
        "cragg_donald_f": float(first.cragg_donald_f),
        "partial_r2": {e: float(first.diagnostics.loc[e, "partial.rsquared"]) for e in endog},
        "shea_r2": {e: float(first.diagnostics.loc[e, "shea.rsquared"]) for e in endog},
    }
    own["rank"] = {}
    for name, covariance in {
        "robust": {"cov_type": "robust"},
        "cluster": {"cov_type": "clustered", "clusters": d.unit},
    }.items():
        first = fit(IV2SLS, key, absorbed, **covariance).first_stage
        own["rank"][name] = {
            "kp": test(first.kleibergen_paap),
            "kp_f": float(first.kleibergen_paap_f),
        }
    out[key] = own
(here / "linearmodels.json").write_text(json.dumps(out, indent=1) + "\n")
