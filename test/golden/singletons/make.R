# Singletons under fixest 0.14.2, which drops them unless fixef.rm = "none": Rscript make.R
suppressMessages({ library(fixest); library(sandwich); library(jsonlite) })
setFixest_nthreads(1); setFixest_notes(FALSE); setFixest_estimation(fixef.tol = 1e-11, fixef.iter = 1e5)
set.seed(20240714)

# 40 units, 9 years, 12 firms that units move between: unbalanced, with units, years and firms seen once, one after the other.
d <- expand.grid(unit = 1:40, year = 2001:2009)
d <- d[runif(nrow(d)) < 0.35, ]
d <- d[d$unit > 6 | !duplicated(d$unit), ]
d$firm <- paste0("f", (d$unit * 7 + d$year * (d$unit %% 3 == 0)) %% 12)
d$firm[d$unit %in% c(3, 9, 14) & !duplicated(d$unit)] <- c("lone", "lone", "last")[seq_len(sum(d$unit %in% c(3, 9, 14) & !duplicated(d$unit)))]
d <- rbind(d, data.frame(unit = c(41, 42, 42, 43, 43), year = c(2010, 2010, 2011, 2011, 2003), firm = c("f1", "f2", "f3", "f4", "f5")))
n <- nrow(d)
d$x <- round(rnorm(n) + d$unit / 20, 4)
d$z <- round(0.6 * d$x + rnorm(n), 4)
d$q <- round(rnorm(n), 4)
d$y <- round(0.5 * d$x - 0.3 * d$q + d$unit / 10 + (d$year - 2005) / 8 + rnorm(n) * (1 + abs(d$x)), 4)
d$w <- round(0.5 + runif(n) * 2, 3); d$w[c(5, 17, 29)] <- 0
d$y[c(8, 40)] <- NA
d <- d[order(d$unit, d$year), ]
write.csv(d, "data.csv", row.names = FALSE, na = "", quote = FALSE)

vcovs <- list(iid = "iid", hc1 = "hetero", "cluster:unit" = ~unit, "cluster:year" = ~year, "cluster:unit+year" = ~ unit + year,
              "cluster:firm" = ~firm, "nw:2" = NW(2) ~ unit + year, "dk:1" = DK(1) ~ year)
one <- function(m) {
  errors <- lapply(vcovs, function(v) tryCatch({
    s <- summary(m, vcov = v, ssc = ssc()); list(se = as.list(unname(s$se)), df_t = degrees_freedom(s, type = "t"))
  }, error = function(e) NULL))
  list(nobs = m$nobs, nparams = m$nparams, coef = as.list(unname(coef(m))), vcov = Filter(Negate(is.null), errors))
}
models <- list(
  list(formula = "y ~ x + q | unit", call = y ~ x + q | unit),
  list(formula = "y ~ x + q | unit + year", call = y ~ x + q | unit + year),
  list(formula = "y ~ x + q | unit + year + firm", call = y ~ x + q | unit + year + firm),
  list(formula = "y ~ x | firm^year", call = y ~ x | firm^year),
  list(formula = "y ~ x | unit[q]", call = y ~ x | unit[q]),
  list(formula = "y ~ x + q | firm + year", call = y ~ x + q | firm + year, weights = "w"),
  list(formula = "y ~ x + q | unit + year", call = y ~ x + q | unit + year, weights = "w"),
  list(formula = "y ~ q | unit + year | x ~ z", call = y ~ q | unit + year | x ~ z)
)
out <- list(about = list(program = paste("fixest", packageVersion("fixest")), licence = "simulated here", script = "make.R"))
out$models <- lapply(models, function(model) {
  fit <- function(rm) one(if (is.null(model$weights)) feols(model$call, d, panel.id = ~ unit + year, fixef.rm = rm)
                          else feols(model$call, d, weights = ~w, panel.id = ~ unit + year, fixef.rm = rm))
  list(formula = model$formula, weights = model$weights, drop = fit("perfect_fit"), keep = fit("none"))
})

# Leverages where the effects are not connected: three effects in two blocks. lm with dummies is exact; fixest takes a Cholesky
# factor of a singular matrix, which stops or leaves rounding.
e <- expand.grid(unit = 1:8, t = 1:6)
e$block <- (e$unit > 4) + 0; e$firm <- (e$unit * e$t + e$t) %% 3 + 3 * e$block; e$t <- e$t + 10 * e$block
e$x <- round(rnorm(nrow(e)), 4); e$y <- round(0.4 * e$x + e$unit / 3 + rnorm(nrow(e)), 4)
dummies <- lm(y ~ x + factor(unit) + factor(firm) + factor(t), e)
own <- feols(y ~ x | unit + firm + t, e)
types <- c(hc2 = "HC2", hc3 = "HC3")
out$leverage <- list(
  formula = "y ~ x | unit + firm + t", data = as.list(e[c("unit", "firm", "t", "x", "y")]),
  exact = lapply(types, function(type) sqrt(vcovHC(dummies, type = type)["x", "x"])),
  fixest = lapply(types, function(type) tryCatch(unname(se(summary(own, vcov = type))["x"]), error = conditionMessage))
)
write_json(out, "reference.json", digits = NA, auto_unbox = TRUE, pretty = TRUE, null = "null")
