/** Functions of the R script that search thresholds and compare numbers. */
export const comparisonsR = String.raw`
# ---- one threshold: the sum of squares at every candidate (Hansen 1999) -------------------------

# A regressor's slope may change where q passes a value. With Q an orthonormal basis of the effects, the controls and the
# regressor, the sum of squares at a candidate follows from running sums over the rows in the order of q.
threshold_search <- function(m, regime, q, controls, outcome, trim, divisor, level) {
  d <- m$d
  x <- d[[regime]]
  dummies <- lapply(m$groups, function(g) outer(g, seq_len(max(g)), "==") * 1)
  if (length(m$groups) == 0 && m$constant == 1) dummies <- list(rep(1, nrow(d)))
  base <- qr(do.call(cbind, c(dummies, list(matrix_of(d, controls), x))), tol = 1e-9)
  Q <- qr.qy(base, diag(1, nrow(d), base$rank))
  e <- qr.resid(base, d[[outcome]])
  o <- order(d[[q]])
  value <- d[[q]][o]
  size <- cumsum(x[o]^2) - rowSums(apply(Q[o, ] * x[o], 2, cumsum)^2)
  # Where all that is split off is zero, nothing is gained.
  gain <- ifelse(size > 1e-10 * sum(x^2), cumsum(x[o] * e[o])^2 / size, 0)
  n <- nrow(d)
  least <- max(1, ceiling(trim * n * (1 - 1e-15)))
  last <- which(c(diff(value) > 0, TRUE))
  last <- last[last >= least & n - last >= least]
  ssr0 <- sum(e^2)
  ssr <- ssr0 - gain[last]
  best <- which.min(ssr)
  lr <- (ssr - ssr[best]) / (ssr[best] / divisor)
  accepted <- value[last][lr <= -2 * log(1 - sqrt(level / 100))]
  c(
    gamma = value[last][best], ssr = ssr[best], f = (ssr0 - ssr[best]) / (ssr[best] / divisor), candidates = length(last),
    low = min(accepted), high = max(accepted)
  )
}

# ---- comparisons --------------------------------------------------------------------------------

compared <- 0L
agreed <- 0L
left_out <- 0L
# A number agrees that differs by less than this share of it.
tolerance <- as.numeric(Sys.getenv("KAYA_TOLERANCE", "1e-6"))
agree <- function(name, what, here, kaya) {
  good <- length(here) == 1 && is.finite(here) && abs(here - kaya) <= tolerance * abs(kaya) + 1e-13
  compared <<- compared + 1L
  agreed <<- agreed + good
  if (!good) {
    shown <- if (length(here) == 1) format(here, digits = 10) else "none"
    cat(sprintf("  DIFFERS  %s, %s: here %s, Kaya %s\n", name, what, shown, format(kaya, digits = 10)))
  }
  good
}
tell <- function(name, good, by) cat(sprintf("%-34s %3d of %3d numbers agree (%s)\n", name, sum(good), length(good), by))
not_repeated <- function(name, count, reason) {
  left_out <<- left_out + as.integer(count)
  cat(sprintf("%-34s %3d not repeated: %s\n", name, as.integer(count), reason))
}

# fixest's correction of small samples, whose arguments were renamed in 0.13.
ssc_of <- function(adjusts, effects, adjusts_groups, groups) {
  if ("K.adj" %in% names(formals(fixest::ssc))) {
    return(fixest::ssc(K.adj = adjusts, K.fixef = effects, G.adj = adjusts_groups, G.df = groups))
  }
  if (effects == "nonnested") effects <- "nested"
  fixest::ssc(adj = adjusts, fixef.K = effects, cluster.adj = adjusts_groups, cluster.df = groups)
}
# How the errors of a model are asked for: of fixest, and of the functions above. "scale" is what the variance of fixest is
# multiplied by where none of its corrections is that of the convention.
errors <- function(values, type, by = character(), vcov = NULL, ssc = NULL, scale = 1) as.list(environment())

# Compares a model. fixest's numbers are taken where fixest is there and has them, else those of the functions above: an
# argument is computed when it is first looked at.
repeated <- function(name, by_fixest, written_out, nobs, columns, estimates, errors, r2 = NULL) {
  m <- if (has_fixest) tryCatch(by_fixest, error = function(e) {
    cat("  fixest:", conditionMessage(e), "\n")
    NULL
  })
  b <- if (is.null(m)) numeric() else coef(m)
  names(b) <- sub("^fit_", "", names(b))
  good <- agree(name, "N", if (is.null(m)) written_out$nobs else m$nobs, nobs)
  number <- function(found, term, other) if (term %in% names(found)) found[[term]] else other()
  for (term in names(estimates)) {
    column <- columns[[term]]
    here <- number(b, column, function() unname(written_out$coefficients[column]))
    good <- c(good, agree(name, term, here, estimates[[term]]))
  }
  for (asked in errors) {
    V <- if (is.null(m) || is.null(asked$vcov)) NULL else tryCatch(
      vcov(m, vcov = asked$vcov, ssc = asked$ssc()),
      error = function(e) NULL
    )
    se <- if (is.null(V)) numeric() else sqrt(diag(V) * asked$scale)
    names(se) <- sub("^fit_", "", names(se))
    for (term in names(asked$values)) {
      column <- columns[[term]]
      here <- number(se, column, function() {
        own <- sqrt(diag(errors_of(written_out, asked$type, asked$by)))
        unname(own[column])
      })
      good <- c(good, agree(name, paste0("se of ", term, ", ", paste(c(asked$type, asked$by), collapse = " ")), here, asked$values[[term]]))
    }
  }
  for (measure in names(r2)) {
    here <- if (!is.null(m) && measure == "overall") unname(fixest::r2(m, "r2")) else if (!is.null(m) && measure == "within") {
      unname(fixest::r2(m, "wr2"))
    } else {
      written_out$r2[[measure]]
    }
    good <- c(good, agree(name, paste(measure, "R2"), here, r2[[measure]]))
  }
  tell(name, good, if (is.null(m)) "base R" else "fixest")
  invisible(NULL)
}
# Compares numbers that stand by their names in two vectors.
repeated_numbers <- function(name, here, kaya, by = "base R") {
  tell(name, vapply(names(kaya), function(what) agree(name, what, unname(here[what]), kaya[[what]]), NA), by)
}
# Linear functions of the coefficients, each a vector of loads by column, under a covariance: their joint chi2, and the first of
# them with its standard error.
tested <- function(m, loads, constants, type, by = character()) {
  R <- do.call(rbind, lapply(loads, function(own) replace(setNames(numeric(length(m$shown)), m$shown), names(own), own)))
  V <- R %*% errors_of(m, type, by) %*% t(R)
  gap <- as.vector(R %*% m$coefficients[m$shown]) + constants
  c(chi2 = sum(gap * solve(V, gap)), estimate = gap[1], se = sqrt(V[1, 1]))
}
# Anderson's canonical correlation LM and the Cragg-Donald F of one endogenous regressor of a model. Under reghdfe effects within
# clusters are not counted, and one parameter of effects at least is (ivreghdfe).
strength <- function(m, endogenous, instruments, regressors, effects, by = character()) {
  fit <- function(columns) {
    d <- m$d
    d$.w <- m$weights
    least_squares(d, endogenous, columns, effects, weights = ".w", unit = m$unit, has_constant = m$constant == 1, rule = m$rule)
  }
  long <- fit(c(instruments, regressors))
  share <- 1 - long$ssr / fit(regressors)$ssr
  counted <- rank_of(m$groups)
  if (m$rule$counting == "reghdfe" && length(m$groups) > 0) {
    clusters <- lapply(by, function(name) as.integer(factor(m$d[[name]])))
    counted <- max(1, parameters(m, m$rule, clusters, FALSE) - m$slopes - m$constant - any(nested_in(m, clusters)))
  }
  left <- m$nobs - long$slopes - m$constant - counted
  c(anderson_lm = m$nobs * share, cragg_donald_f = left / length(instruments) * share / (1 - share))
}
summary_of <- function(data, name, unit, time, quantiles) {
  x <- data[[name]]
  own <- x[!is.na(x)]
  p <- function(p) if (quantiles == "stata") stata_percentile(own, p) else stats::quantile(own, p / 100, names = FALSE)
  means <- tapply(x, data[[unit]], mean, na.rm = TRUE)
  means <- means[is.finite(means)]
  within <- x - group_mean(x, data[[unit]]) + mean(own)
  c(
    obs = length(own), missing = sum(is.na(x)), mean = mean(own), sd = sd(own), min = min(own), p1 = p(1), p25 = p(25),
    median = p(50), p75 = p(75), p99 = p(99), max = max(own), within_sd = sd(within, na.rm = TRUE), between_sd = sd(means)
  )
}
`;
