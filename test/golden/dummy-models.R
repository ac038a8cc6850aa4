# What the golden cases of fixed effects have in common: lm with explicit dummies, sandwich, lmtest, plm.
suppressMessages({ library(sandwich); library(lmtest); library(plm); library(jsonlite) })

named <- function(v, keep) as.list(setNames(as.numeric(v[keep]), keep))

# Least squares with all dummies: the coefficients of `keep`, and their standard errors under each covariance.
dummy_model <- function(formula, data, keep, clusters) {
  m <- lm(formula, data, tol = 1e-12)
  se <- function(v) named(sqrt(diag(v)), keep)
  out <- list(
    nobs = nobs(m), df_resid = m$df.residual, ssr = sum(resid(m)^2), coef = named(coef(m), keep),
    r2 = summary(m)$r.squared, adj_r2 = summary(m)$adj.r.squared,
    iid = se(vcov(m)), p_iid = named(coeftest(m)[, 4], keep), ci_low = named(confint(m)[, 1], keep), ci_high = named(confint(m)[, 2], keep),
    hc0 = se(vcovHC(m, type = "HC0")), hc1 = se(vcovHC(m, type = "HC1")), cluster = list()
  )
  for (name in names(clusters)) {
    by <- data[clusters[[name]]]
    out$cluster[[name]] <- list(
      # (N-1)/(N-K) G/(G-1), K all dummies, each component its own G
      full_conventional = se(vcovCL(m, cluster = by, type = "HC1", cadjust = TRUE, fix = FALSE)),
      bare = se(vcovCL(m, cluster = by, type = "HC0", cadjust = FALSE, fix = FALSE))
    )
  }
  out
}

# Stata's xtreg y x i.t, fe by its own formula: columns net of the unit's mean plus the grand mean, a constant, OLS.
xtreg_model <- function(y, x, unit, cluster) {
  net <- function(v) v - ave(v, unit) + mean(v)
  z <- cbind(1, apply(x, 2, net)); b <- qr.coef(qr(z, tol = 1e-12), net(y)); u <- net(y) - z %*% b
  n <- length(y); k <- ncol(x); bread <- solve(crossprod(z)); g <- nlevels(factor(cluster))
  iid <- bread * sum(u^2) / (n - nlevels(factor(unit)) - k)
  meat <- crossprod(rowsum(z * as.numeric(u), cluster))
  clustered <- bread %*% meat %*% bread * g / (g - 1) * (n - 1) / (n - k - 1)
  fit <- x %*% b[-1]
  list(constant = b[1], se_iid = sqrt(iid[1, 1]), se_cluster = sqrt(clustered[1, 1]), slope_se_cluster = sqrt(clustered[2, 2]),
       r2_within = 1 - sum(u^2) / sum((y - ave(y, unit))^2),
       r2_between = cor(tapply(fit, unit, mean), tapply(y, unit, mean))^2, r2_overall = cor(fit, y)^2)
}

put <- function(data, reference) {
  write.csv(data, "data.csv", row.names = FALSE)
  reference$r <- R.version.string
  reference$packages <- lapply(c(sandwich = "sandwich", lmtest = "lmtest", plm = "plm"), function(p) as.character(packageVersion(p)))
  write_json(reference, "reference.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
}
