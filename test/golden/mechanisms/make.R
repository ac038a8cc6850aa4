# Rscript make.R, in this folder: 30 units in three regions, 8 periods with gaps; a regressor, two mediators of which one feels the
# other's error, a moderator, a control. lm, sandwich, car and boot on group differences, indirect effects and marginal effects; all data drawn here.
suppressMessages({library(sandwich); library(car); library(boot); library(jsonlite)})
set.seed(20261129)
d <- expand.grid(time = 2001:2008, unit = 1:30)
d <- d[runif(nrow(d)) > 0.15, ]
n <- nrow(d)
d$region <- c("east", "central", "west")[1 + d$unit %% 3]
level <- rnorm(30)[d$unit]
d$x <- round(rnorm(n) + 0.4 * level, 6); d$c <- round(rnorm(n) + 0.2 * d$x, 6)
d$w <- round(5 + 2 * rnorm(n) + 0.3 * level, 6); d$k <- round(rnorm(n), 6)
shock <- rnorm(30 * 4)[interaction(d$unit, d$time %% 4)]
d$m1 <- round(0.5 * d$x + 0.3 * d$c + level + rnorm(n) + 0.5 * shock, 6)
d$m2 <- round(-0.3 * d$x + 0.4 * d$m1 + rnorm(n), 6)
slope <- c(east = 0.9, central = 0.5, west = 0.4)[d$region] + 0.1 * (d$w - 5)
d$y <- round(slope * d$x + 0.5 * d$m1 - 0.2 * d$m2 - 0.1 * d$w + 0.2 * d$x * d$k + d$c + level + 0.1 * (d$time - 2004) + shock + rnorm(n), 6)
d <- d[c("unit", "time", "region", "y", "x", "c", "w", "k", "m1", "m2")]
d$early <- as.integer(d$time <= 2005)
write.csv(d, "data.csv", row.names = FALSE, quote = FALSE)
fe <- function(f, data) lm(update(f, . ~ . + factor(unit) + factor(time)), data, tol = 1e-12)
# What each row does to one coefficient: its score times that row of (X'X)^-1, dummies among the regressors.
influence_of <- function(m, term) as.vector(estfun(m) %*% (bread(m) / nobs(m))[, term])
meat_of <- function(a, b, by) sum(rowsum(a, by) * rowsum(b, by))
ref <- list()

# Groups: one regression in which all coefficients and effects are those of a region, for each pair; separate regressions, joined.
pairs <- list(c("east", "central"), c("east", "west"), c("central", "west"))
line <- function(b, v, df) list(estimate = b, se = sqrt(v), p = 2 * pt(-abs(b / sqrt(v)), df), df = df)
ref$chow <- lapply(setNames(pairs, sapply(pairs, paste, collapse = "-")), function(p) {
  s <- d[d$region %in% p, ]; s$g <- as.integer(s$region == p[1])
  m <- lm(y ~ g:x + x + g:c + c + factor(unit) + factor(time) + g:factor(time), s, tol = 1e-12)
  b <- unname(coef(m)["g:x"]); free <- df.residual(m)
  at <- function(V) V["g:x", "g:x"]
  list(iid = line(b, at(vcov(m)), free), hc1 = line(b, at(vcovHC(m, type = "HC1")), free),
       unit = line(b, at(vcovCL(m, cluster = s$unit, type = "HC0", cadjust = FALSE)), length(unique(s$unit)) - 1))
})
s <- d; s$region <- factor(s$region, c("east", "central", "west"))
m <- lm(y ~ region:x + region:c + factor(unit) + region:factor(time), s, tol = 1e-12)
equal <- c("regioneast:x = regioncentral:x", "regioneast:x = regionwest:x")
wald <- function(V) { out <- linearHypothesis(m, equal, vcov. = V, test = "F", singular.ok = TRUE); list(f = out$F[2], df = c(out$Df[2], out$Res.Df[2]), p = out[["Pr(>F)"]][2]) }
ref$chow_joint <- list(iid = wald(vcov(m, complete = FALSE)), hc1 = wald(vcovHC(m, type = "HC1")))
# Overlapping groups: the early rows beside all rows; stacked influence, by unit.
early <- fe(y ~ x + c, d[d$early == 1, ]); whole <- fe(y ~ x + c, d)
i1 <- numeric(n); i1[d$early == 1] <- influence_of(early, "x"); i2 <- influence_of(whole, "x")
ref$suest <- list(estimate = unname(coef(early)["x"] - coef(whole)["x"]), se_unit = sqrt(meat_of(i1 - i2, i1 - i2, d$unit)), se_row = sqrt(sum((i1 - i2)^2)))

# Mediation: three equations, delta method with the joint covariance of a and b, iid and by unit.
total <- fe(y ~ x + c, d); first <- list(m1 = fe(m1 ~ x + c, d), m2 = fe(m2 ~ x + c, d)); direct <- fe(y ~ x + c + m1 + m2, d)
a <- sapply(first, function(m) unname(coef(m)["x"])); b <- coef(direct)[c("m1", "m2")]
gradient <- function(j) { g <- numeric(4); for (i in j) { g[i] <- b[i]; g[2 + i] <- a[i] }; g }
ia <- sapply(first, influence_of, "x"); ib <- sapply(c("m1", "m2"), function(t) influence_of(direct, t))
all4 <- cbind(ia, ib); V <- crossprod(rowsum(all4, d$unit))
# Classical: equations of the mediators seemingly unrelated on the same regressors, uncorrelated with that of the outcome.
cross <- sum(resid(first$m1) * resid(first$m2)) / df.residual(first$m1)
unscaled <- summary(first$m1)$cov.unscaled["x", "x"]
C <- matrix(0, 4, 4); C[1, 1] <- vcov(first$m1)["x", "x"]; C[2, 2] <- vcov(first$m2)["x", "x"]; C[1, 2] <- C[2, 1] <- cross * unscaled
C[3:4, 3:4] <- vcov(direct)[c("m1", "m2"), c("m1", "m2")]
delta <- function(M, j) sqrt(drop(t(gradient(j)) %*% M %*% gradient(j)))
ref$mediation <- list(total = unname(coef(total)["x"]), direct = unname(coef(direct)["x"]), a = unname(a), b = unname(b),
  sobel_unit = c(delta(V, 1), delta(V, 2), delta(V, 1:2)), sobel_iid = c(delta(C, 1), delta(C, 2), delta(C, 1:2)))
# Sensitivity of m1 alone: b such that the residuals of y - b m1 on x, c and the effects correlate by rho with those of m1.
ry <- resid(total); rm <- resid(first$m1)
at_rho <- function(rho) { f <- function(b) cor(ry - b * rm, rm) - rho; a[["m1"]] * uniroot(f, c(-60, 60), tol = 1e-14)$root }
ref$mediation$rho <- list(rho = c(-0.6, -0.3, 0, 0.3, 0.6), indirect = sapply(c(-0.6, -0.3, 0, 0.3, 0.6), at_rho))
# Units with replacement, effects anew: boot's percentile and BCa of a1 b1 and of the sum; errors of its ends from batches of draws.
ids <- unique(d$unit); rows <- split(seq_len(n), d$unit)
statistic <- function(u, at) {
  s <- d[unlist(rows[as.character(u[at])]), ]; s$unit <- rep(seq_along(at), lengths(rows[as.character(u[at])]))
  Z <- model.matrix(~ factor(unit) + factor(time), s); q <- qr(Z)
  r <- qr.resid(q, as.matrix(s[c("x", "c", "m1", "m2", "y")]))
  A <- qr.coef(qr(r[, 1:2]), r[, 3:4]); B <- qr.coef(qr(r[, 1:4]), r[, 5])
  c(A[1, 1] * B[3], A[1, 1] * B[3] + A[1, 2] * B[4])
}
draws <- boot(ids, statistic, R = 3999)
interval <- function(k) { ci <- boot.ci(draws, type = c("perc", "bca"), index = k, L = empinf(draws, index = k, type = "jack")); list(se = sd(draws$t[, k]), percentile = ci$percent[4:5], bca = ci$bca[4:5]) }
ref$mediation$boot <- list(reps = 3999, m1 = interval(1), sum = interval(2))

# Moderation: the effect of x over w, and over w at two values of k; where |t| meets its critical value; bins at terciles.
over <- function(m, at, V, df, terms = c("x", "x:w"), load = function(w) c(1, w)) lapply(at, function(w) {
  l <- load(w); line(sum(l * coef(m)[terms]), drop(t(l) %*% V[terms, terms] %*% l), df) })
m <- fe(y ~ x * w + c, d); free <- df.residual(m); clusters <- length(unique(d$unit)) - 1
V <- list(iid = vcov(m), unit = vcovCL(m, cluster = d$unit, type = "HC0", cadjust = FALSE))
bounds <- function(V, df) { f <- function(w) { l <- c(1, w); b <- sum(l * coef(m)[c("x", "x:w")]); abs(b) / sqrt(drop(t(l) %*% V[c("x", "x:w"), c("x", "x:w")] %*% l)) - qt(0.975, df) }
  grid <- seq(-60, 60, 0.05); v <- sapply(grid, f); at <- which(diff(sign(v)) != 0); sapply(at, function(i) uniroot(f, grid[i + 0:1], tol = 1e-13)$root) }
places <- c(2, 5, 8)
ref$moderation <- list(places = places, df = c(free, clusters), iid = over(m, places, V$iid, free), unit = over(m, places, V$unit, clusters),
  bounds_iid = bounds(V$iid, free), bounds_unit = bounds(V$unit, clusters))
# The band over the range of w: the 95 % point of sup |t|, by draws of the two coefficients.
u <- V$iid[c("x", "x:w"), c("x", "x:w")]; z <- matrix(rnorm(4e5), ncol = 2) %*% chol(u) / sqrt(rchisq(2e5, free) / free)
grid <- seq(min(d$w), max(d$w), length.out = 201); sup <- numeric(2e5)
for (w in grid) sup <- pmax(sup, abs(z[, 1] + z[, 2] * w) / sqrt(u[1, 1] + 2 * w * u[1, 2] + w^2 * u[2, 2]))
ref$moderation$sup_t <- list(draws = 2e5, critical = unname(quantile(sup, 0.95)))
three <- fe(y ~ x * w * k + c, d); names3 <- c("x", "x:w", "x:k", "x:w:k")
ref$moderation$three <- lapply(c(-1, 1), function(k) over(three, places, vcov(three), df.residual(three), names3, function(w) c(1, w, k, w * k)))
cuts <- quantile(d$w, c(1, 2) / 3); d$bin <- 1 + (d$w > cuts[1]) + (d$w > cuts[2])
medians <- tapply(d$w, d$bin, median); added <- NULL
for (j in 2:3) { g <- as.numeric(d$bin == j); d[[paste0("g", j)]] <- g; d[[paste0("gm", j)]] <- g * (d$w - medians[j]); d[[paste0("gd", j)]] <- g * d$x; d[[paste0("gdm", j)]] <- g * d$x * (d$w - medians[j]); added <- c(added, paste0(c("g", "gm", "gd", "gdm"), j)) }
bin <- fe(as.formula(paste("y ~ x * w + c +", paste(added, collapse = " + "))), d)
test <- function(terms) { out <- linearHypothesis(bin, paste(terms, "= 0"), test = "F"); list(f = out$F[2], df = c(out$Df[2], out$Res.Df[2]), p = out[["Pr(>F)"]][2]) }
in_bin <- function(j) { l <- c(1, medians[[j]]); t <- c("x", "x:w"); if (j > 1) { l <- c(l, 1); t <- c(t, paste0("gd", j)) }
  line(sum(l * coef(bin)[t]), drop(t(l) %*% vcov(bin)[t, t] %*% l), df.residual(bin)) }
ref$moderation$bins <- list(cuts = unname(cuts), medians = unname(medians), effects = lapply(1:3, in_bin), linear_model = test(added), linear_effect = test(grep("^gd", added, value = TRUE)))
ref$program <- list(r = R.version.string, packages = sapply(c("sandwich", "car", "boot"), function(p) as.character(packageVersion(p))), call = "Rscript make.R", data = "drawn here, no licence needed")
writeLines(toJSON(ref, digits = 15, auto_unbox = TRUE, pretty = TRUE), "reference.json")
