# Rscript make.R, in this folder: a balanced panel of 12 units and 8 periods, two-way fixed effects.
source("../dummy-models.R")
set.seed(20240701)
d <- expand.grid(time = 2001:2008, unit = 1:12)
effect <- rnorm(12)[d$unit] + 0.3 * rnorm(8)[d$time - 2000]
d$x1 <- round(rnorm(96) + 0.5 * effect, 6); d$x2 <- round(runif(96) + 0.02 * d$time, 6)
d$y <- round(1 + 0.8 * d$x1 - 0.5 * d$x2 + effect + rnorm(96) * (1 + 0.3 * abs(d$x1)), 6)
d$region <- c("东", "中", "西")[(d$unit - 1) %/% 4 + 1]
d <- d[c("unit", "time", "region", "y", "x1", "x2")]
keep <- c("x1", "x2")
ref <- dummy_model(y ~ x1 + x2 + factor(unit) + factor(time), d, keep, list(unit = "unit", unit_time = c("unit", "time")))
dummies <- model.matrix(~ x1 + x2 + factor(time), d)[, -1]
ref$xtreg <- xtreg_model(d$y, dummies, d$unit, d$unit)
w <- plm(y ~ x1 + x2, d, index = c("unit", "time"), model = "within", effect = "twoways")
ref$plm <- list(coef = named(coef(w), keep), iid = named(sqrt(diag(vcov(w))), keep), within_r2 = summary(w)$r.squared[["rsq"]],
  hc1 = named(sqrt(diag(vcovHC(w, method = "white1", type = "HC1"))), keep),
  cluster = named(sqrt(diag(vcovHC(w, method = "arellano", type = "sss", cluster = "group"))), keep), df = w$df.residual)
ref$one_way <- dummy_model(y ~ x1 + x2 + factor(unit), d, keep, list(unit = "unit"))
ref$one_way$xtreg <- xtreg_model(d$y, as.matrix(d[keep]), d$unit, d$unit)
pooled <- dummy_model(y ~ x1 + x2, d, c("(Intercept)", keep), list(unit = "unit", unit_time = c("unit", "time")))
ref$pooled <- pooled
put(d, ref)
