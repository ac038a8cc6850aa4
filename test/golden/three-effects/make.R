# Rscript make.R, in this folder: 15 firms, 9 industries that firms change, 12 years; three fixed effects, one combined
# effect, one with slopes; dummies of a factor and products.
source("../dummy-models.R")
set.seed(20240703)
n <- 260
d <- data.frame(firm = sample(1:15, n, TRUE), industry = sample(letters[1:9], n, TRUE), year = sample(2001:2012, n, TRUE))
effect <- rnorm(15)[d$firm] + rnorm(9)[match(d$industry, letters)] + 0.5 * rnorm(12)[d$year - 2000]
d$x1 <- round(rnorm(n) + 0.4 * effect, 6); d$x2 <- round(rnorm(n), 6); d$kind <- sample(c("a", "b", "c"), n, TRUE)
d$y <- round(0.7 * d$x1 + 0.2 * d$x2 + effect + rnorm(n), 6)
keep <- c("x1", "x2")
ref <- dummy_model(y ~ x1 + x2 + factor(firm) + factor(industry) + factor(year), d, keep,
  list(firm = "firm", firm_year = c("firm", "year"), all = c("firm", "industry", "year")))
ref$rank <- qr(model.matrix(~ factor(firm) + factor(industry) + factor(year), d))$rank
d$pair <- interaction(d$firm, d$kind, drop = TRUE)
ref$combined <- dummy_model(y ~ x1 + x2 + pair + factor(year), d, keep, list(firm = "firm"))
ref$slopes <- dummy_model(y ~ x1 + x2 + factor(firm) + factor(firm):year + factor(industry), d, keep, list(firm = "firm"))
ref$dummies <- dummy_model(y ~ x1 * x2 + kind + I(x1^2) + factor(firm), d, c("x1", "x2", "kindb", "kindc", "I(x1^2)", "x1:x2"), list())
put(d[c("firm", "industry", "year", "kind", "y", "x1", "x2")], ref)
