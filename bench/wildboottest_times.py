"""Milliseconds of pyfixest's wild cluster bootstrap (wildboottest) on columns that bench/wild.mjs wrote; asked for on stdin, answered as JSON."""

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
for name in ("unit", "year"):
    data[name] = data[name].astype("int64")
fitted = pyfixest.feols(asked["formula"], data, vcov={"CRV1": "unit"})
elapsed, processor = [], []
for run in range(4):
    since, cpu = time.perf_counter(), time.process_time()
    result = fitted.wildboottest(param="x1", reps=asked["reps"], seed=1)
    if run > 0:
        elapsed.append(1000 * (time.perf_counter() - since))
        processor.append(1000 * (time.process_time() - cpu))
versions = {package: importlib.metadata.version(package) for package in ("pyfixest", "wildboottest", "numpy")}
p = float(result["Pr(>|t|)"] if "Pr(>|t|)" in result else result.iloc[2])
print(json.dumps({"versions": versions, "p_only": True, "p": p, "elapsed_ms": min(elapsed), "processor_ms": min(processor)}))
