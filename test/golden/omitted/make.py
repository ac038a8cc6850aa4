"""Omitted variables by other programs, on ../after-the-fit/data.csv.

    pip install PySensemakr==0.0.8 'statsmodels<0.15' 'pandas<2.2'
    python make.py > reference.json

Robustness values and benchmarks: PySensemakr (Cinelli, Hazlett and co-authors). Selection: Oster (2019), proposition 3, and the
quadratic of her section 3 written as psacalc writes them, from three regressions of statsmodels. Decomposition: the influence
functions of Gelbach (2016) by numpy, summed by unit, no small-sample factor.
"""
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import sensemakr
import statsmodels.formula.api as smf

data = pd.read_csv(Path(__file__).parent.parent / 'after-the-fit' / 'data.csv')
OUTCOME, TERM, CONTROLS, UNIT = sys.argv[1:5] if len(sys.argv) > 4 else ('y', 'x1', 'x2+x3', 'unit')
controls = CONTROLS.split('+')


def partial_r2(model, name):
    t = model.tvalues[name]
    return float(t * t / (t * t + model.df_resid))


def sensitivity(fixed):
    model = smf.ols(f'{OUTCOME} ~ {TERM} + {CONTROLS}{fixed}', data).fit()
    # Given as numbers: handed a model, version 0.0.8 regresses the term on two constants and gives another partial R2 without effects.
    treatment = smf.ols(f'{TERM} ~ {CONTROLS}{fixed}', data).fit()
    stats = sensemakr.Sensemakr(model, TERM).sensitivity_stats
    estimate, se, dof = float(model.params[TERM]), float(model.bse[TERM]), int(model.df_resid)
    rows = []
    for name in controls:
        for times in (1, 2, 3):
            bound = sensemakr.ovb_partial_r2_bound(
                r2dxj_x=partial_r2(treatment, name), r2yxj_dx=partial_r2(model, name), kd=times).iloc[0]
            strength = {'r2dz_x': bound.r2dz_x, 'r2yz_dx': bound.r2yz_dx}
            rows.append({
                'label': f'{times}x {name}', 'r2_term': bound.r2dz_x, 'r2_outcome': bound.r2yz_dx,
                'estimate': float(sensemakr.adjusted_estimate(estimate=estimate, se=se, dof=dof, **strength)),
                'se': float(sensemakr.adjusted_se(se=se, dof=dof, **strength)),
                't': float(np.squeeze(sensemakr.adjusted_t(estimate=estimate, se=se, dof=dof, **strength))),
            })
    return {
        't': stats['t_statistic'], 'df': int(stats['dof']), 'partial_r2': stats['r2yd_x'],
        'value': float(stats['rv_q']), 'value_alpha': float(stats['rv_qa']), 'benchmarks': rows,
    }


def oster(fixed, r_max=None):
    short = smf.ols(f'{OUTCOME} ~ {TERM}{fixed}', data).fit()
    long = smf.ols(f'{OUTCOME} ~ {TERM} + {CONTROLS}{fixed}', data).fit()
    left = smf.ols(f'{TERM} ~ {CONTROLS}{fixed}', data).fit()
    alone = smf.ols(f'{TERM} ~ 1{fixed}', data).fit()
    n = len(data)
    syy = data[OUTCOME].var()
    sxx, tx = alone.ssr / (n - 1), left.ssr / (n - 1)
    b0, b1 = short.params[TERM], long.params[TERM]
    r0, r1 = short.rsquared, long.rsquared
    rm = min(1.3 * r1, 1) if r_max is None else r_max
    d = b0 - b1
    nu = b1
    top = nu * (r1 - r0) * syy * tx + nu * sxx * tx * d**2 + 2 * nu**2 * (tx * d * sxx) + nu**3 * (tx * sxx - tx**2)
    bottom = (rm - r1) * syy * d * sxx + nu * (rm - r1) * syy * (sxx - tx) + nu**2 * (tx * d * sxx) + nu**3 * (tx * sxx - tx**2)
    theta = (rm - r1) * syy * (sxx - tx) - (r1 - r0) * syy * tx - sxx * tx * d**2
    root = np.sqrt(theta**2 + 4 * (rm - r1) * syy * d**2 * sxx**2 * tx)
    betas = sorted(b1 - (-theta + s * root) / (-2 * tx * sxx * d) for s in (1, -1))
    return {'short': b0, 'long': b1, 'r2_short': r0, 'r2_long': r1, 'r2_max': rm, 'delta': top / bottom, 'betas': betas}


def gelbach():
    frame = data[[OUTCOME, TERM, *controls]] - data.groupby(UNIT)[[OUTCOME, TERM, *controls]].transform('mean')
    y, d, w = frame[OUTCOME].values, frame[TERM].values, frame[controls].values
    x = np.column_stack([d, w])
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ y
    u = y - x @ beta
    gamma = d @ w / (d @ d)
    errors = w - np.outer(d, gamma)
    own = (x * u[:, None]) @ bread
    moved = d[:, None] * errors / (d @ d)
    parts = moved * beta[1:] + own[:, 1:] * gamma
    sums = pd.DataFrame(parts).groupby(data[UNIT].values).sum().values
    total = sums.sum(axis=1)
    return {
        'parts': [{'term': name, 'estimate': gamma[j] * beta[j + 1], 'se': float(np.sqrt((sums[:, j] ** 2).sum()))}
                  for j, name in enumerate(controls)],
        'total': {'estimate': float(gamma @ beta[1:]), 'se': float(np.sqrt((total**2).sum()))},
    }


dummies = f' + C({UNIT})'
print(json.dumps({
    'plain': {'robustness': sensitivity(''), 'selection': oster('')},
    'effects': {'robustness': sensitivity(dummies), 'selection': oster(dummies)},
    'decomposition': gelbach(),
}, indent=1))
