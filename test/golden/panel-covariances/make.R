# plm's vcovHC(method = "white2"), vcovBK (Beck and Katz) and vcovSCC (Driscoll and Kraay), balanced and not: Rscript make.R
suppressMessages({ library(plm); library(jsonlite) })
set.seed(20240715)
n <- 12; t <- 8
d <- expand.grid(year = 2001:2008, unit = 1:n)[, 2:1]
common <- rnorm(t)
d$x <- round(rnorm(n * t) + common[d$year - 2000], 4)
d$q <- round(rnorm(n * t), 4)
e <- as.vector(sapply(1:n, function(i) filter(rnorm(t + 1) * (0.5 + i / 6), 0.6, "recursive")[-1])) + 0.8 * common[d$year - 2000]
d$y <- round(1 + 0.5 * d$x - 0.4 * d$q + d$unit / 5 + e, 4)
# The first unit and the first period stay whole: plm puts labels in the order of their first row.
d$kept <- as.integer(d$unit == 1 | d$year == 2001 | runif(n * t) < 0.8)
write.csv(d, "data.csv", row.names = FALSE, quote = FALSE)

models <- list(
  list(formula = "y ~ x + q | unit", model = "within", effect = "individual"),
  list(formula = "y ~ x + q | unit + year", model = "within", effect = "twoways"),
  list(formula = "y ~ x + q", model = "pooling", effect = "individual")
)
se <- function(v) { s <- sqrt(diag(v)); as.list(unname(c(s["x"], s["q"]))) }
errors <- function(m) list(
  "white2:unit" = list(none = se(vcovHC(m, "white2", "HC0", "group")), plm = se(vcovHC(m, "white2", "sss", "group"))),
  "white2:year" = list(none = se(vcovHC(m, "white2", "HC0", "time")), plm = se(vcovHC(m, "white2", "HC1", "time"))),
  "pcse" = list(none = se(vcovBK(m, "HC0", "time")), plm = se(vcovBK(m, "HC1", "time"))),
  "pcse:unit" = list(none = se(vcovBK(m, "HC0", "group")), plm = se(vcovBK(m, "HC1", "group"))),
  "dk:1" = list(none = se(vcovSCC(m, "HC0", maxlag = 1)), plm = se(vcovSCC(m, "sss", maxlag = 1))),
  "dk:2" = list(none = se(vcovSCC(m, "HC0", maxlag = 2)), plm = se(vcovSCC(m, "sss", maxlag = 2))),
  # Beck and Katz with the diagonal alone is white2.
  "white2:unit " = list(none = se(vcovBK(m, "HC0", "time", diagonal = TRUE)))
)
out <- list(about = list(program = paste("plm", packageVersion("plm")), licence = "simulated here", script = "make.R"))
out$models <- lapply(models, function(one) {
  fit <- function(data) errors(plm(y ~ x + q, data, index = c("unit", "year"), model = one$model, effect = one$effect))
  list(formula = one$formula, balanced = fit(d), unbalanced = fit(d[d$kept == 1, ]))
})
write_json(out, "reference.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
