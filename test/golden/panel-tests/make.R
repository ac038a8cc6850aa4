# Rscript make.R, in this folder. plm on tests of panels: purtest, pcdtest, pwartest; lm and sandwich for the rest.
# long.csv: 8 simulated units in 40 periods, `kept` marks an unbalanced part without gaps; grunfeld.csv: the ten firms of Grunfeld (1958)
# in 20 years as plm has them (public); fatalities.csv: traffic deaths in 48 states, 1982 to 1988 (Stock and Watson, from AER; public).
source("../dummy-models.R")
suppressMessages({ library(plm); library(lmtest); library(car) })
options(warn = -1)
mackinnon <- "MacKinnon1994"

set.seed(20240912)
units <- 8; periods <- 40
long <- do.call(rbind, lapply(1:units, function(i) {
  root <- if (i <= 3) 1 else 0.75 + 0.02 * i
  e <- rnorm(periods, sd = 0.5 + i / 8); e <- e + 0.4 * c(0, head(e, -1))
  y <- numeric(periods); y[1] <- e[1]
  for (t in 2:periods) y[t] <- 0.1 * i + root * y[t - 1] + e[t]
  data.frame(unit = i, time = 1:periods, y = round(y, 6), kept = as.integer((1:periods) > i & (1:periods) <= periods - (i %% 3)))
}))
write.csv(long, "long.csv", row.names = FALSE, quote = FALSE)
data("Grunfeld", package = "plm")
write.csv(Grunfeld[c("firm", "year", "inv", "value", "capital")], "grunfeld.csv", row.names = FALSE, quote = FALSE)
data("Fatalities", package = "AER")
deaths <- with(Fatalities, data.frame(state = as.integer(state), year = as.integer(as.character(year)), fatal = fatal / pop * 10000,
  beertax, spirits, unemp, income = income / 1000))
deaths[] <- lapply(deaths, function(x) if (is.integer(x)) x else round(x, 9))
write.csv(deaths, "fatalities.csv", row.names = FALSE, quote = FALSE)
long <- read.csv("long.csv"); grunfeld <- read.csv("grunfeld.csv"); deaths <- read.csv("fatalities.csv")

series <- function(data, unit, value) split(data[[value]], data[[unit]])
number <- function(x) unname(as.numeric(x))
# IPS and Fisher by t with the degrees of freedom of the regressions (dfcor), Levin-Lin-Chu as the paper has its variances.
roots <- function(list, exo, lags, pmax, balanced) {
  run <- function(test, dfcor, lags) purtest(list_as_frame(list), test = test, exo = exo, lags = lags, pmax = pmax, dfcor = dfcor, p.approx = mackinnon)
  first <- run("madwu", TRUE, lags)
  chosen <- number(sapply(first$idres, function(one) one$lags))
  out <- list(lags = chosen, t = number(sapply(first$idres, function(one) one$trho)))
  for (test in c("madwu", "invnormal", "logit", "Pm", if (exo != "none") "ips")) {
    s <- run(test, TRUE, lags)$statistic
    out[[test]] <- list(stat = number(s$statistic), p = number(s$p.value))
  }
  if (balanced) {
    # Without dfcor Hall's rule may choose other lags; purtest takes no list of them here.
    all <- run("levinlin", FALSE, lags)
    if (identical(number(sapply(all$idres, function(one) one$lags)), chosen))
      out$levinlin <- list(stat = number(all$statistic$statistic), p = number(all$statistic$p.value))
  }
  out
}
# A list of series of unequal length goes in as a pseries; equal ones as a frame.
list_as_frame <- function(l) {
  d <- data.frame(unit = rep(seq_along(l), lengths(l)), time = unlist(lapply(l, seq_along)), y = unlist(l, use.names = FALSE))
  pdata.frame(d, c("unit", "time"))$y
}

ref <- list(program = paste("R", getRversion(), "plm", packageVersion("plm"), "lmtest", packageVersion("lmtest"), "car", packageVersion("car")))
cases <- list(long = list(series(long, "unit", "y"), TRUE), part = list(series(long[long$kept == 1, ], "unit", "y"), FALSE),
  inv = list(series(grunfeld, "firm", "inv"), TRUE), value = list(series(grunfeld, "firm", "value"), TRUE))
ref$roots <- lapply(cases, function(case) {
  choices <- list(zero = 0, two = 2, aic = "AIC", bic = "SIC", hall = "Hall")
  lapply(list(none = "none", constant = "intercept", trend = "trend"), function(exo)
    lapply(choices, function(lags) roots(case[[1]], exo, lags, 4, case[[2]])))
})

dependence <- function(x) lapply(c(cd = "cd", lm = "lm", sclm = "sclm", rho = "rho", absrho = "absrho"), function(test) {
  out <- pcdtest(x, test = test)
  list(stat = number(out$statistic), p = if (is.null(out$p.value)) NULL else number(out$p.value))
})
pl <- pdata.frame(long, c("unit", "time")); pp <- pdata.frame(long[long$kept == 1, ], c("unit", "time"))
pg <- pdata.frame(grunfeld, c("firm", "year"))
ref$dependence <- list(long = dependence(pl$y), part = dependence(pp$y), inv = dependence(pg$inv))

# After a model: Grunfeld by firm, by firm and year, and without its last years of some firms; deaths by state.
part <- subset(grunfeld, !(firm %% 3 == 0 & year > 1950) & !(firm == 2 & year < 1938))
arellano <- function(m) vcovHC(m, method = "arellano", type = "HC0")
clustered <- function(m, by) vcovCL(m, cluster = by, type = "HC1")  # Stata: G/(G-1) (n-1)/(n-k)
# Drukker's xtserial: differences without a constant, their residuals on their own lag without a constant, -1/2.
differences <- function(data, unit, time, y, x, years) {
  data <- data[order(data[[unit]], data[[time]]), ]
  before <- function(v) ave(v, data[[unit]], FUN = function(s) c(NA, head(s, -1)))
  d <- data.frame(unit = data[[unit]], time = data[[time]], dy = data[[y]] - before(data[[y]]))
  for (name in x) d[[name]] <- data[[name]] - before(data[[name]])
  d <- d[!is.na(d$dy), ]
  f <- reformulate(c("0", x, if (years) "factor(time)"), "dy")
  d$e <- resid(lm(f, d)); d$l <- ave(d$e, d$unit, FUN = function(s) c(NA, head(s, -1)))
  d <- d[!is.na(d$l), ]
  m <- lm(e ~ 0 + l, d); v <- clustered(m, d$unit); G <- length(unique(d$unit))
  f <- number((coef(m) + 0.5)^2 / v)
  list(rho = number(coef(m)), f = f, df = G - 1, p = pf(f, 1, G - 1, lower.tail = FALSE))
}
modified_wald <- function(e, unit) {
  s2 <- mean((e - mean(e))^2)
  w <- sum(sapply(split(e^2, unit), function(q) (mean(q) - s2)^2 / (sum((q - mean(q))^2) / length(q) / (length(q) - 1))))
  n <- length(unique(unit)); list(chi2 = w, df = n, p = pchisq(w, n, lower.tail = FALSE))
}
model <- function(data, unit, time, y, x, effects) {
  p <- pdata.frame(data, c(unit, time))
  fe <- plm(reformulate(x, y), p, model = "within", effect = if (length(effects) == 2) "twoways" else "individual")
  e <- number(resid(fe))
  dummies <- lm(reformulate(c(x, sprintf("factor(%s)", effects)), y), data, tol = 1e-12)
  pooled <- lm(reformulate(x, y), data)
  vifs <- function(m) as.list(if (length(x) == 1) setNames(1, x) else vif_of(m))
  vif_of <- function(m) { v <- car::vif(m); if (is.matrix(v)) v[x, 1] else v[x] }
  # Net of the effects: residuals of each regressor on the dummies, regressed on one another.
  net <- as.data.frame(lapply(setNames(x, x), function(name) resid(lm(reformulate(sprintf("factor(%s)", effects), name), data))))
  net_vif <- as.list(sapply(x, function(name) 1 / (1 - summary(lm(reformulate(c("0", setdiff(x, name)), name), net))$r.squared)))
  reset <- function(powers, v) {
    data$fit <- fitted(dummies); z <- sprintf("I(fit^%d)", powers)
    bigger <- lm(reformulate(c(x, sprintf("factor(%s)", effects), z), y), data, tol = 1e-14)
    bigger
  }
  scaled <- data; f <- fitted(dummies); scaled$fit <- (f - mean(f)) / sd(f)
  robust <- function(powers) {
    z <- sprintf("I(fit^%d)", powers)
    bigger <- lm(reformulate(c(x, sprintf("factor(%s)", effects), z), y), scaled, tol = 1e-14)
    iid <- anova(dummies, bigger)
    v <- vcovCL(bigger, cluster = data[[unit]], type = "HC0", cadjust = FALSE)
    b <- coef(bigger)[z]; w <- drop(t(b) %*% solve(v[z, z]) %*% b)
    list(f = iid$F[2], p = iid[["Pr(>F)"]][2], df = c(iid$Df[2], iid$Res.Df[2]), chi2_cluster = number(w))
  }
  ar <- pwartest(fe)
  out <- list(reset4 = robust(2:4), reset3 = robust(2:3), pwartest = list(f = number(ar$statistic), p = number(ar$p.value), df2 = number(ar$parameter[2])),
    serial = differences(data, unit, time, y, x, length(effects) == 2), wald = modified_wald(e, number(index(fe)[[1]])),
    cd = lapply(c(cd = "cd", lm = "lm", sclm = "sclm", bcsclm = "bcsclm"), function(test) { o <- pcdtest(fe, test = test); list(stat = number(o$statistic), p = number(o$p.value)) }),
    vif = list(pooled = vifs(pooled), net = net_vif, dummies = vifs(dummies)))
  out
}
x <- c("value", "capital")
ref$models <- list(
  firm = model(grunfeld, "firm", "year", "inv", x, "firm"),
  both = model(grunfeld, "firm", "year", "inv", x, c("firm", "year")),
  part = model(part, "firm", "year", "inv", x, "firm"),
  deaths = model(deaths, "state", "year", "fatal", c("beertax", "spirits", "unemp", "income"), "state"))
# Least squares without effects: lmtest and car themselves.
pooled <- lm(inv ~ value + capital, grunfeld)
r <- resettest(pooled, power = 2:3, type = "fitted")
ref$pooled <- list(reset3 = list(f = number(r$statistic), p = number(r$p.value), df = number(r$parameter)), vif = as.list(car::vif(pooled)))
write_json(ref, "reference.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
