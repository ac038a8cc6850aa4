# Rscript make.R, in this folder: 18 units, 9 periods, two groups of units, two outcomes; `kept` marks an unbalanced part.
# car, lmtest, sandwich and plm on what comes after the fit.
source("../dummy-models.R")
suppressMessages(library(car))
set.seed(20240811)
d <- expand.grid(time = 2001:2009, unit = 1:18)
n <- nrow(d)
effect <- rnorm(18)[d$unit]
d$half <- ifelse(d$unit %% 2 == 1, "odd", "even")
d$x1 <- round(rnorm(n) + 0.4 * effect, 6); d$x2 <- round(rnorm(n) + 0.3 * rnorm(9)[d$time - 2000], 6); d$x3 <- round(rnorm(n), 6)
u <- rnorm(n) + 0.5 * rnorm(18 * 3)[interaction(d$unit, d$time %% 3)]
d$y <- round(1 + 0.8 * d$x1 - 0.5 * d$x2 + effect + u, 6)
d$z <- round(2 + 0.3 * d$x1 + 0.4 * d$x2 + 0.5 * effect + 0.6 * u + rnorm(n), 6)
d$kept <- as.integer(runif(n) > 0.3)
d <- d[c("unit", "time", "half", "kept", "y", "z", "x1", "x2", "x3")]
part <- d[d$kept == 1, ]
ref <- list()

# Joint tests and combinations on the dummies' regression: iid, and clusters without small-sample factors.
m <- lm(y ~ x1 + x2 + x3 + factor(unit) + factor(time), part, tol = 1e-12)
bare <- function(m, by) vcovCL(m, cluster = by, type = "HC0", cadjust = FALSE)
V <- list(iid = vcov(m), hc1 = vcovHC(m, type = "HC1"), cluster = bare(m, part$unit))
hypotheses <- list(pair = c("x1 = x2", "x3 = 0"), sum = "x1 + 2*x2 - x3 = 0.25", all = c("x1 = 0", "x2 = 0", "x3 = 0"))
ref$wald <- lapply(V, function(v) lapply(hypotheses, function(h) {
  f <- linearHypothesis(m, h, vcov. = v, test = "F"); chi <- linearHypothesis(m, h, vcov. = v, test = "Chisq")
  list(f = f$F[2], p = f[["Pr(>F)"]][2], df = c(f$Df[2], f$Res.Df[2]), chi2 = chi$Chisq[2], p_chi2 = chi[["Pr(>Chisq)"]][2])
}))
years <- grep("time", names(coef(m)), value = TRUE)
w <- linearHypothesis(m, paste(years, "= 0"), vcov. = V$iid, test = "F")
ref$years <- list(f = w$F[2], df = c(w$Df[2], w$Res.Df[2]), p = w[["Pr(>F)"]][2])
expressions <- c(ratio = "x1/x2", product = "exp(x1)*(x2 - x3)^2", sum = "x1 + 2*x2", root = "sqrt(x1^2 + x2^2)/(1 + x3)")
ref$delta <- lapply(V, function(v) lapply(as.list(expressions), function(e) {
  out <- deltaMethod(m, e, vcov. = v); list(estimate = out$Estimate, se = out$SE)
}))

# The effects of the units with the first period at zero, fitted values, residuals.
e <- lm(y ~ 0 + factor(unit) + factor(time) + x1 + x2 + x3, part, tol = 1e-12)
ref$effects <- list(unit = unname(coef(e)[1:18]), time = unname(c(0, coef(e)[19:26])))
ref$prediction <- list(fitted = unname(fitted(e)), residual = unname(resid(e)))

# Random effects, Hausman, Mundlak.
random_block <- function(data) {
  p <- pdata.frame(data, c("unit", "time"))
  re <- plm(y ~ x1 + x2 + x3, p, model = "random", random.method = "swar")
  fe <- plm(y ~ x1 + x2 + x3, p, model = "within")
  # plm cannot add the unit means (its between regression is singular): least squares on columns less theta times their means.
  theta <- 1 - sqrt(ercomp(re)$sigma2[["idios"]] / (ercomp(re)$sigma2[["idios"]] + ave(data$y, data$unit, FUN = length) * ercomp(re)$sigma2[["id"]]))
  less <- function(v) v - theta * ave(v, data$unit)
  t <- data.frame(y = less(data$y), one = 1 - theta)
  for (x in c("x1", "x2", "x3")) { t[[x]] <- less(data[[x]]); t[[paste0("m_", x)]] <- (1 - theta) * ave(data[[x]], data$unit) }
  cre <- lm(y ~ 0 + one + x1 + x2 + x3 + m_x1 + m_x2 + m_x3, t)
  arellano <- function(x) vcovHC(x, method = "arellano", type = "HC0")
  h <- phtest(fe, re); mu <- linearHypothesis(cre, c("m_x1 = 0", "m_x2 = 0", "m_x3 = 0"), vcov. = bare(cre, data$unit), test = "Chisq")
  aux <- phtest(y ~ x1 + x2 + x3, p, method = "aux", vcov = arellano)
  list(coef = as.list(coef(re)), se = as.list(sqrt(diag(vcov(re)))), cluster = as.list(sqrt(diag(arellano(re)))),
       sigma2_e = unname(ercomp(re)$sigma2[["idios"]]), sigma2_u = unname(ercomp(re)$sigma2[["id"]]),
       hausman = list(chi2 = unname(h$statistic), p = unname(h$p.value), df = unname(h$parameter)),
       auxiliary = list(chi2 = unname(aux$statistic), p = unname(aux$p.value)),
       means = as.list(coef(cre)[c("m_x1", "m_x2", "m_x3")]), mundlak = list(chi2 = mu$Chisq[2], p = mu[["Pr(>Chisq)"]][2]))
}
ref$random <- list(balanced = random_block(d), unbalanced = random_block(part))
# phtest takes the absolute value of its statistic: above it is negative, V_fe - V_re being indefinite. Here it is a covariance.
p <- pdata.frame(d, c("unit", "time"))
h <- phtest(plm(z ~ x1 + x2, p, model = "within"), plm(z ~ x1 + x2, p, model = "random"))
V2 <- vcov(plm(z ~ x1 + x2, p, model = "within")) - vcov(plm(z ~ x1 + x2, p, model = "random"))[2:3, 2:3]
stopifnot(all(eigen(V2)$values > 0))
ref$hausman <- list(chi2 = unname(h$statistic), p = unname(h$p.value))

# Several models as one stacked regression, everything interacted with the model.
h <- lm(y ~ half/(x1 + x2) + interaction(half, unit) + interaction(half, time), part, tol = 1e-12)
difference <- function(m, a, b, v) { r <- rep(0, length(coef(m))); r[match(c(a, b), names(coef(m)))] <- c(1, -1)
  ok <- !is.na(coef(m)); r <- r[ok]; c(estimate = sum(r * coef(m)[ok]), se = sqrt(drop(r %*% v %*% r))) }
ref$halves <- lapply(list(unit = bare(h, part$unit), time = bare(h, part$time)), function(v)
  as.list(difference(h, "halfodd:x1", "halfeven:x1", v)))
s <- rbind(transform(part, out = y, eq = "a"), transform(part, out = z, eq = "b"))
s$row <- rep(seq_len(nrow(part)), 2)
two <- lm(out ~ 0 + eq + eq:x1 + eq:x2 + interaction(eq, unit) , s, tol = 1e-12)
by <- list(unit = s$unit, row = s$row)
ref$outcomes <- lapply(by, function(g) {
  v <- bare(two, g); names <- c("x1", "x2")
  hyp <- linearHypothesis(two, paste0("eqa:", names, " = eqb:", names), vcov. = v, test = "Chisq", singular.ok = TRUE)
  c(as.list(difference(two, "eqb:x1", "eqa:x1", v)), joint = hyp$Chisq[2])
})
ref$car <- as.character(packageVersion("car"))
put(d, ref)
