# Rscript make.R, in this folder: 20 units, 10 periods, about a third of the rows taken out so that most units have gaps;
# a lag and a lead by the value of time; analytic weights.
source("../dummy-models.R")
set.seed(20240702)
d <- expand.grid(time = 2001:2010, unit = 1:20)
d <- d[runif(200) > 0.35, ]
n <- nrow(d)
effect <- rnorm(20)[d$unit] + 0.4 * rnorm(10)[d$time - 2000]
d$x1 <- round(rnorm(n) + 0.6 * effect, 6); d$x2 <- round(exp(rnorm(n) / 2), 6); d$w <- round(runif(n, 0.5, 3), 4)
d$y <- round(2 + 0.5 * d$x1 - 0.3 * log(d$x2) + effect + rnorm(n), 6)
d <- d[c("unit", "time", "y", "x1", "x2", "w")]
keep <- c("x1", "log(x2)")
clusters <- list(unit = "unit", time = "time", unit_time = c("unit", "time"))
ref <- dummy_model(y ~ x1 + log(x2) + factor(unit) + factor(time), d, keep, clusters)
dummies <- model.matrix(~ x1 + log(x2) + factor(time), d)[, -1]
ref$xtreg <- xtreg_model(d$y, dummies, d$unit, d$unit)
at <- function(unit, time, v) v[match(paste(unit, time), paste(d$unit, d$time))]
d$l1 <- at(d$unit, d$time - 1, d$x1); d$f2 <- at(d$unit, d$time + 2, d$x1); d$d1 <- d$x1 - d$l1
lagged <- d[!is.na(d$l1) & !is.na(d$f2), ]
ref$lags <- dummy_model(y ~ x1 + l1 + f2 + factor(unit) + factor(time), lagged, c("x1", "l1", "f2"), list())
ref$changes <- dummy_model(y ~ d1 + factor(unit), d[!is.na(d$d1), ], "d1", list(unit = "unit"))
m <- lm(y ~ x1 + log(x2) + factor(unit) + factor(time), d, weights = w, tol = 1e-12)
se <- function(v) named(sqrt(diag(v)), keep)
ref$weighted <- list(coef = named(coef(m), keep), iid = se(vcov(m)), hc1 = se(vcovHC(m, type = "HC1")),
  cluster = se(vcovCL(m, cluster = d$unit, type = "HC1", cadjust = TRUE)), r2 = summary(m)$r.squared, adj_r2 = summary(m)$adj.r.squared)
p <- lm(y ~ x1, d, weights = w)
ref$weighted_pooled <- list(coef = named(coef(p), c("(Intercept)", "x1")), iid = named(sqrt(diag(vcov(p))), c("(Intercept)", "x1")),
  hc1 = named(sqrt(diag(vcovHC(p, type = "HC1"))), c("(Intercept)", "x1")), r2 = summary(p)$r.squared)
put(d[c("unit", "time", "y", "x1", "x2", "w")], ref)
