# Rscript make.R, in this folder: the models of studies/income-and-life-expectancy by fixest 0.14.2 on R 4.2.2.
library(fixest)
library(jsonlite)
setFixest_nthreads(1)
d <- read.csv("../../../studies/income-and-life-expectancy/data/gapminder.csv")
d$income <- log(d$gdpPercap)
d$people <- log(d$pop)
d <- d[order(d$country, d$year), ]
# One period is five years.
d$t <- (d$year - 1952) / 5
lag <- function(x, k) {
  out <- rep(NA_real_, length(x))
  for (g in split(seq_along(x), d$country)) if (length(g) > k) out[g[(k + 1):length(g)]] <- x[g[1:(length(g) - k)]]
  out
}
d$income1 <- lag(d$income, 1); d$income2 <- lag(d$income, 2); d$life1 <- lag(d$lifeExp, 1)
d$d_life <- d$lifeExp - d$life1; d$d_income <- d$income - d$income1
d$income_sq <- d$income^2

tight <- function(formula, data = d) feols(formula, data, fixef.tol = 1e-11, fixef.iter = 1e5)
named <- function(x) as.list(x)
one <- function(m) {
  errors <- function(v) {
    table <- coeftable(summary(m, vcov = v))
    ci <- confint(m, vcov = v)
    column <- function(x) as.list(setNames(x, rownames(table)))
    list(se = column(table[, 2]), stat = column(table[, 3]), p = column(table[, 4]),
      low = column(ci[, 1]), high = column(ci[, 2]))
  }
  list(nobs = m$nobs, coef = named(coef(m)), ssr = sum(resid(m)^2),
    r2 = list(overall = r2(m, "r2")[[1]], adj = r2(m, "ar2")[[1]], within = r2(m, "wr2")[[1]], within_adj = r2(m, "war2")[[1]]),
    cluster = errors(~country), hc1 = errors("hetero"))
}
models <- list(
  baseline = list(one(tight(lifeExp ~ income | country + year)), one(tight(lifeExp ~ income + people | country + year))),
  curve = list(one(tight(lifeExp ~ income + income_sq + people | country + year))),
  continents = lapply(c("Africa", "Americas", "Asia", "Europe"), function(c)
    one(tight(lifeExp ~ income + people | country + year, d[d$continent == c, ]))),
  lags = list(one(tight(lifeExp ~ income + income1 + income2 + people | country + year))),
  inertia = list(one(tight(lifeExp ~ life1 + income + people | country + year))),
  changes = list(one(tight(d_life ~ d_income | year)))
)

# Hansen (1999): every value of income that leaves five percent of the rows on each side; least squares on the panel with
# both effects taken out, which in a balanced panel is x - x_i. - x_.t + x_..
within <- function(x) x - ave(x, d$country) - ave(x, d$year) + mean(x)
y <- within(d$lifeExp); z <- within(d$people)
ssr_at <- function(gamma) {
  low <- d$income <= gamma
  sum(.lm.fit(cbind(z, within(d$income * low), within(d$income * !low)), y)$residuals^2)
}
n <- nrow(d)
values <- sort(unique(d$income))
share <- sapply(values, function(g) mean(d$income <= g))
candidates <- values[share >= 0.05 & 1 - share >= 0.05]
ssr <- sapply(candidates, ssr_at)
gamma <- candidates[which.min(ssr)]
s0 <- sum(.lm.fit(cbind(z, within(d$income)), y)$residuals^2)
scale <- length(unique(d$country)) * (length(unique(d$year)) - 1)
d$low <- d$income * (d$income <= gamma); d$high <- d$income * (d$income > gamma)
threshold <- list(gamma = gamma, ssr = min(ssr), ssr0 = s0, f = scale * (s0 - min(ssr)) / min(ssr),
  model = one(tight(lifeExp ~ people + low + high | country + year)))

describe <- function(x) {
  unit <- tapply(x, d$country, mean)
  q <- quantile(x, c(0, .5, 1), type = 2, names = FALSE)
  list(obs = length(x), mean = mean(x), sd = sd(x), within_sd = sqrt(sum((x - ave(x, d$country))^2) / (length(x) - 1)),
    between_sd = sd(unit), min = q[1], median = q[2], max = q[3])
}
summary <- lapply(d[c("lifeExp", "gdpPercap", "pop", "income", "people")], describe)
write(toJSON(list(
  about = paste("R", getRversion(), "fixest", packageVersion("fixest")),
  data = "studies/income-and-life-expectancy/data/gapminder.csv, whose origin and licence stand beside it",
  models = models, threshold = threshold, summary = summary
), auto_unbox = TRUE, digits = NA, pretty = 1), "reference.json")
