/** Functions of the Python script that search thresholds and compare numbers. */
export const comparisonsPython = String.raw`
# ---- one threshold: the sum of squares at every candidate (Hansen 1999) --------------------------


def threshold_search(m, regime, q, controls, outcome, trim, divisor, level):
    """
    A regressor's slope may change where q passes a value. With Q an orthonormal basis of the effects, the controls and the
    regressor, the sum of squares at a candidate follows from running sums over the rows in the order of q.
    """
    d, n = m.d, m.nobs
    x, y = d[regime].to_numpy(dtype=float), d[outcome].to_numpy(dtype=float)
    parts = [dummies_of(g) for g in m.groups] or ([np.ones((n, 1))] if m.constant else [])
    whole = np.hstack([*parts, matrix_of(d, list(controls)), x[:, None]])
    whole = whole / np.maximum(np.linalg.norm(whole, axis=0), 1e-300)
    left, size, _ = np.linalg.svd(whole, full_matrices=False)
    Q = left[:, size > 1e-9 * size[0]]
    e = y - Q @ (Q.T @ y)
    o = np.argsort(d[q].to_numpy(dtype=float), kind="stable")
    value = d[q].to_numpy(dtype=float)[o]
    room = np.cumsum(x[o] ** 2) - (np.cumsum(Q[o] * x[o, None], axis=0) ** 2).sum(axis=1)
    # Where all that is split off is zero, nothing is gained.
    gain = np.where(room > 1e-10 * (x**2).sum(), np.cumsum(x[o] * e[o]) ** 2 / np.where(room > 0, room, 1), 0)
    least = max(1, int(np.ceil(trim * n * (1 - 1e-15))))
    last = np.flatnonzero(np.append(np.diff(value) > 0, True))
    last = last[(last + 1 >= least) & (n - last - 1 >= least)]
    ssr0 = float(e @ e)
    ssr = ssr0 - gain[last]
    best = int(np.argmin(ssr))
    lr = (ssr - ssr[best]) / (ssr[best] / divisor)
    accepted = value[last][lr <= -2 * np.log(1 - np.sqrt(level / 100))]
    return {
        "gamma": value[last][best], "ssr": ssr[best], "f": (ssr0 - ssr[best]) / (ssr[best] / divisor),
        "candidates": len(last), "low": accepted.min(), "high": accepted.max(),
    }


# ---- comparisons --------------------------------------------------------------------------------

# A number agrees that differs by less than this share of it.
tolerance = float(os.environ.get("KAYA_TOLERANCE", "1e-6"))
count = SimpleNamespace(compared=0, agreed=0, left_out=0)


def agree(name, what, here, kaya):
    good = here is not None and np.isfinite(here) and abs(here - kaya) <= tolerance * abs(kaya) + 1e-13
    count.compared += 1
    count.agreed += int(good)
    if not good:
        print(f"  DIFFERS  {name}, {what}: here {here}, Kaya {kaya}")
    return good


def tell(name, good, by):
    print(f"{name:<34} {sum(good):3d} of {len(good):3d} numbers agree ({by})")


def not_repeated(name, number, reason):
    count.left_out += number
    print(f"{name:<34} {number:3d} not repeated: {reason}")


@dataclass
class Errors:
    """
    How the errors of a model are asked for: of pyfixest, and of the functions above. "scale" is what the variance of pyfixest
    is multiplied by where none of its corrections is that of the convention.
    """

    values: dict
    kind: str
    by: tuple = ()
    vcov: object = None
    ssc: dict = None
    scale: float = 1.0


def repeated(name, by_pyfixest, written_out, nobs, columns, estimates, errors, r2=None):
    """
    Compares a model. pyfixest's numbers are taken where pyfixest is there and has them, else those of the functions above.
    """
    written = lazily(written_out)
    models = []
    for asked in errors:
        models.append(None)
        if pf is not None and by_pyfixest is not None and asked.vcov is not None:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    models[-1] = by_pyfixest(asked.vcov, pf.ssc(**asked.ssc))
            except Exception as fault:  # whatever pyfixest refuses is written out
                print("  pyfixest:", str(fault).split("\n")[0])
    m = next((one for one in models if one is not None), None)
    constant = {"(Intercept)": "Intercept"}

    def number(found, term, other):
        column = constant.get(columns[term], columns[term])
        return found[column] if found is not None and column in found else other().get(columns[term])

    good = [agree(name, "N", int(m._N) if m is not None else written().nobs, nobs)]
    b = None if m is None else m.coef().to_dict()
    good += [agree(name, term, number(b, term, lambda: written().coefficients), value) for term, value in estimates.items()]
    for asked, model in zip(errors, models):
        se = None if model is None else (model.se() * np.sqrt(asked.scale)).to_dict()
        for term, value in asked.values.items():
            here = number(se, term, lambda: errors_of(written(), asked.kind, asked.by))
            good.append(agree(name, f"se of {term}, {' '.join([asked.kind, *asked.by])}", here, value))
    for which, value in (r2 or {}).items():
        own = {"overall": "_r2", "within": "_r2_within"}.get(which)
        here = getattr(m, own, None) if m is not None and own is not None else None
        good.append(agree(name, f"{which} R2", here if here is not None and np.isfinite(here) else written().r2[which], value))
    tell(name, good, "pyfixest" if m is not None else "numpy")


def lazily(make):
    """What is made at the first call."""
    made = []

    def get():
        if not made:
            made.append(make())
        return made[0]

    return get


def repeated_numbers(name, here, kaya):
    """Compares numbers that stand by their names in two dictionaries."""
    tell(name, [agree(name, what, here.get(what), value) for what, value in kaya.items()], "numpy")


def tested(m, loads, constants, kind, by=()):
    """
    Linear functions of the coefficients, each with its loads by column, under a covariance: their joint chi2, and the first of
    them with its standard error.
    """
    R = np.array([[own.get(name, 0.0) for name in m.names] for own in loads])
    V = R @ covariance_of(m, kind, by) @ R.T
    gap = R @ np.array([m.coefficients.get(name, 0.0) for name in m.names]) + np.array(constants)
    return {"chi2": float(gap @ np.linalg.solve(V, gap)), "estimate": gap[0], "se": np.sqrt(V[0, 0])}


def strength(m, endogenous, instruments, regressors, effects, by=()):
    """
    Anderson's canonical correlation LM and the Cragg-Donald F of one endogenous regressor of a model. Under reghdfe effects within
    clusters are not counted, and one parameter of effects at least is (ivreghdfe).
    """

    def fit(columns):
        d = m.d.assign(_w=m.weights)
        return least_squares(d, endogenous, columns, effects, weights="_w", unit=m.unit, has_constant=m.constant == 1, rule=m.rule)

    long = fit([*instruments, *regressors])
    share = 1 - long.ssr / fit(regressors).ssr
    counted = rank_of(m.groups)
    if m.rule.counting == "reghdfe" and m.groups:
        clusters = [codes_of(m.d[name]) for name in by]
        counted = max(1, parameters(m, m.rule, clusters, False) - m.slopes - m.constant - any(nested_in(m, clusters)))
    left = m.nobs - long.slopes - m.constant - counted
    return {"anderson_lm": m.nobs * share, "cragg_donald_f": left / len(instruments) * share / (1 - share)}


def summary_of(data, name, unit, quantiles):
    x = data[name].to_numpy(dtype=float)
    own = x[~np.isnan(x)]
    means = data.groupby(unit)[name].mean().dropna()
    within = x - group_mean(x, data[unit]) + own.mean()
    point = stata_percentile if quantiles == "stata" else (lambda values, p: np.nanpercentile(values, p))
    points = {f"p{p}": point(own, p) for p in (1, 25, 50, 75, 99)}
    return {
        "obs": len(own), "missing": int(np.isnan(x).sum()), "mean": own.mean(), "sd": own.std(ddof=1), "min": own.min(),
        "max": own.max(), "median": points.pop("p50"), **points,
        "within_sd": np.nanstd(within, ddof=1), "between_sd": means.std(ddof=1),
    }
`;
