"""Critical values for the Cragg-Donald F with one endogenous regressor, by numerical integration: writes reference.json.

Under weak-instrument asymptotics (Staiger and Stock 1997) let u and v be L-vectors, standard normal with correlation rho, v
about a mean of length mu. The k-class is (v'u - k rho) / (v'v - k), LIML's k the least eigenvalue of [u v]'[u v] in the metric
[1 rho; rho 1], Fuller(a)'s that less a. Stock and Yogo (2005) take the mu at which the worst bias over rho reaches a bound,
and as critical value the 95 % point of a noncentral chi2 with L degrees of freedom and noncentrality mu^2, over L.
  2SLS, relative bias: E[v'u]/(v'v) over rho is 1F1(1; L/2; -mu^2/2) (Skeels and Windmeijer 2018).
  Fuller(1): with u and e = (v - rho u)/s, s^2 = 1 - rho^2, W = [u e]'[u e] is noncentral Wishart of rank one. In its
  eigenvalues l1 > l2 and the angle of its eigenvectors its density is, up to a constant,
  exp(-(l1+l2)/2) (l1 l2)^((L-3)/2) (l1-l2) 0F1(L/2; mu^2/s^2 m/4), m = l1 cos^2 + l2 sin^2,
  and the estimator a function of the three. rho = 1 and L = 1 have one normal variate.
Stock and Yogo's printed tables are simulations of 20,000 draws: they are off these numbers by up to 3 %.
pip install numpy scipy; python make.py
"""

import json
from pathlib import Path

import numpy as np
from scipy import optimize, special, stats

BIASES = (0.05, 0.10, 0.20, 0.30)
RHOS = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


def critical(mu, instruments):
    return stats.ncx2.ppf(0.95, instruments, mu * mu) / instruments


def two_stage_bias(mu, instruments):
    return special.hyp1f1(1, instruments / 2, -mu * mu / 2)


def two_stage_critical(bound, instruments):
    mu = optimize.brentq(lambda m: two_stage_bias(m, instruments) - bound, 0.05, 60, xtol=1e-10)
    return round(critical(mu, instruments), 4)


def legendre(points, low, high):
    x, w = np.polynomial.legendre.leggauss(points)
    return (low + high) / 2 + (high - low) / 2 * x, (high - low) / 2 * w


def fuller_bias(mu, instruments, rho, a=1.0, points=56):
    if instruments == 1 or rho == 1:
        z = np.linspace(-10, 10, 16001)
        w = stats.norm.pdf(z)
        return rho * np.sum(w * ((mu + z) * z + a) / ((mu + z) ** 2 + a)) / np.sum(w)
    s = np.sqrt(1 - rho * rho)
    nu = mu / s
    far = np.sqrt(instruments) + 8
    r2, w2 = legendre(points, 0, far)
    t, wt = legendre(points, max(0, nu - 9 - far), nu + far)
    width = min(np.pi / 2, 14 / nu)
    angle, wa = legendre(points, -width, width)
    r2, t, angle = np.meshgrid(r2, t, angle, indexing="ij")
    l1, l2 = (r2 + t) ** 2, r2**2
    half = instruments / 2
    x = nu * nu * (l1 * np.cos(angle) ** 2 + l2 * np.sin(angle) ** 2) / 4
    log_hypergeometric = (1 - half) / 2 * np.log(x) + np.log(special.ive(half - 1, 2 * np.sqrt(x))) + 2 * np.sqrt(x)
    log_density = -(l1 + l2) / 2 + (instruments - 2) * np.log((r2 + t) * r2) + np.log(l1 - l2) + log_hypergeometric
    density = np.exp(log_density - log_density.max()) * w2[:, None, None] * wt[None, :, None] * wa[None, None, :]
    # W - k I, k = l2 - a, in the coordinates of u and e.
    big = l1 - l2 + a
    uu = big * np.sin(angle) ** 2 + a * np.cos(angle) ** 2
    ee = big * np.cos(angle) ** 2 + a * np.sin(angle) ** 2
    ue = (big - a) * np.sin(angle) * np.cos(angle)
    estimate = (rho * uu + s * ue) / (rho * rho * uu + 2 * rho * s * ue + s * s * ee)
    return np.sum(density * estimate) / np.sum(density)


def scaled(mu, instruments, rho, relative):
    return abs(fuller_bias(mu, instruments, rho)) / (rho if relative else 1)


def fuller_critical(bound, instruments, relative):
    """The worst rho is found as an active set: solve at some, look at all, add the worst."""
    active = [RHOS[0], RHOS[-1]] if relative else [RHOS[-1]]
    while True:
        mu = optimize.brentq(
            lambda m: max(scaled(m, instruments, rho, relative) for rho in active) - bound, 0.05, 60, xtol=1e-5
        )
        bias, rho = max((scaled(mu, instruments, rho, relative), rho) for rho in RHOS)
        if bias <= bound * (1 + 1e-4):
            return round(critical(mu, instruments), 4)
        active.append(rho)


def fuller(relative, counts):
    return {round(100 * b): [fuller_critical(b, k, relative) for k in counts] for b in BIASES}


if __name__ == "__main__":
    counts = range(1, 11)
    two_stage = {
        round(100 * b): [two_stage_critical(b, k) for k in (*range(3, 11), 15, 20, 30)]
        for b in BIASES
    }
    out = {"two_stage_bias": two_stage, "fuller_bias": fuller(True, counts), "fuller_max": fuller(False, counts)}
    Path(__file__).with_name("reference.json").write_text(json.dumps(out, indent=1) + "\n")
