# Rscript make.R, in this folder: 14 units in 5 regions over 9 years, rows missing at random (gaps), places and weights of the
# units. Covariances by clubSandwich and sandwich on lm with all dummies, and by explicit loops over pairs of rows where no
# package has them (Newey-West by the value of time, Conley).
suppressMessages({ library(sandwich); library(clubSandwich); library(jsonlite); library(plm) })
set.seed(20241124)
d <- expand.grid(time = 2001:2009, unit = 1:14)
d$region <- c("a", "b", "c", "d", "e")[(d$unit - 1) %/% 3 + 1]
lat <- round(runif(14, 22, 45), 4); lon <- round(runif(14, 85, 122), 4); wu <- round(runif(14, 0.5, 3), 3)
d$lat <- lat[d$unit]; d$lon <- lon[d$unit]; d$wu <- wu[d$unit]; d$wi <- round(runif(nrow(d), 0.5, 2), 3)
effect <- rnorm(14)[d$unit] + 0.5 * rnorm(9)[d$time - 2000]
d$x1 <- round(rnorm(nrow(d)) + 0.5 * effect + 0.3 * d$unit %% 3, 5); d$x2 <- round(rexp(nrow(d)), 5)
d$y <- round(0.6 * d$x1 - 0.3 * d$x2 + effect + rnorm(nrow(d)) * (0.5 + 0.3 * d$x2), 5)
d <- d[sort(sample(nrow(d), 100)), ]; rownames(d) <- NULL
keep <- c("x1", "x2")
named <- function(v, k = keep) as.list(setNames(as.numeric(v[k]), k))
se <- function(v, k = keep) named(sqrt(diag(v)), k)
club <- function(m, cluster, k = keep, ...) {
  v <- vcovCR(m, cluster = cluster, type = "CR2", ...)
  t <- coef_test(m, vcov = v, test = "Satterthwaite", coefs = k)
  list(se = se(v, k), df = as.list(setNames(t$df_Satt, k)), p = as.list(setNames(t$p_Satt, k)))
}
leave_out <- function(f, data, cluster, weights = NULL, k = keep) {
  data$.w <- if (is.null(weights)) 1 else weights
  environment(f) <- environment()
  full <- coef(lm(f, data, weights = .w))[k]
  each <- sapply(unique(cluster), function(g) coef(lm(f, data[cluster != g, ], weights = .w))[k])
  G <- ncol(each)
  list(cr3 = as.list(sqrt(rowSums((each - full)^2))), cv3 = as.list(sqrt((G - 1) / G * rowSums((each - full)^2))),
       jackknife = as.list(sqrt((G - 1) / G * rowSums((each - rowMeans(each))^2))))
}
two <- y ~ x1 + x2 + factor(unit) + factor(time); m2 <- lm(two, d)
m1 <- lm(y ~ x1 + x2 + factor(unit), d); m0 <- lm(y ~ x1 + x2, d); all3 <- c("(Intercept)", keep)
mr <- lm(y ~ x1 + x2 + factor(region) + factor(time), d)
ms <- lm(y ~ x1 + x2 + factor(unit) + factor(unit):I(time - 2005), d)
wu2 <- lm(two, d, weights = wu); wi2 <- lm(two, d, weights = wi)

# Pairs of rows: scores of the regression with all dummies, so that the absorbed design has a check of its own.
pairs_se <- function(m, weight) {
  x <- model.matrix(m); x <- x[, !is.na(coef(m))]; s <- x * resid(m); b <- solve(crossprod(x))
  w <- outer(seq_len(nrow(d)), seq_len(nrow(d)), Vectorize(weight))
  v <- b %*% (t(s) %*% w %*% s) %*% b; dimnames(v) <- list(colnames(x), colnames(x)); se(v)
}
km <- function(i, j) {
  r <- pi / 180; a <- sin((d$lat[j] - d$lat[i]) * r / 2)^2 + cos(d$lat[i] * r) * cos(d$lat[j] * r) * sin((d$lon[j] - d$lon[i]) * r / 2)^2
  2 * 6371.0088 * asin(min(1, sqrt(a)))
}
serial <- function(L) function(i, j) { l <- abs(d$time[i] - d$time[j]); if (d$unit[i] == d$unit[j] && l <= L) 1 - l / (L + 1) else 0 }
kraay <- function(L) function(i, j) { l <- abs(d$time[i] - d$time[j]); if (l <= L) 1 - l / (L + 1) else 0 }
space <- function(cut, bartlett, same) function(i, j) {
  if (same && d$time[i] != d$time[j]) return(0)
  h <- km(i, j); if (h > cut) 0 else if (bartlett) 1 - h / cut else 1
}
both <- function(cut, bartlett, L) function(i, j) {
  if (d$time[i] == d$time[j]) space(cut, bartlett, TRUE)(i, j) else serial(L)(i, j)
}
reference <- list(
  r = R.version.string,
  packages = lapply(c(sandwich = "sandwich", clubSandwich = "clubSandwich", plm = "plm"), function(q) as.character(packageVersion(q))),
  hc2 = list(two = se(vcovHC(m2, "HC2")), one = se(vcovHC(m1, "HC2")), slopes = se(vcovHC(ms, "HC2")), pooled = se(vcovHC(m0, "HC2"), all3),
             weighted = se(vcovHC(wi2, "HC2"))),
  hc3 = list(two = se(vcovHC(m2, "HC3")), one = se(vcovHC(m1, "HC3")), slopes = se(vcovHC(ms, "HC3")), pooled = se(vcovHC(m0, "HC3"), all3),
             weighted = se(vcovHC(wi2, "HC3"))),
  cr2 = list(two_unit = club(m2, d$unit), two_time = club(m2, d$time), two_region = club(m2, d$region), one_unit = club(m1, d$unit),
             one_time = club(m1, d$time), region_unit = club(mr, d$unit), slopes_unit = club(ms, d$unit), pooled_region = club(m0, d$region, all3),
             weighted_unit = club(wu2, d$unit, inverse_var = TRUE)),
  left_out = list(one_region = leave_out(y ~ x1 + x2 + factor(unit), d, d$region), two_time = leave_out(two, d, d$time),
                  two_unit = leave_out(two, d, d$unit), pooled_unit = leave_out(y ~ x1 + x2, d, d$unit, k = all3),
                  weighted_unit = leave_out(two, d, d$unit, d$wi)),
  nw = list("0" = pairs_se(m2, serial(0)), "2" = pairs_se(m2, serial(2)), "20" = pairs_se(m2, serial(20))),
  dk = list("0" = pairs_se(m2, kraay(0)), "2" = pairs_se(m2, kraay(2))),
  conley = list("600" = pairs_se(m2, space(600, FALSE, TRUE)), "600,kernel=bartlett" = pairs_se(m2, space(600, TRUE, TRUE)),
                "900,kernel=bartlett,lag=2" = pairs_se(m2, both(900, TRUE, 2)), "600,pairs=all" = pairs_se(m2, space(600, FALSE, FALSE)))
)
# plm's own corrections on the balanced Grunfeld data, which it ships.
data("Grunfeld", package = "plm")
g <- plm(inv ~ value + capital, Grunfeld, effect = "individual")
sg <- summary(g)
reference$plm <- list(
  nw_sss = named(sqrt(diag(vcovNW(g, type = "sss", maxlag = 2))), c("value", "capital")),
  scc_sss = named(sqrt(diag(vcovSCC(g, type = "sss", maxlag = 2))), c("value", "capital")),
  r2 = sg$r.squared[["rsq"]], adj = sg$r.squared[["adjrsq"]], f = sg$fstatistic$statistic[[1]]
)
write.csv(d[c("unit", "time", "region", "lat", "lon", "wu", "wi", "y", "x1", "x2")], "data.csv", row.names = FALSE)
write_json(reference, "reference.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
