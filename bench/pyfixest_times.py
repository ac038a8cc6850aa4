"""Milliseconds of pyfixest on columns that bench/many-models.mjs wrote; asked for on stdin, answered as JSON on stdout."""

import importlib.metadata
import json
import sys
import time

import numpy
import pandas
import pyfixest

folder = sys.argv[1]
asked = json.load(sys.stdin)
data = pandas.DataFrame({name: numpy.fromfile(f"{folder}/{name}.f64") for name in asked["names"]})
for name in data.columns:
    if not name.startswith(("x", "y")) or name == "year":
        data[name] = data[name].astype("int64")
times = {}
for name, formula in asked["formulas"].items():
    times[name] = []
    for run in range(asked["runs"] + 1):
        since = time.perf_counter()
        fitted = pyfixest.feols(formula, data, vcov={"CRV1": asked["vcov"]})
        models = fitted.to_list() if hasattr(fitted, "to_list") else [fitted]
        assert all(numpy.isfinite(model.se()).all() for model in models)
        if run > 0:
            times[name].append(1000 * (time.perf_counter() - since))
versions = {package: importlib.metadata.version(package) for package in ("pyfixest", "numpy", "pandas")}
print(json.dumps({"versions": {"python": sys.version.split()[0], **versions}, "ms": times}))
