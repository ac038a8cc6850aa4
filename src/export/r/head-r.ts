/** Functions of the R script: columns that formulas make, least squares written out, and the comparisons. */
export const functionsR = `# ---- columns that formulas make ----------------------------------------------------------------

# A percentile as Stata's summarize, detail has it: the mean of two order statistics where n p / 100 is whole.
stata_percentile <- function(x, p) {
  x <- sort(x)
  n <- length(x)
  place <- n * p / 100
  rank <- floor(place)
  if (place == rank) (x[max(rank, 1)] + x[min(rank + 1, n)]) / 2 else x[rank + 1]
}
limited <- function(x, low, high, group, percentile) {
  group <- if (is.null(group)) rep(1L, length(x)) else group
  for (rows in split(seq_along(x), group)) {
    ends <- c(percentile(x[rows], low), percentile(x[rows], high))
    x[rows] <- pmin(pmax(x[rows], ends[1]), ends[2])
  }
  replace(x, is.na(group), NA)
}
# Values beyond two percentiles set to them, by Stata's percentiles, and by R's type 7.
winsor <- function(x, low, high, group = NULL) limited(x, low, high, group, stata_percentile)
winsor7 <- function(x, low, high, group = NULL) {
  limited(x, low, high, group, function(x, p) stats::quantile(x, p / 100, na.rm = TRUE, names = FALSE, type = 7))
}
by_group <- function(x, groups, number) {
  if (length(groups) == 0) groups <- list(rep(1L, length(x)))
  key <- interaction(groups, drop = TRUE)
  found <- vapply(split(x, key), function(own) number(own[!is.na(own)]), numeric(1))
  unname(found[match(as.character(key), names(found))])
}
group_mean <- function(x, ...) by_group(x, list(...), function(own) if (length(own) == 0) NA else mean(own))
group_sd <- function(x, ...) by_group(x, list(...), function(own) if (length(own) < 2) NA else sd(own))
group_total <- function(x, ...) by_group(x, list(...), function(own) if (length(own) == 0) NA else sum(own))
group_count <- function(x, ...) by_group(x, list(...), function(own) as.numeric(length(own)))
# The value of the same unit "back" units of time before; a row that is not there has none.
lagged <- function(x, unit, time, back) x[match(paste(unit, time - back), paste(unit, time))]
# What has no value (the log of zero) is missing.
finite <- function(x) replace(x, !is.finite(x), NA)
group_of <- function(...) {
  key <- interaction(list(...), drop = TRUE, lex.order = TRUE)
  as.integer(key)
}
# Whether a value is at most a threshold, which is read back from its digits.
at_most <- function(q, gamma) q <= gamma + 1e-12 * abs(gamma)
# Rows that meet a condition, with a value in each of some columns.
rows <- function(data, keep, filled = character()) {
  for (name in filled) keep <- keep & !is.na(data[[name]])
  data[which(keep), , drop = FALSE]
}

# ---- least squares with fixed effects, written out in base R -----------------------------------

# Net of the effects: weighted group means taken off in turn until nothing moves.
net_of <- function(M, groups, w) {
  scale <- pmax(apply(abs(M), 2, max), 1e-300)
  for (turn in seq_len(100000)) {
    before <- M
    for (g in groups) M <- M - (rowsum(M * w, g) / as.vector(rowsum(w, g)))[g, , drop = FALSE]
    if (length(groups) < 2 || max(abs(M - before) / rep(scale, each = nrow(M))) < 1e-15) break
  }
  M
}
components <- function(a, b) {
  label <- seq_len(max(a))
  repeat {
    other <- as.vector(tapply(label[a], b, min))
    new <- as.vector(tapply(other[b], a, min))
    if (all(new == label)) return(length(unique(label)))
    label <- new
  }
}
# Independent columns among the dummies of all effects.
rank_of <- function(groups) {
  if (length(groups) == 0) return(0)
  levels <- vapply(groups, max, 1L)
  if (length(groups) == 1) return(levels[[1]])
  if (length(groups) == 2) return(sum(levels) - components(groups[[1]], groups[[2]]))
  first <- which.max(levels)
  dummies <- do.call(cbind, lapply(groups[-first], function(g) outer(g, seq_len(max(g)), "==") * 1))
  levels[[first]] + qr(net_of(dummies, groups[first], rep(1, nrow(dummies))), tol = 1e-8)$rank
}
# Columns that earlier ones do not make; "raw" holds them before the effects were taken off.
independent <- function(M, raw) {
  size <- sqrt(colSums(raw^2))
  live <- which(sqrt(colSums(M^2)) > 1e-9 * pmax(size, 1e-300))
  if (length(live) == 0) return(live)
  found <- qr(M[, live, drop = FALSE], tol = 1e-9)
  sort(live[found$pivot[seq_len(found$rank)]])
}
matrix_of <- function(d, columns) {
  M <- matrix(0, nrow(d), length(columns), dimnames = list(NULL, columns))
  for (name in columns) M[, name] <- as.numeric(d[[name]])
  M
}

# What a convention does to small samples: who counts the parameters, and how.
convention <- function(counting, adjusts = TRUE, effects = "nested", adjusts_groups = TRUE, groups = "min", hc = "n",
                       cluster = "n-1", grouped = TRUE, divisor = "n-1", constant = FALSE, repairs = "basis") {
  as.list(environment())
}

# Least squares, or two-stage least squares, on the rows that have every value.
least_squares <- function(d, outcome, regressors = character(), effects = character(), endogenous = character(),
                          instruments = character(), weights = NULL, unit = 1, has_constant = TRUE,
                          drop_singletons = FALSE, rule) {
  fine <- rep(TRUE, nrow(d))
  for (name in c(outcome, endogenous, regressors, instruments)) fine <- fine & is.finite(d[[name]])
  for (name in effects) fine <- fine & !is.na(d[[name]])
  if (!is.null(weights)) fine <- fine & is.finite(d[[weights]]) & d[[weights]] > 0
  d <- d[which(fine), , drop = FALSE]
  while (drop_singletons && length(effects) > 0) {
    alone <- rep(FALSE, nrow(d))
    for (name in effects) alone <- alone | stats::ave(rep(1, nrow(d)), d[[name]], FUN = sum) == 1
    if (!any(alone)) break
    d <- d[!alone, , drop = FALSE]
  }
  w <- if (is.null(weights)) rep(1, nrow(d)) else d[[weights]]
  groups <- lapply(effects, function(name) as.integer(factor(d[[name]])))
  y <- matrix_of(d, outcome)
  X <- matrix_of(d, c(endogenous, regressors))
  Z <- matrix_of(d, instruments)
  has_effects <- length(groups) > 0
  shows_constant <- if (has_effects) rule$constant else has_constant
  added <- matrix(0, nrow(d), 0)
  if (has_effects && rule$constant) {
    # As xtreg, fe: the unit's means taken off and the mean of all put back, the other effects as dummies.
    mean_back <- function(M) net_of(M, groups[unit], w) + rep(colSums(M * w) / sum(w), each = nrow(M))
    dummies <- lapply(groups[-unit], function(g) outer(g, seq_len(max(g))[-1], "==") * 1)
    added <- cbind("(Intercept)" = 1, mean_back(do.call(cbind, c(list(matrix(0, nrow(d), 0)), dummies))))
    absorb <- mean_back
  } else if (has_effects) {
    absorb <- function(M) net_of(M, groups, w)
  } else {
    absorb <- identity
    if (has_constant) added <- cbind("(Intercept)" = rep(1, nrow(d)))
  }
  root <- sqrt(w)
  all_x <- cbind(added[, colnames(added) == "(Intercept)", drop = FALSE], added[, colnames(added) != "(Intercept)", drop = FALSE], absorb(X))
  raw_x <- cbind(added[, colnames(added) == "(Intercept)", drop = FALSE], added[, colnames(added) != "(Intercept)", drop = FALSE], X)
  kept <- independent(all_x * root, raw_x * root)
  all_x <- all_x[, kept, drop = FALSE] * root
  target <- absorb(y)[, 1] * root
  fitted_x <- all_x
  if (length(endogenous) > 0) {
    exogenous <- all_x[, !colnames(all_x) %in% endogenous, drop = FALSE]
    fitted_x <- qr.fitted(qr(cbind(exogenous, absorb(Z) * root), tol = 1e-9), all_x)
  }
  bread <- solve(crossprod(fitted_x))
  b <- as.vector(qr.coef(qr(fitted_x, tol = 1e-12), target))
  names(b) <- colnames(all_x)
  residuals <- target - as.vector(all_x %*% b)
  ssr <- sum(residuals^2)
  squares <- function(net) sum((net[, 1] * root)^2)
  center <- if (has_effects || has_constant) sum(y * w) / sum(w) else 0
  shown <- intersect(c("(Intercept)"[shows_constant], endogenous, regressors), names(b))
  list(
    d = d, rule = rule, groups = groups, unit = unit, nobs = nrow(d), coefficients = b[shown], shown = shown,
    slopes = length(setdiff(shown, "(Intercept)")), constant = as.numeric(!has_effects && has_constant),
    bread = bread, scores = fitted_x * residuals, ssr = ssr, weights = w, leverage = rowSums((fitted_x %*% bread) * fitted_x),
    r2 = c(
      overall = 1 - ssr / squares(y - center),
      within = if (has_effects) 1 - ssr / squares(net_of(y, groups, w)) else NA,
      xtreg_within = if (has_effects) 1 - ssr / squares(net_of(y, groups[unit], w)) else NA
    )
  )
}

# Which effects lie within some clusters.
nested_in <- function(m, clusters) {
  vapply(m$groups, function(g) {
    any(vapply(clusters, function(k) nrow(unique(data.frame(g, k))) == max(g), NA))
  }, NA)
}

# Parameters as a convention counts them.
parameters <- function(m, rule, clusters, is_iid) {
  levels <- vapply(m$groups, max, 1L)
  own <- m$slopes + m$constant
  if (length(levels) == 0) return(own)
  nested <- nested_in(m, clusters)
  if (rule$counting == "fixest") {
    if (rule$effects == "none") return(own)
    counted <- sum(levels) - (length(levels) - 1)
    if (rule$effects == "nested") counted <- max(counted - sum(levels[nested] - 1), as.numeric(any(nested)))
    return(own + counted)
  }
  if (rule$counting == "reghdfe") {
    free <- which(!nested)
    least <- as.numeric(any(nested))
    counted <- least
    for (place in seq_along(free)) {
      shared <- if (place == 1) 0 else max(vapply(free[seq_len(place - 1)], function(e) components(m$groups[[e]], m$groups[[free[place]]]), 1L))
      counted <- counted + levels[free[place]] - min(levels[free[place]], max(shared, least))
    }
    return(own + counted)
  }
  if (rule$counting == "plm" && !is_iid) return(own)
  if (rule$counting == "linearmodels" && length(levels) == 1 && nested[1]) return(own)
  is_free <- rule$counting == "xtreg" && nested[m$unit]
  own + rank_of(m$groups) - if (is_free) levels[[m$unit]] - 1 else 0
}

# A symmetric matrix with its negative eigenvalues set to 0 (Cameron, Gelbach and Miller 2011, section 2.3).
not_negative <- function(M) {
  e <- eigen((M + t(M)) / 2, symmetric = TRUE)
  if (min(e$values) >= -1e-12 * max(abs(e$values))) return(M)
  e$vectors %*% (pmax(e$values, 0) * t(e$vectors))
}
# A covariance of several ways of clustering without negative eigenvalues: in an orthonormal basis of the regressors, where their
# units play no part, or in their units, as fixest does. The slopes beside fixed effects are repaired by themselves; the constant
# that is reported with them is raised by what the whole needs to be non-negative.
repaired <- function(m, V) {
  beside <- if (length(m$groups) > 0 && m$slopes > 0) which(m$shown == "(Intercept)") else integer()
  s <- setdiff(seq_along(m$shown), beside)
  if (m$rule$repairs == "units") {
    whole <- not_negative(V)
    whole[s, s] <- not_negative(V[s, s, drop = FALSE])
    return(whole)
  }
  B <- m$bread[m$shown, m$shown, drop = FALSE]
  root <- matrix(0, length(m$shown), length(m$shown))
  root[s, s] <- t(chol(B[s, s, drop = FALSE]))
  if (length(beside) > 0) {
    root[beside, s] <- t(solve(root[s, s, drop = FALSE], B[s, beside]))
    root[beside, beside] <- sqrt(B[beside, beside] - sum(root[beside, s]^2))
  }
  M <- t(solve(root, t(solve(root, V))))
  own <- not_negative(M[s, s, drop = FALSE])
  if (length(beside) == 0) return(root %*% own %*% t(root))
  e <- eigen((own + t(own)) / 2, symmetric = TRUE)
  live <- e$values > 1e-12 * max(e$values)
  range <- e$vectors[, live, drop = FALSE]
  side <- as.vector(t(range) %*% M[s, beside])
  explained <- sum(side^2 / e$values[live])
  M[s, s] <- own
  M[s, beside] <- M[beside, s] <- as.vector(range %*% side)
  M[beside, beside] <- max(M[beside, beside] - explained, 0) + explained
  root %*% M %*% t(root)
}

# Standard errors of the coefficients under a covariance.
errors_of <- function(m, type, by = character()) {
  rule <- m$rule
  n <- m$nobs
  clusters <- lapply(by, function(name) as.integer(factor(m$d[[name]])))
  K <- parameters(m, rule, clusters, type == "iid")
  sandwich <- function(scores) m$bread %*% crossprod(scores) %*% m$bread
  V <- switch(type,
    iid = m$bread * m$ssr / (if (rule$adjusts) n - K else if (rule$divisor == "n") n else n - 1),
    hc0 = sandwich(m$scores),
    hc1 = sandwich(m$scores) * (if (rule$adjusts) n / (n - K) else 1),
    hc2 = sandwich(m$scores / sqrt(1 - m$leverage)),
    hc3 = sandwich(m$scores / (1 - m$leverage)),
    cluster = {
      least <- min(vapply(clusters, max, 1L))
      total <- 0
      for (chosen in seq_len(2^length(clusters) - 1)) {
        taken <- which(bitwAnd(chosen, 2^(seq_along(clusters) - 1)) > 0)
        g <- as.integer(interaction(clusters[taken], drop = TRUE))
        G <- if (rule$groups == "min") least else max(g)
        factor <- if (!rule$adjusts) 1 else if (rule$cluster == "n") n / (n - K) else (n - 1) / (n - K)
        if (rule$adjusts_groups && rule$grouped) factor <- factor * G / (G - 1)
        total <- total + (if (length(taken) %% 2 == 1) 1 else -1) * factor * sandwich(rowsum(m$scores, g))
      }
      total
    },
    stop("no covariance is called ", type)
  )
  colnames(V) <- rownames(V) <- colnames(m$scores)
  V <- V[m$shown, m$shown, drop = FALSE]
  if (length(clusters) > 1) V[] <- repaired(m, V)
  V
}
`;
