# Baseline column (6) of the study on its synthetic panel, by least squares with explicit dummies.
#   Rscript make.R panel.csv expected.json
# panel.csv is that of `npm start` (default seed, full scale). Packages: sandwich, jsonlite.
args <- commandArgs(trailingOnly = TRUE)
library(sandwich)
library(jsonlite)

d <- read.csv(args[1], fileEncoding = "UTF-8")
terms <- c("ai", "pop", "ope", "gov", "fi", "st")
m <- lm(reformulate(c(terms, "factor(city)", "factor(year)"), "cp"), data = d)
n <- nobs(m)
g <- length(unique(d$city))
periods <- length(unique(d$year))
k <- length(terms)

bare <- vcovCL(m, cluster = d$city, type = "HC0", cadjust = FALSE)[terms, terms]
hc0 <- vcovHC(m, type = "HC0")[terms, terms]
# K of the cluster factor (N-1)/(N-K): city effects are nested in the clusters and not counted, a constant is.
nested <- k + (periods - 1) + 1
factor_nested <- g / (g - 1) * (n - 1) / (n - nested)
named <- function(x) as.list(setNames(as.numeric(x), terms))

# xtreg, fe: regress y - ybar_i + ybar on x - xbar_i + xbar with year dummies and a constant.
x <- model.matrix(reformulate(c(terms, "factor(year)")), d)[, -1]
within <- function(v) v - ave(v, d$city) + mean(v)
w <- data.frame(y = within(d$cp), apply(x, 2, within))
xt <- lm(y ~ ., data = w)
s2 <- sum(resid(xt)^2) / (n - g - (periods - 1) - k)
se_cons <- sqrt(s2 * summary(xt)$cov.unscaled[1, 1])

cat(toJSON(list(
  status = "computed by R",
  r = R.version.string,
  packages = list(sandwich = as.character(packageVersion("sandwich"))),
  formula = "cp ~ ai + pop + ope + gov + fi + st | city + year",
  nobs = n, clusters = g,
  coef = named(coef(m)[terms]),
  se_iid = named(sqrt(diag(vcov(m)))[terms]),
  se_hc1 = named(sqrt(diag(hc0) * n / df.residual(m))),
  se_cluster_nested = named(sqrt(diag(bare) * factor_nested)),
  r2_xtreg_within = 1 - sum(resid(m)^2) / sum((d$cp - ave(d$cp, d$city))^2),
  constant_xtreg = as.numeric(coef(xt)[1]),
  se_constant_xtreg = se_cons
), auto_unbox = TRUE, digits = NA, pretty = TRUE), file = args[2])
