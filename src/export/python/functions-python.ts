/** Functions of the Python script: columns that formulas make, and least squares written out in numpy. */
export const functionsPython = `# ---- columns that formulas make ----------------------------------------------------------------


def stata_percentile(values, p):
    """A percentile as Stata's summarize, detail has it: the mean of two order statistics where n p / 100 is whole."""
    values = np.sort(values[~np.isnan(values)])
    n = len(values)
    rank = int(np.floor(n * p / 100))
    if (n * p) % 100 == 0:
        return (values[max(rank - 1, 0)] + values[min(rank, n - 1)]) / 2
    return values[rank]


def limited(x, low, high, group, percentile):
    x = np.array(x, dtype=float)
    out = np.full(len(x), np.nan)
    group = pd.Series(0, index=range(len(x))) if group is None else pd.Series(np.asarray(group))
    for rows in group.groupby(group).indices.values():
        out[rows] = np.minimum(np.maximum(x[rows], percentile(x[rows], low)), percentile(x[rows], high))
    return out


def winsor(x, low, high, group=None):
    """Values beyond two percentiles set to them, by Stata's percentiles."""
    return limited(x, low, high, group, stata_percentile)


def winsor7(x, low, high, group=None):
    """The same by R's type 7, which is numpy's own."""
    return limited(x, low, high, group, lambda own, p: np.nanpercentile(own, p))


def by_group(x, groups, how):
    x = pd.Series(np.asarray(x, dtype=float))
    keys = [pd.Series(np.asarray(one)) for one in groups] or [pd.Series(0, index=x.index)]
    found = x.groupby(keys).transform(how)
    return found.where(x.groupby(keys).transform("count") > 0) if how == "sum" else found


def group_mean(x, *groups):
    return by_group(x, groups, "mean").to_numpy()


def group_sd(x, *groups):
    return by_group(x, groups, "std").to_numpy()


def group_total(x, *groups):
    return by_group(x, groups, "sum").to_numpy()


def group_count(x, *groups):
    return by_group(x, groups, "count").to_numpy()


def lagged(x, unit, time, back):
    """The value of the same unit "back" units of time before; a row that is not there has none."""
    known = dict(zip(zip(unit, time), np.asarray(x, dtype=float)))
    return np.array([known.get((u, t - back), np.nan) for u, t in zip(unit, time)])


def finite(x):
    """What has no value (the log of zero) is missing."""
    x = np.array(x, dtype=float)
    return np.where(np.isfinite(x), x, np.nan)


def compared_with(test, *sides):
    """1 and 0 of a comparison, missing where either side is."""
    missing = np.any([np.isnan(np.asarray(side, dtype=float)) for side in np.broadcast_arrays(*sides)], axis=0)
    return np.where(missing, np.nan, np.asarray(test, dtype=float))


def group_of(*columns):
    keys = [pd.Series(np.asarray(one)) for one in columns]
    codes = pd.concat(keys, axis=1, ignore_index=True).groupby(list(range(len(keys)))).ngroup()
    return codes.where(codes >= 0).to_numpy()


def at_most(q, gamma):
    """Whether a value is at most a threshold, which is read back from its digits."""
    return np.asarray(q) <= gamma + 1e-12 * abs(gamma)


def rows(data, keep, filled=()):
    """Rows that meet a condition, with a value in each of some columns."""
    keep = np.broadcast_to(np.asarray(keep, dtype=bool), len(data)).copy()
    for name in filled:
        keep &= data[name].notna().to_numpy()
    return data[keep].reset_index(drop=True)


# ---- least squares with fixed effects, written out in numpy --------------------------------------


def net_of(M, groups, w):
    """Net of the effects: weighted group means taken off in turn until nothing moves."""
    M = np.array(M, dtype=float)
    scale = np.maximum(np.abs(M).max(axis=0, initial=0), 1e-300)
    sizes = [np.bincount(g, w) for g in groups]
    for _ in range(100000):
        before = M.copy()
        for g, size in zip(groups, sizes):
            for j in range(M.shape[1]):
                M[:, j] -= (np.bincount(g, M[:, j] * w) / size)[g]
        if len(groups) < 2 or (np.abs(M - before) / scale).max(initial=0) < 1e-15:
            break
    return M


def components(a, b):
    label = np.arange(a.max() + 1)
    while True:
        other = np.full(b.max() + 1, len(label))
        np.minimum.at(other, b, label[a])
        new = np.full(len(label), len(label))
        np.minimum.at(new, a, other[b])
        if np.array_equal(new, label):
            return len(np.unique(label))
        label = new


def dummies_of(g, first=0):
    return (g[:, None] == np.arange(first, g.max() + 1)[None, :]).astype(float)


def rank_of(groups):
    """Independent columns among the dummies of all effects."""
    levels = [g.max() + 1 for g in groups]
    if len(groups) < 2:
        return sum(levels)
    if len(groups) == 2:
        return sum(levels) - components(*groups)
    first = int(np.argmax(levels))
    others = np.hstack([dummies_of(g) for k, g in enumerate(groups) if k != first])
    net = net_of(others, [groups[first]], np.ones(len(others)))
    return levels[first] + int(np.linalg.matrix_rank(net, tol=1e-8 * np.sqrt(len(net))))


def independent(M, raw):
    """Columns that earlier ones do not make; "raw" holds them before the effects were taken off."""
    kept, basis = [], np.zeros((len(M), 0))
    for j in range(M.shape[1]):
        size = np.linalg.norm(M[:, j])
        if size <= 1e-9 * max(np.linalg.norm(raw[:, j]), 1e-300):
            continue
        rest = M[:, j] / size
        for _ in range(2):
            rest = rest - basis @ (basis.T @ rest)
        if np.linalg.norm(rest) > 1e-9:
            kept.append(j)
            basis = np.column_stack([basis, rest / np.linalg.norm(rest)])
    return kept


@dataclass
class Convention:
    """What a convention does to small samples: who counts the parameters, and how."""

    counting: str
    adjusts: bool = True
    effects: str = "nested"
    adjusts_groups: bool = True
    groups: str = "min"
    cluster: str = "n-1"
    grouped: bool = True
    divisor: str = "n-1"
    constant: bool = False
    repairs: str = "basis"


def matrix_of(d, columns):
    return np.column_stack([d[name].to_numpy(dtype=float) for name in columns]) if columns else np.zeros((len(d), 0))


def codes_of(column):
    return pd.factorize(column, sort=True)[0]


def least_squares(d, outcome, regressors=(), effects=(), endogenous=(), instruments=(), weights=None, unit=0,
                  has_constant=True, drop_singletons=False, rule=None):
    """Least squares, or two-stage least squares, on the rows that have every value."""
    regressors, effects, endogenous, instruments = map(list, (regressors, effects, endogenous, instruments))
    fine = np.isfinite(matrix_of(d, [outcome, *endogenous, *regressors, *instruments])).all(axis=1)
    for name in effects:
        fine &= d[name].notna().to_numpy()
    if weights is not None:
        fine &= (np.isfinite(d[weights]) & (d[weights] > 0)).to_numpy()
    d = d[fine].reset_index(drop=True)
    while drop_singletons and effects:
        alone = np.zeros(len(d), dtype=bool)
        for name in effects:
            alone |= (d.groupby(name)[name].transform("size") == 1).to_numpy()
        if not alone.any():
            break
        d = d[~alone].reset_index(drop=True)
    n = len(d)
    w = np.ones(n) if weights is None else d[weights].to_numpy(dtype=float)
    root = np.sqrt(w)[:, None]
    groups = [codes_of(d[name]) for name in effects]
    y, X, Z = matrix_of(d, [outcome]), matrix_of(d, [*endogenous, *regressors]), matrix_of(d, instruments)
    added, names = np.zeros((n, 0)), []
    absorb = (lambda M: net_of(M, groups, w)) if groups else (lambda M: M)
    if groups and rule.constant:
        # As xtreg, fe: the unit's means taken off and the mean of all put back, the other effects as dummies.
        def absorb(M):
            return net_of(M, [groups[unit]], w) + (M * w[:, None]).sum(axis=0) / w.sum()

        others = [dummies_of(g, 1) for k, g in enumerate(groups) if k != unit]
        added = np.hstack([np.ones((n, 1))] + [absorb(one) for one in others])
        names = ["(Intercept)"] + [""] * (added.shape[1] - 1)
    elif not groups and has_constant:
        added, names = np.ones((n, 1)), ["(Intercept)"]
    names = [*names, *endogenous, *regressors]
    all_x = np.hstack([added, absorb(X)]) * root
    kept = independent(all_x, np.hstack([added, X]) * root)
    all_x, names = all_x[:, kept], [names[j] for j in kept]
    target = (absorb(y) * root)[:, 0]
    fitted_x = all_x
    if endogenous:
        exogenous = all_x[:, [j for j, name in enumerate(names) if name not in endogenous]]
        first = np.hstack([exogenous, absorb(Z) * root])
        first = first[:, independent(first, first)]
        basis = np.linalg.qr(first)[0]
        fitted_x = basis @ (basis.T @ all_x)
    basis, upper = np.linalg.qr(fitted_x)
    b = np.linalg.solve(upper, basis.T @ target)
    inverse = np.linalg.inv(upper)
    bread = inverse @ inverse.T
    residuals = target - all_x @ b
    ssr = float(residuals @ residuals)
    center = np.average(y[:, 0], weights=w) if groups or has_constant else 0.0

    def measure(net):
        return 1 - ssr / float(((net * root) ** 2).sum())

    r2 = {"overall": measure(y - center)}
    if groups:
        r2["within"] = measure(net_of(y, groups, w))
        r2["xtreg_within"] = measure(net_of(y, [groups[unit]], w))
    return SimpleNamespace(
        d=d, rule=rule, groups=groups, unit=unit, nobs=n, names=names,
        coefficients={name: value for name, value in zip(names, b) if name != ""},
        slopes=sum(name not in ("", "(Intercept)") for name in names), constant=int(not groups and has_constant),
        bread=bread, scores=fitted_x * residuals[:, None], ssr=ssr, weights=w,
        leverage=((fitted_x @ bread) * fitted_x).sum(axis=1), r2=r2,
    )


def nested_in(m, clusters):
    """Which effects lie within some clusters."""
    return [any(len(np.unique(np.column_stack([g, k]), axis=0)) == g.max() + 1 for k in clusters) for g in m.groups]


def parameters(m, rule, clusters, is_iid):
    """Parameters as a convention counts them."""
    levels = [int(g.max()) + 1 for g in m.groups]
    own = m.slopes + m.constant
    if not levels:
        return own
    nested = nested_in(m, clusters)
    if rule.counting == "fixest":
        if rule.effects == "none":
            return own
        counted = sum(levels) - (len(levels) - 1)
        if rule.effects == "nested":
            counted = max(counted - sum(L - 1 for L, inside in zip(levels, nested) if inside), int(any(nested)))
        return own + counted
    if rule.counting == "reghdfe":
        free = [e for e, inside in enumerate(nested) if not inside]
        least = int(any(nested))
        counted = least
        for place, e in enumerate(free):
            shared = max((components(m.groups[f], m.groups[e]) for f in free[:place]), default=0)
            counted += levels[e] - min(levels[e], max(shared, least))
        return own + counted
    if rule.counting == "plm" and not is_iid:
        return own
    if rule.counting == "linearmodels" and len(levels) == 1 and nested[0]:
        return own
    is_free = rule.counting == "xtreg" and nested[m.unit]
    return own + rank_of(m.groups) - (levels[m.unit] - 1 if is_free else 0)


def not_negative(M):
    """A symmetric matrix with its negative eigenvalues set to 0 (Cameron, Gelbach and Miller 2011, section 2.3)."""
    values, vectors = np.linalg.eigh((M + M.T) / 2)
    if values.min() >= -1e-12 * np.abs(values).max():
        return M
    return (vectors * np.maximum(values, 0)) @ vectors.T


def repaired(m, V):
    """
    A covariance of several ways of clustering without negative eigenvalues: in an orthonormal basis of the regressors, where
    their units play no part, or in their units, as fixest does. The slopes beside fixed effects are repaired by themselves; the
    constant that is reported with them is raised by what the whole needs to be non-negative.
    """
    shown = [j for j, name in enumerate(m.names) if name != ""]
    is_beside = [len(m.groups) > 0 and m.slopes > 0 and m.names[j] == "(Intercept)" for j in shown]
    # The constant first, then the slopes.
    order = [j for j, is_constant in zip(shown, is_beside) if is_constant] + [j for j, is_constant in zip(shown, is_beside) if not is_constant]
    lead = sum(is_beside)
    W, B = V[np.ix_(order, order)], m.bread[np.ix_(order, order)]
    if m.rule.repairs == "units":
        whole = not_negative(W)
        whole[lead:, lead:] = not_negative(W[lead:, lead:])
    else:
        root = np.zeros_like(B)
        root[lead:, lead:] = np.linalg.cholesky(B[lead:, lead:])
        if lead == 1:
            root[0, 1:] = np.linalg.solve(root[1:, 1:], B[1:, 0])
            root[0, 0] = np.sqrt(B[0, 0] - root[0, 1:] @ root[0, 1:])
        M = np.linalg.solve(root, np.linalg.solve(root, W).T).T
        own = not_negative(M[lead:, lead:])
        if lead == 1:
            values, vectors = np.linalg.eigh((own + own.T) / 2)
            live = values > 1e-12 * values.max()
            side = vectors[:, live].T @ M[1:, 0]
            explained = (side**2 / values[live]).sum()
            M[0, 0] = max(M[0, 0] - explained, 0) + explained
            M[1:, 0] = M[0, 1:] = vectors[:, live] @ side
        M[lead:, lead:] = own
        whole = root @ M @ root.T
    V = V.copy()
    V[np.ix_(order, order)] = whole
    return V


def covariance_of(m, kind, by=()):
    """A covariance of all coefficients, dummies of effects among them where they are regressors."""
    rule, n = m.rule, m.nobs
    clusters = [codes_of(m.d[name]) for name in by]
    K = parameters(m, rule, clusters, kind == "iid")

    def sandwich(scores):
        return m.bread @ (scores.T @ scores) @ m.bread

    if kind == "iid":
        V = m.bread * m.ssr / (n - K if rule.adjusts else n if rule.divisor == "n" else n - 1)
    elif kind == "hc0":
        V = sandwich(m.scores)
    elif kind == "hc1":
        V = sandwich(m.scores) * (n / (n - K) if rule.adjusts else 1)
    elif kind == "hc2":
        V = sandwich(m.scores / np.sqrt(1 - m.leverage)[:, None])
    elif kind == "hc3":
        V = sandwich(m.scores / (1 - m.leverage)[:, None])
    elif kind == "cluster":
        least = min(k.max() + 1 for k in clusters)
        V = 0
        for size in range(1, len(clusters) + 1):
            for taken in itertools.combinations(clusters, size):
                g = pd.DataFrame(np.column_stack(taken)).groupby(list(range(size))).ngroup().to_numpy()
                G = least if rule.groups == "min" else g.max() + 1
                factor = 1 if not rule.adjusts else (n if rule.cluster == "n" else n - 1) / (n - K)
                if rule.adjusts_groups and rule.grouped:
                    factor = factor * G / (G - 1)
                sums = np.column_stack([np.bincount(g, m.scores[:, j]) for j in range(m.scores.shape[1])])
                V = V + (1 if size % 2 == 1 else -1) * factor * sandwich(sums)
        if len(clusters) > 1:
            V = repaired(m, V)
    else:
        raise ValueError(f"no covariance is called {kind}")
    return V


def errors_of(m, kind, by=()):
    """Standard errors of the coefficients under a covariance, by name."""
    return {name: value for name, value in zip(m.names, np.sqrt(np.diag(covariance_of(m, kind, by)))) if name != ""}
`;
